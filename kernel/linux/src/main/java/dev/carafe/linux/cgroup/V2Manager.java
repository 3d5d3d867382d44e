package dev.carafe.linux.cgroup;

import dev.carafe.base.Undo;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Groups in a version 2 tree (admin-guide/cgroup-v2).
final class V2Manager implements CgroupManager {
    private static final String SUBTREE = "cgroup.subtree_control";
    private static final Duration STALE = Duration.ofSeconds(1);

    private final Hierarchy hierarchy;

    V2Manager(Hierarchy hierarchy) {
        this.hierarchy = hierarchy;
    }

    @Override
    public Layout layout() {
        return Layout.V2;
    }

    @Override
    public Set<String> controllers() {
        return new TreeSet<>(hierarchy.controllers());
    }

    @Override
    public Cgroup create(String path, CgroupLimits limits) {
        try (Undo undo = new Undo()) {
            V2Cgroup cgroup = make(path, hierarchy);
            undo.push(() -> cgroup.directory().remove());
            cgroup.update(limits);
            undo.keep();
            return cgroup;
        }
    }

    @Override
    public Optional<Cgroup> find(String path) {
        Paths.check(path);
        return Optional.<Cgroup>of(new V2Cgroup(path, hierarchy))
                .filter(cgroup -> new Directory(hierarchy.directory(path)).exists());
    }

    /// Makes the group without limits; every group above it hands its controllers down.
    static V2Cgroup make(String path, Hierarchy hierarchy) {
        Paths.check(path);
        Directory at = new Directory(hierarchy.base());
        String[] names = path.split("/");
        for (int i = 0; i < names.length; i++) {
            enableControllers(at, hierarchy.controllers());
            at = at.child(names[i]);
            if (!at.make() && i == names.length - 1) {
                replaceStale(at);
            }
        }
        return new V2Cgroup(path, hierarchy);
    }

    private static void enableControllers(Directory directory, Set<String> wanted) {
        Set<String> have = Set.of(directory.read(SUBTREE).strip().split(" "));
        String missing =
                wanted.stream()
                        .filter(name -> !have.contains(name))
                        .map(name -> "+" + name)
                        .collect(Collectors.joining(" "));
        if (missing.isEmpty()) {
            return;
        }
        try {
            directory.write(SUBTREE, missing);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EBUSY) {
                throw e;
            }
            // a group with processes of its own can't hand controllers down: ours move to a leaf
            Directory leaf = directory.child("carafe");
            leaf.make();
            directory.read("cgroup.procs").lines().forEach(pid -> leaf.write("cgroup.procs", pid));
            directory.write(SUBTREE, missing);
        }
    }

    private static void replaceStale(Directory directory) {
        if (!directory.pids().isEmpty()) {
            throw new ErrnoException(
                    "mkdir", Errno.EEXIST, directory.path() + " (it has processes)");
        }
        Removal.remove(List.of(directory), STALE);
        directory.make();
    }
}
