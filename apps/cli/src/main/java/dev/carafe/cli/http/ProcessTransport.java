package dev.carafe.cli.http;

import java.io.IOException;
import java.util.List;

/// The streams of a child process: `ssh HOST ... docker system dial-stdio`.
public final class ProcessTransport implements Transport {
    private final Process process;

    private ProcessTransport(Process process) {
        this.process = process;
    }

    public static ProcessTransport start(List<String> command) throws IOException {
        return new ProcessTransport(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return process.getInputStream().read(buffer, offset, length);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        process.getOutputStream().write(buffer, offset, length);
        process.getOutputStream().flush();
    }

    @Override
    public void shutdownOutput() throws IOException {
        process.getOutputStream().close();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
