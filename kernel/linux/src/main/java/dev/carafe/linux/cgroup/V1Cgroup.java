package dev.carafe.linux.cgroup;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Pipes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A group on version 1 hierarchies (admin-guide/cgroup-v1), with a version 2 one beside it where a
/// limit needs that.
final class V1Cgroup implements Cgroup {
    private static final Duration FREEZE = Duration.ofSeconds(10);
    private static final String FREEZER_STATE = "freezer.state";

    private final String path;
    private final Map<String, Directory> byName;
    private final Optional<V2Cgroup> v2;

    V1Cgroup(String path, Map<String, Directory> byName, Optional<V2Cgroup> v2) {
        this.path = path;
        this.byName = Map.copyOf(byName);
        this.v2 = v2;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Map<String, String> directories() {
        Map<String, String> all = new TreeMap<>();
        byName.forEach((name, directory) -> all.put(name, directory.path()));
        v2.ifPresent(cgroup -> all.put("unified", cgroup.directory().path()));
        return all;
    }

    @Override
    public List<Fd> joinFds() {
        List<Fd> fds = new ArrayList<>();
        try {
            for (Directory directory : distinct()) {
                fds.add(directory.open("tasks", FileSystem.O_WRONLY));
            }
            return fds;
        } catch (RuntimeException e) {
            fds.forEach(Fd::close);
            throw e;
        }
    }

    @Override
    public Optional<Fd> cloneInto() {
        return v2.flatMap(V2Cgroup::cloneInto);
    }

    @Override
    public void add(int pid) {
        distinct().forEach(directory -> directory.write("cgroup.procs", pid));
        v2.ifPresent(cgroup -> cgroup.add(pid));
    }

    @Override
    public synchronized void update(CgroupLimits limits) {
        new V1Limits(byName).write(limits, v2.isPresent());
        v2.ifPresent(cgroup -> {
            cgroup.limits().writeHugepages(limits.hugepageBytes());
            cgroup.limits().writeUnified(limits.unified());
        });
    }

    @Override
    public synchronized void freeze() {
        Directory freezer = required("freezer");
        // a process that forks meanwhile can leave the group FREEZING: asking again takes the child
        // as well
        boolean frozen =
                Removal.await(
                        FREEZE,
                        () -> {
                            freezer.write(FREEZER_STATE, "FROZEN");
                            return freezer.read(FREEZER_STATE).strip().equals("FROZEN");
                        });
        if (!frozen) {
            freezer.write(FREEZER_STATE, "THAWED");
            throw new ErrnoException("freeze", Errno.ETIMEDOUT, "cgroup " + path);
        }
    }

    @Override
    public synchronized void thaw() {
        required("freezer").write(FREEZER_STATE, "THAWED");
    }

    @Override
    public boolean isFrozen() {
        Directory freezer = byName.get("freezer");
        return freezer != null
                && freezer.tryRead(FREEZER_STATE)
                        .map(s -> !s.strip().equals("THAWED"))
                        .orElse(false);
    }

    @Override
    public List<Integer> pids() {
        for (String name : List.of("pids", "devices", "memory", "freezer")) {
            Directory directory = byName.get(name);
            if (directory != null) {
                return directory.pids();
            }
        }
        return byName.values().stream().findFirst().map(Directory::pids).orElse(List.of());
    }

    @Override
    public void kill() {
        Killing.killAll(path, this::pids, this::holdQuietly, this::thawQuietly);
    }

    @Override
    public CgroupStats stats() {
        return new V1Stats(byName, v2).read();
    }

    @Override
    public long oomKills() {
        Directory memory = byName.get("memory");
        return memory == null ? 0 : memory.table("memory.oom_control").getOrDefault("oom_kill", 0L);
    }

    // admin-guide/cgroup-v1/memory.rst, "OOM Control": an eventfd is told by writing `EVENTFD FILE`
    // to event_control
    @Override
    public Optional<Fd> oomEvents() {
        Directory memory = byName.get("memory");
        if (memory == null || !memory.has("cgroup.event_control")) {
            return Optional.empty();
        }
        Fd event = Pipes.eventfd(0, Pipes.EFD_NONBLOCK);
        try (Fd control = memory.open("memory.oom_control", FileSystem.O_RDONLY)) {
            memory.write("cgroup.event_control", event.number() + " " + control.number());
            return Optional.of(event);
        } catch (RuntimeException e) {
            event.close();
            throw e;
        }
    }

    @Override
    public synchronized void delete(Duration deadline) {
        List<Directory> all = new ArrayList<>(distinct());
        v2.ifPresent(cgroup -> all.add(cgroup.directory()));
        Removal.remove(all, deadline);
    }

    private void holdQuietly() {
        Directory freezer = byName.get("freezer");
        if (freezer != null && freezer.exists()) {
            freezer.write(FREEZER_STATE, "FROZEN");
        }
    }

    private void thawQuietly() {
        Directory freezer = byName.get("freezer");
        if (freezer != null && isFrozen()) {
            thaw();
        }
    }

    private Directory required(String controller) {
        @Nullable Directory directory = byName.get(controller);
        if (directory == null) {
            throw new ErrnoException(
                    "cgroup", Errno.EOPNOTSUPP, "controller " + controller + " is not mounted");
        }
        return directory;
    }

    private LinkedHashSet<Directory> distinct() {
        return new LinkedHashSet<>(new TreeMap<>(byName).values());
    }
}
