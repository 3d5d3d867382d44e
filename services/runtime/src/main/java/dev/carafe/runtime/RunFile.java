package dev.carafe.runtime;

import dev.carafe.runtime.plan.Report;
import dev.carafe.runtime.steps.MonitorSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The file of a run directory in which a monitor notes its pid, that its program was started and
/// how it ended, and the daemon what it must know to take the monitor over. Each has a place of its
/// own; what was not written yet is zeros, or beyond the end.
final class RunFile {
    private static final List<String> NAMES = List.of(MonitorSteps.FILE, "root");

    private RunFile() {}

    /// The exit status, once it is known.
    static Optional<Exit> exit(Path runDir) {
        byte[] record = part(runDir, MonitorSteps.EXIT_AT, Report.SIZE);
        return record.length == Report.SIZE
                        && record[0] == Report.EXITED
                        && Report.parse(record) instanceof Report.Exited e
                ? Optional.of(exit(e))
                : Optional.empty();
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
        byte[] mark = part(runDir, MonitorSteps.STARTED_AT, 1);
        return mark.length > 0 && mark[0] != 0;
    }

    /// The pid a monitor noted itself, which it does first of all.
    static Optional<Integer> monitorPid(Path runDir) {
        String text = text(part(runDir, MonitorSteps.PID_AT, MonitorSteps.PID_SIZE));
        return text.matches("[1-9][0-9]{0,8}")
                ? Optional.of(Integer.parseInt(text))
                : Optional.empty();
    }

    /// What {@link #writeState} wrote, perhaps not all of it.
    static Optional<String> state(Path runDir) {
        String text = text(part(runDir, MonitorSteps.STATE_AT, Integer.MAX_VALUE));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    static void writeState(Path runDir, String text) {
        try (FileChannel file =
                FileChannel.open(
                        runDir.resolve(MonitorSteps.FILE),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            long at = MonitorSteps.STATE_AT;
            while (bytes.hasRemaining()) {
                at += file.write(bytes, at);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Fewer bytes where the file ends before.
    private static byte[] part(Path runDir, int at, int size) {
        try {
            byte[] all = Files.readAllBytes(runDir.resolve(MonitorSteps.FILE));
            int from = Math.min(at, all.length);
            return Arrays.copyOfRange(all, from, from + Math.min(size, all.length - from));
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
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
