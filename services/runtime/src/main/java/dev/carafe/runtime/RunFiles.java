package dev.carafe.runtime;

import dev.carafe.runtime.plan.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The files that a monitor writes into its run directory.
final class RunFiles {
    private static final String EXIT = "exit";
    private static final String STARTED = "started";
    private static final String PID = "monitor.pid";

    private RunFiles() {}

    /// The exit status, once it is known.
    static Optional<Exit> exit(Path runDir) {
        try {
            byte[] bytes = Files.readAllBytes(runDir.resolve(EXIT));
            return bytes.length == Report.SIZE && Report.parse(bytes) instanceof Report.Exited e
                    ? Optional.of(exit(e))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Exit exit(Report.Exited e) {
        return new Exit(
                e.code(),
                e.signal() == 0 ? null : e.signal(),
                e.at(),
                e.userMicros(),
                e.systemMicros());
    }

    static boolean started(Path runDir) {
        return Files.exists(runDir.resolve(STARTED));
    }

    /// The pid a monitor noted itself, which it does first of all.
    static Optional<Integer> monitorPid(Path runDir) {
        try {
            String text = Files.readString(runDir.resolve(PID), StandardCharsets.US_ASCII);
            return text.isBlank() ? Optional.empty() : Optional.of(Integer.parseInt(text.strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes everything that a runtime writes there; the directory is the caller's.
    static void clear(Path runDir) {
        for (String name :
                List.of(EXIT, "exit.tmp", STARTED, PID, "monitor", "monitor.tmp", "root")) {
            try {
                Files.deleteIfExists(runDir.resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
