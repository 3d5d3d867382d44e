package dev.carafe.runtime;

import dev.carafe.linux.Fd;
import dev.carafe.linux.cgroup.Cgroup;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.Mount;
import dev.carafe.oci.runtime.Namespace;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.runtime.steps.ContainerShape.CgroupMount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a container's mount of type `cgroup` is made of: one entry a hierarchy of the host.
final class CgroupViews {
    private static final String UNIFIED = "unified";

    private final Preparation preparation;

    CgroupViews(Preparation preparation) {
        this.preparation = preparation;
    }

    /// Empty when the spec mounts none. Version 2 is shown alone where the host has nothing else.
    List<CgroupMount> of(Spec spec, Linux linux, Cgroup cgroup) {
        boolean wanted =
                spec.mounts().stream()
                        .map(Mount::type)
                        .anyMatch(t -> "cgroup".equals(t) || "cgroup2".equals(t));
        if (!wanted) {
            return List.of();
        }
        boolean own = SpecCheck.has(linux, Namespace.CGROUP);
        List<CgroupMount> views = new ArrayList<>();
        byDirectory(cgroup)
                .forEach((directory, names) -> {
                    boolean unified = names.contains(UNIFIED);
                    if (!unified) {
                        views.add(version1(directory, names, own));
                    }
                });
        if (views.isEmpty()) {
            String directory = cgroup.directories().getOrDefault(UNIFIED, "/sys/fs/cgroup");
            views.add(new CgroupMount("", "", List.of(), own ? null : group(directory)));
        }
        return views;
    }

    private CgroupMount version1(String directory, List<String> names, boolean own) {
        String joined = String.join(",", names);
        String name = joined.startsWith("name=") ? joined.substring(5) : joined;
        List<String> links = names.size() > 1 ? names : List.of();
        return new CgroupMount(name, joined, links, own ? null : group(directory));
    }

    private @Nullable Integer group(String directory) {
        Fd tree = BindMounts.tree(Path.of(directory).toString(), false);
        BindMounts.makePrivate(tree);
        return preparation.pass(tree);
    }

    private static Map<String, List<String>> byDirectory(Cgroup cgroup) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        new TreeMap<>(cgroup.directories())
                .forEach((name, directory) ->
                        all.computeIfAbsent(directory, d -> new ArrayList<>()).add(name));
        return all;
    }
}
