package dev.carafe.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Standard output or error. Text is gathered and written at {@link #flush}; bytes written as a
/// stream go out at once.
public final class Output extends OutputStream {
    private final OutputStream target;
    private final boolean terminal;
    private final StringBuilder text = new StringBuilder();

    public Output(OutputStream target, boolean terminal) {
        this.target = target;
        this.terminal = terminal;
    }

    public boolean isTerminal() {
        return terminal;
    }

    public Output print(String more) {
        text.append(more);
        if (text.length() > 16 * 1024) {
            flush();
        }
        return this;
    }

    public Output line(String more) {
        return print(more).print("\n");
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /// @throws UncheckedIOException when nobody reads any more
    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (!text.isEmpty()) {
            flush();
        }
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws UncheckedIOException when nobody reads any more
    @Override
    public void flush() {
        try {
            if (!text.isEmpty()) {
                byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
                text.setLength(0);
                target.write(bytes, 0, bytes.length);
            }
            target.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
