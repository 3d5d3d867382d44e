package dev.carafe.runtime.steps;

import dev.carafe.oci.runtime.Mount;
import dev.carafe.oci.runtime.Namespace;
import dev.carafe.oci.runtime.Spec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything a container's plan depends on. Descriptors are numbers in the launcher.
///
/// @param root its root file system
/// @param binds the spec's bind mounts, made already and detached; found by identity
/// @param joins kind of namespace (as in the spec) -> descriptor of the namespace to join
/// @param groups name of a cgroup hierarchy -> descriptor of its `tasks` file
/// @param groupDirectory descriptor of the version 2 group to be born in
/// @param cgroupMounts what the spec's mount of type `cgroup` shows
/// @param hostDevices in a user namespace: path of a device -> descriptor of a detached bind of the
///   host's node
/// @param devpts descriptor of a detached devpts, when the spec mounts one at /dev/pts
/// @param console index of the terminal in that devpts, null without one
/// @param netnsEarly whether the network namespace is joined before the user namespace is made
/// @param bare whether there is no monitor: the first process is then a child of who starts the
///   launcher
/// @param filter the seccomp filter, null for none
public record ContainerShape(
        String id,
        Spec spec,
        RootMount root,
        Map<Mount, Bind> binds,
        Map<String, Integer> joins,
        Map<String, Integer> groups,
        @Nullable Integer groupDirectory,
        List<CgroupMount> cgroupMounts,
        Map<String, Integer> hostDevices,
        @Nullable Integer devpts,
        @Nullable Integer console,
        boolean terminal,
        boolean netnsEarly,
        boolean bare,
        @Nullable Filter filter,
        KernelFacts kernel) {
    /// The root file system as the launcher gets it.
    public sealed interface RootMount {
        /// A detached mount.
        record Attach(int fd) implements RootMount {}

        /// An overlay to mount on the host's directory `at`.
        ///
        /// @param folder where `options`' relative names start
        record MountOverlay(String folder, String options, String at) implements RootMount {}
    }

    /// A detached bind mount.
    ///
    /// @param destination without symlinks, as far as that could be known
    /// @param exists whether the mount point is known to be there
    /// @param attributesDue whether the mount's flags and propagation are still to be set (no
    ///   mount_setattr(2))
    public record Bind(
            Mount mount,
            int fd,
            boolean directory,
            String destination,
            boolean exists,
            boolean attributesDue) {}

    /// One hierarchy below a mount of type `cgroup`.
    ///
    /// @param name of the directory, as `memory`; empty for version 2, which is mounted itself
    /// @param data for mount(2), as `name=systemd`
    /// @param links further names of it
    /// @param group descriptor of a detached bind of the container's own group, when it has no
    ///   cgroup namespace
    public record CgroupMount(
            String name, String data, List<String> links, @Nullable Integer group) {}

    /// A seccomp filter.
    ///
    /// @param program instructions as of struct sock_filter
    /// @param flags SECCOMP_FILTER_FLAG_ bits
    public record Filter(byte[] program, long flags) {}

    /// Whether it lives in a user namespace, of its own or another container's.
    public boolean inUserNamespace() {
        return makes(Namespace.USER) || joins.containsKey(Namespace.USER);
    }

    /// Whether the container gets a new namespace of this kind.
    public boolean makes(String kind) {
        return !joins.containsKey(kind)
                && spec.linux() != null
                && spec.linux().namespaces().stream().anyMatch(n -> n.type().equals(kind));
    }
}
