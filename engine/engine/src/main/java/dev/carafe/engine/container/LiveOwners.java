package dev.carafe.engine.container;

import dev.carafe.engine.state.ContainerState;
import dev.carafe.linux.ProcFiles;
import dev.carafe.snapshots.OwnerMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whom the files of a running container belong to as the host counts: it keeps the user namespace
/// that it was started with, whatever the daemon is told afterwards.
public final class LiveOwners {
    /// The map of a process outside of all user namespaces.
    private static final OwnerMap.Range ALL = new OwnerMap.Range(0, 0, 0xffff_ffffL);

    private LiveOwners() {}

    /// {@link OwnerMap#NONE} when it does not run or has no user namespace.
    public static OwnerMap of(Container container) {
        ContainerState.Running run = container.state().process();
        return run == null
                ? OwnerMap.NONE
                : new OwnerMap(ranges(run.pid(), "uid_map"), ranges(run.pid(), "gid_map"));
    }

    private static List<OwnerMap.Range> ranges(int pid, String name) {
        Optional<String> text = ProcFiles.tryRead("/proc/" + pid + "/" + name);
        List<OwnerMap.Range> ranges = text.map(LiveOwners::parse).orElse(List.of());
        return ranges.equals(List.of(ALL)) ? List.of() : ranges;
    }

    /// As proc_pid_uid_map(5) has them.
    static List<OwnerMap.Range> parse(String text) {
        List<OwnerMap.Range> ranges = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] numbers = line.strip().split(" +");
            if (numbers.length == 3) {
                ranges.add(
                        new OwnerMap.Range(
                                Long.parseLong(numbers[0]),
                                Long.parseLong(numbers[1]),
                                Long.parseLong(numbers[2])));
            }
        }
        return ranges;
    }
}
