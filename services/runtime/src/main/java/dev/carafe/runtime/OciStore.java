package dev.carafe.runtime;

import dev.carafe.base.AlreadyExists;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.linux.ProcFiles;
import dev.carafe.linux.Processes;
import dev.carafe.linux.cgroup.CgroupManager;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.oci.runtime.SpecJson;
import dev.carafe.oci.runtime.State;
import dev.carafe.runtime.steps.MonitorSteps;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The containers of the OCI command line: one folder each below `--root`, with the spec and what
/// is needed to find the process.
final class OciStore {
    private static final Pattern ID = Pattern.compile("[\\w+\\-.]+");
    private static final String STATE = "state.json";
    private static final String SPEC = "config.json";
    private static final String TICKS = "io.carafe.start-ticks";
    private static final String GROUP = "io.carafe.cgroup";

    private final Path root;
    private final CgroupManager cgroups;

    OciStore(Path root, CgroupManager cgroups) {
        this.root = root;
        this.cgroups = cgroups;
    }

    /// Makes the container's folder.
    Path reserve(String id) throws IOException {
        if (!ID.matcher(id).matches() || id.equals(".") || id.equals("..")) {
            throw new InvalidArgument("invalid container ID format: " + id);
        }
        try {
            Files.createDirectories(root);
            return Files.createDirectory(root.resolve(id));
        } catch (FileAlreadyExistsException e) {
            throw new AlreadyExists(
                    new Subject("container", id), "container with given ID already exists: " + id);
        }
    }

    void write(Path folder, Spec spec, State state, String group) throws IOException {
        Map<String, String> notes = new HashMap<>(state.annotations());
        notes.put(TICKS, Long.toString(Processes.startTicks(state.pid()).orElse(0)));
        notes.put(GROUP, group);
        Files.write(folder.resolve(SPEC), SpecJson.print(spec));
        Path temp = folder.resolve(STATE + ".tmp");
        Files.write(
                temp,
                SpecJson.print(
                        new State(
                                state.ociVersion(),
                                state.id(),
                                state.status(),
                                state.pid(),
                                state.bundle(),
                                state.rootfs(),
                                state.created(),
                                notes)));
        Files.move(temp, folder.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
    }

    /// A container as it is now.
    ///
    /// @param group path of its cgroup
    record Found(State state, String group, Path folder) {}

    Found find(String id) throws IOException {
        Path folder = ID.matcher(id).matches() ? root.resolve(id) : root;
        if (!Files.exists(folder.resolve(STATE))) {
            throw new NotFound(new Subject("container", id), "container does not exist: " + id);
        }
        State kept = SpecJson.state(Files.readAllBytes(folder.resolve(STATE)));
        Map<String, String> notes = new HashMap<>(kept.annotations());
        String ticks = String.valueOf(notes.remove(TICKS));
        String group = String.valueOf(notes.remove(GROUP));
        String status = status(folder, kept.pid(), ticks, group);
        int pid = status.equals(State.STOPPED) ? 0 : kept.pid();
        return new Found(
                new State(
                        kept.ociVersion(),
                        id,
                        status,
                        pid,
                        kept.bundle(),
                        kept.rootfs(),
                        kept.created(),
                        notes),
                group,
                folder);
    }

    Spec spec(Found found) throws IOException {
        return SpecJson.spec(Files.readAllBytes(found.folder().resolve(SPEC)));
    }

    List<Found> all() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Found> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root)) {
            for (Path each : folders.sorted().toList()) {
                if (Files.exists(each.resolve(STATE))) {
                    found.add(find(each.getFileName().toString()));
                }
            }
        }
        return found;
    }

    void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    private String status(Path folder, int pid, String ticks, String group) {
        String stat = ProcFiles.tryRead("/proc/" + pid + "/stat").orElse("");
        boolean zombie =
                stat.isEmpty() || "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
        if (zombie || !Long.toString(Processes.startTicks(pid).orElse(-1)).equals(ticks)) {
            return State.STOPPED;
        }
        if (Files.exists(folder.resolve(MonitorSteps.START_FIFO))) {
            return State.CREATED;
        }
        boolean frozen = cgroups.find(group).map(g -> g.isFrozen()).orElse(false);
        return frozen ? State.PAUSED : State.RUNNING;
    }
}
