package dev.carafe.linux.cgroup;

import dev.carafe.base.Undo;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Groups on version 1 hierarchies. A version 2 tree mounted beside them is used only for limits it
/// alone controls.
final class V1Manager implements CgroupManager {
    private static final Duration STALE = Duration.ofSeconds(1);

    private final List<Hierarchy> hierarchies;
    private final Optional<Hierarchy> unified;
    // parents whose cpuset is filled and inherited: known so that a container costs one mkdir per
    // hierarchy
    private final Set<String> preparedParents = ConcurrentHashMap.newKeySet();

    V1Manager(List<Hierarchy> hierarchies) {
        this.hierarchies = hierarchies.stream().filter(h -> !h.v2()).toList();
        this.unified = hierarchies.stream().filter(Hierarchy::v2).findFirst();
    }

    @Override
    public Layout layout() {
        return unified.isPresent() ? Layout.HYBRID : Layout.V1;
    }

    @Override
    public Set<String> controllers() {
        Set<String> all = new TreeSet<>();
        hierarchies.forEach(h -> all.addAll(h.controllers()));
        unified.ifPresent(h -> all.addAll(h.controllers()));
        all.removeIf(name -> name.startsWith("name="));
        return all;
    }

    @Override
    public Cgroup create(String path, CgroupLimits limits) {
        Paths.check(path);
        try (Undo undo = new Undo()) {
            Map<String, Directory> directories = new TreeMap<>();
            for (Hierarchy hierarchy : hierarchies) {
                Directory directory = new Directory(hierarchy.directory(path));
                make(hierarchy, directory, true);
                undo.push(directory::remove);
                hierarchy.names().forEach(name -> directories.put(name, directory));
            }
            V1Cgroup cgroup = new V1Cgroup(path, directories, unifiedFor(path, limits, undo));
            cgroup.update(limits);
            undo.keep();
            return cgroup;
        }
    }

    @Override
    public Optional<Cgroup> find(String path) {
        Paths.check(path);
        Map<String, Directory> directories = new TreeMap<>();
        for (Hierarchy hierarchy : hierarchies) {
            Directory directory = new Directory(hierarchy.directory(path));
            if (directory.exists()) {
                hierarchy.names().forEach(name -> directories.put(name, directory));
            }
        }
        Optional<V2Cgroup> v2 =
                unified.map(h -> new V2Cgroup(path, h)).filter(c -> c.directory().exists());
        return directories.isEmpty() && v2.isEmpty()
                ? Optional.empty()
                : Optional.of(new V1Cgroup(path, directories, v2));
    }

    private Optional<V2Cgroup> unifiedFor(String path, CgroupLimits limits, Undo undo) {
        boolean hugepages =
                hierarchies.stream().noneMatch(h -> h.has("hugetlb"))
                        && !limits.hugepageBytes().isEmpty();
        if (!hugepages && limits.unified().isEmpty()) {
            return Optional.empty();
        }
        return unified.map(hierarchy -> {
            V2Cgroup cgroup = V2Manager.make(path, hierarchy);
            undo.push(() -> cgroup.directory().remove());
            return cgroup;
        });
    }

    // makes the directory, and what is missing above it
    private void make(Hierarchy hierarchy, Directory directory, boolean leaf) {
        if (hierarchy.has("cpuset")) {
            prepareCpuset(hierarchy, directory.parent());
        }
        try {
            if (!directory.make() && leaf) {
                replaceStale(directory);
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT
                    || directory.path().length() <= hierarchy.base().length()) {
                throw e;
            }
            preparedParents.remove(directory.parent().path());
            make(hierarchy, directory.parent(), false);
            make(hierarchy, directory, leaf);
        }
    }

    // a group without processes is left from a crash; its limits must not leak into the new one
    private static void replaceStale(Directory directory) {
        if (!directory.pids().isEmpty()) {
            throw new ErrnoException(
                    "mkdir", Errno.EEXIST, directory.path() + " (it has processes)");
        }
        Removal.remove(List.of(directory), STALE);
        directory.make();
    }

    // a cpuset starts empty and takes no process then: fill it from above, and let those below
    // inherit it
    private void prepareCpuset(Hierarchy hierarchy, Directory parent) {
        if (preparedParents.contains(parent.path()) && parent.exists()) {
            return;
        }
        if (parent.path().length() > hierarchy.base().length()) {
            prepareCpuset(hierarchy, parent.parent());
            parent.make();
            for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
                if (parent.read(file).isBlank()) {
                    parent.write(file, parent.parent().read(file).strip());
                }
            }
            parent.write("cgroup.clone_children", "1");
            preparedParents.add(parent.path());
        }
    }
}
