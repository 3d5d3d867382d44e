package dev.carafe.runtime;

import dev.carafe.base.DataLoss;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a later process must know to take a monitor over; the daemon's part of a run directory's
/// {@link RunFile}. It need not survive a power cut, for the monitor does not either.
///
/// @param monitorTicks when the monitor started, which together with its pid is unique
/// @param pid of the container's first process, or of the exec
/// @param group the cgroup's path
/// @param namespaces CLONE_NEW bits of the namespaces an exec joins
/// @param filter name of the seccomp filter, empty for none
record MonitorState(
        int monitorPid,
        long monitorTicks,
        int pid,
        boolean terminal,
        boolean stdin,
        String group,
        long namespaces,
        String filter) {
    private static final int VERSION = 2;
    private static final String END = "end\n";

    void write(Path runDir) {
        String text =
                "version="
                        + VERSION
                        + "\nmonitorPid="
                        + monitorPid
                        + "\nmonitorTicks="
                        + monitorTicks
                        + "\npid="
                        + pid
                        + "\nterminal="
                        + terminal
                        + "\nstdin="
                        + stdin
                        + "\ngroup="
                        + group
                        + "\nnamespaces="
                        + namespaces
                        + "\nfilter="
                        + filter
                        + "\n"
                        + END;
        RunFile.writeState(runDir, text);
    }

    /// Empty when it was not written, or not to its end.
    ///
    /// @throws DataLoss when the file is damaged or of another version
    static Optional<MonitorState> read(Path runDir) {
        Optional<String> text = RunFile.state(runDir).filter(t -> t.endsWith(END));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (String line : text.get().split("\n")) {
            int equals = line.indexOf('=');
            values.put(line.substring(0, Math.max(equals, 0)), line.substring(equals + 1));
        }
        if (!Integer.toString(VERSION).equals(values.get("version"))) {
            throw new DataLoss(
                    "the run file of "
                            + runDir
                            + " is of version "
                            + values.get("version")
                            + ", not "
                            + VERSION);
        }
        try {
            return Optional.of(
                    new MonitorState(
                            Integer.parseInt(value(values, "monitorPid")),
                            Long.parseLong(value(values, "monitorTicks")),
                            Integer.parseInt(value(values, "pid")),
                            Boolean.parseBoolean(value(values, "terminal")),
                            Boolean.parseBoolean(value(values, "stdin")),
                            value(values, "group"),
                            Long.parseLong(value(values, "namespaces")),
                            value(values, "filter")));
        } catch (NumberFormatException e) {
            throw new DataLoss("the run file of " + runDir + " is damaged");
        }
    }

    private static String value(Map<String, String> values, String key) {
        @Nullable String value = values.get(key);
        return value == null ? "" : value;
    }
}
