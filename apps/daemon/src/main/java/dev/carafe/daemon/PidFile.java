package dev.carafe.daemon;

import dev.carafe.base.Conflict;
import dev.carafe.base.DurableFile;
import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file that tells service managers the daemon's pid.
final class PidFile implements AutoCloseable {
    private final Path file;

    private PidFile(Path file) {
        this.file = file;
    }

    /// @throws Conflict it names a daemon that runs
    static PidFile write(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            refuseRunning(file);
            DurableFile.write(
                    file,
                    Long.toString(ProcessHandle.current().pid())
                            .getBytes(StandardCharsets.US_ASCII));
            return new PidFile(file);
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "can't write the pid file " + file + ": " + e, e);
        }
    }

    /// A pid can have gone to another program since: only one that looks like a daemon of ours
    /// counts.
    private static void refuseRunning(Path file) throws IOException {
        byte[] content = DurableFile.read(file).orElse(new byte[0]);
        String pid = new String(content, StandardCharsets.US_ASCII).strip();
        if (!pid.matches("[0-9]{1,9}") || Long.parseLong(pid) == ProcessHandle.current().pid()) {
            return;
        }
        Path commandLine = Path.of("/proc", pid, "cmdline");
        if (Files.exists(commandLine)
                && Files.readString(commandLine, StandardCharsets.ISO_8859_1)
                        .contains("dev.carafe.daemon.Main")) {
            throw new Conflict(
                    "failed to start daemon, ensure it is not running or delete "
                            + file
                            + ": process with PID "
                            + pid
                            + " is still running");
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "can't remove " + file + ": " + e, e);
        }
    }
}
