package dev.carafe.linux.cgroup;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Inotify;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A group in a version 2 tree.
final class V2Cgroup implements Cgroup {
    private static final Duration FREEZE = Duration.ofSeconds(10);

    private final String path;
    private final Directory directory;
    private final V2Limits limits;

    V2Cgroup(String path, Hierarchy hierarchy) {
        this.path = path;
        this.directory = new Directory(hierarchy.directory(path));
        this.limits = new V2Limits(directory);
    }

    Directory directory() {
        return directory;
    }

    V2Limits limits() {
        return limits;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Map<String, String> directories() {
        return Map.of("unified", directory.path());
    }

    @Override
    public List<Fd> joinFds() {
        return List.of();
    }

    @Override
    public Optional<Fd> cloneInto() {
        return Optional.of(
                FileSystem.open(directory.path(), FileSystem.O_PATH | FileSystem.O_DIRECTORY));
    }

    @Override
    public void add(int pid) {
        directory.write("cgroup.procs", pid);
    }

    @Override
    public synchronized void update(CgroupLimits newLimits) {
        limits.write(newLimits);
    }

    @Override
    public synchronized void freeze() {
        directory.write("cgroup.freeze", "1");
        if (!Removal.await(FREEZE, () -> eventIsSet("frozen"))) {
            directory.write("cgroup.freeze", "0");
            throw new ErrnoException("freeze", Errno.ETIMEDOUT, "cgroup " + path);
        }
    }

    @Override
    public synchronized void thaw() {
        directory.write("cgroup.freeze", "0");
    }

    @Override
    public boolean isFrozen() {
        return directory.number("cgroup.freeze") == 1;
    }

    @Override
    public List<Integer> pids() {
        return directory.pids();
    }

    @Override
    public void kill() {
        // since Linux 5.14; it kills frozen processes as well
        if (directory.has("cgroup.kill")) {
            directory.write("cgroup.kill", "1");
            if (!Removal.await(Killing.DEADLINE, () -> !eventIsSet("populated"))) {
                throw Killing.timeout(path, pids());
            }
        } else {
            Killing.killAll(
                    path,
                    this::pids,
                    () -> directory.write("cgroup.freeze", "1"),
                    () -> directory.write("cgroup.freeze", "0"));
        }
    }

    @Override
    public CgroupStats stats() {
        return new V2Stats(directory).read();
    }

    @Override
    public long oomKills() {
        return directory.table("memory.events").getOrDefault("oom_kill", 0L);
    }

    // memory.events is modified, as inotify sees it, whenever a counter in it grows
    @Override
    public Optional<Fd> oomEvents() {
        return directory.has("memory.events")
                ? Optional.of(Inotify.watchModifications(directory.path() + "/memory.events"))
                : Optional.empty();
    }

    @Override
    public synchronized void delete(Duration deadline) {
        Removal.remove(List.of(directory), deadline);
    }

    private boolean eventIsSet(String event) {
        return directory.table("cgroup.events").getOrDefault(event, 0L) != 0;
    }
}
