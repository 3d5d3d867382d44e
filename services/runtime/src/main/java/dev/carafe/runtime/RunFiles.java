package dev.carafe.runtime;

import dev.carafe.runtime.plan.Report;
import dev.carafe.runtime.steps.MonitorSteps;
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
    private static final List<String> NAMES =
            List.of(
                    MonitorSteps.EXIT_FILE,
                    MonitorSteps.EXIT_FILE + ".tmp",
                    MonitorSteps.STARTED_FILE,
                    MonitorSteps.PID_FILE,
                    "monitor",
                    "monitor.tmp",
                    "root");

    private RunFiles() {}

    /// The exit status, once it is known.
    static Optional<Exit> exit(Path runDir) {
        try {
            byte[] bytes = Files.readAllBytes(runDir.resolve(MonitorSteps.EXIT_FILE));
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
        return Files.exists(runDir.resolve(MonitorSteps.STARTED_FILE));
    }

    /// The pid a monitor noted itself, which it does first of all.
    static Optional<Integer> monitorPid(Path runDir) {
        try {
            String text =
                    Files.readString(
                            runDir.resolve(MonitorSteps.PID_FILE), StandardCharsets.US_ASCII);
            return text.isBlank() ? Optional.empty() : Optional.of(Integer.parseInt(text.strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes everything that a runtime writes there; the directory is the caller's.
    static void clear(Path runDir) {
        for (String name : NAMES) {
            try {
                Files.deleteIfExists(runDir.resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
