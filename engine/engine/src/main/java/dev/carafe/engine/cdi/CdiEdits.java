package dev.carafe.engine.cdi;

import dev.carafe.oci.runtime.Hooks.Hook;
import dev.carafe.oci.runtime.Mount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a device does to a container (CDI SPEC.md, `containerEdits`).
///
/// @param env `NAME=value`
/// @param groups supplementary groups of the process
public record CdiEdits(
        List<String> env,
        List<DeviceNode> nodes,
        List<Mount> mounts,
        List<NamedHook> hooks,
        List<Long> groups) {
    static final CdiEdits NONE =
            new CdiEdits(List.of(), List.of(), List.of(), List.of(), List.of());

    /// What is null is taken from the node at `hostPath`.
    ///
    /// @param permissions of `rwm`
    record DeviceNode(
            String path,
            String hostPath,
            @Nullable String type,
            @Nullable Long major,
            @Nullable Long minor,
            @Nullable Integer fileMode,
            String permissions,
            @Nullable Long uid,
            @Nullable Long gid) {}

    /// @param point in the container's life, as `createContainer`
    record NamedHook(String point, Hook hook) {}

    CdiEdits and(CdiEdits more) {
        return new CdiEdits(
                joined(env, more.env),
                joined(nodes, more.nodes),
                joined(mounts, more.mounts),
                joined(hooks, more.hooks),
                joined(groups, more.groups));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
