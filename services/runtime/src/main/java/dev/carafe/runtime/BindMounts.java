package dev.carafe.runtime;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Mounts;
import dev.carafe.oci.runtime.Mount;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.runtime.steps.ContainerShape.Bind;
import dev.carafe.runtime.steps.Descriptors;
import dev.carafe.runtime.steps.KernelFacts;
import dev.carafe.runtime.steps.MountOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a spec's bind mounts as detached mounts, here, where the host's paths are; the launcher
/// only attaches them.
final class BindMounts {
    private static final String OWN = "/proc/self/fd/";
    private final KernelFacts kernel;
    private final UserNamespaces userNamespaces;
    private final Held held;
    private final Descriptors descriptors;

    BindMounts(Services services, Held held, Descriptors descriptors) {
        this.kernel = services.kernel();
        this.userNamespaces = services.userNamespaces();
        this.held = held;
        this.descriptors = descriptors;
    }

    /// @param root the container's root, to find mount points in; null when it is not mounted yet
    Map<Mount, Bind> of(Spec spec, @Nullable Fd root) {
        Map<Mount, Bind> binds = new IdentityHashMap<>();
        List<String> earlier = new ArrayList<>();
        for (Mount mount : spec.mounts()) {
            MountOptions options = MountOptions.parse(mount.options());
            if (options.bind() || "bind".equals(mount.type())) {
                binds.put(mount, bind(mount, options, root, earlier));
            }
            earlier.add(mount.destination());
        }
        return binds;
    }

    private Bind bind(Mount mount, MountOptions options, @Nullable Fd root, List<String> earlier) {
        String source = mount.source() == null ? "" : mount.source();
        Fd fd;
        try {
            fd = held.add(source(source, options.recursive()));
            idmap(fd, mount, options);
        } catch (ErrnoException e) {
            throw new StartFailed("mount " + source + " on " + mount.destination(), e.errno());
        }
        if (kernel.mountSetattr()) {
            setAttributes(fd, options);
        }
        boolean directory = FileSystem.fstat(fd).isDirectory();
        boolean below =
                earlier.stream()
                        .anyMatch(e ->
                                mount.destination().startsWith(e + "/")
                                        || mount.destination().equals(e));
        RootPaths.Resolved at =
                root == null || below
                        ? new RootPaths.Resolved(clean(mount.destination()), false)
                        : RootPaths.resolve(root, mount.destination());
        return new Bind(
                mount,
                descriptors.pass(fd),
                directory,
                at.path(),
                at.exists(),
                !kernel.mountSetattr());
    }

    /// A file system that has no idmapped mounts is shown as it is, unless the options say that the
    /// owners must be mapped.
    private void idmap(Fd fd, Mount mount, MountOptions options) {
        if (mount.uidMappings().isEmpty() && mount.gidMappings().isEmpty()) {
            return;
        }
        Fd owners = userNamespaces.of(mount.uidMappings(), mount.gidMappings());
        if (options.idmap() == MountOptions.Idmap.NONE) {
            Mounts.tryIdmap(fd, owners);
            return;
        }
        try {
            Mounts.idmap(fd, owners, options.idmap() == MountOptions.Idmap.DEEP);
        } catch (ErrnoException e) {
            throw cannotMap(mount, e.errno());
        }
    }

    private static StartFailed cannotMap(Mount mount, int errno) {
        String step = "map the owners of what is mounted on " + mount.destination();
        String why =
                switch (errno) {
                    case Errno.EINVAL ->
                            "its file system, or one mounted below it, has no idmapped mounts";
                    case Errno.EPERM -> "it is an idmapped mount already";
                    case Errno.ENOSYS ->
                            "the kernel has no idmapped mounts: they came with Linux 5.12";
                    default -> Errno.text(errno).toLowerCase(Locale.ROOT);
                };
        return new StartFailed(step, errno, step + ": " + why);
    }

    /// A detached copy of a part of the host's tree, or of a detached mount that this process holds
    /// (`/proc/self/fd/N`). Where the kernel does not copy those (before Linux 6.15) it is taken
    /// itself: its holder can attach it once.
    private static Fd source(String path, boolean recursive) {
        try {
            return tree(path, recursive);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EINVAL || !path.startsWith(OWN)) {
                throw e;
            }
            return FileSystem.open(path, FileSystem.O_PATH);
        }
    }

    /// A detached copy of a part of the host's tree.
    static Fd tree(String path, boolean recursive) {
        return Mounts.tree(path, recursive);
    }

    /// Takes a detached tree out of its peer group: what is mounted in it is seen nowhere else.
    static void makePrivate(Fd tree) {
        Mounts.mountSetattr(
                tree,
                "",
                Mounts.AT_EMPTY_PATH | Mounts.AT_RECURSIVE,
                0,
                0,
                Mounts.MS_PRIVATE,
                null);
    }

    private static void setAttributes(Fd fd, MountOptions options) {
        long propagation = options.propagation() & ~Mounts.MS_REC;
        boolean deep = propagation == 0 || (options.propagation() & Mounts.MS_REC) != 0;
        long all = options.recursiveFlags();
        Mounts.mountSetattr(
                fd,
                "",
                Mounts.AT_EMPTY_PATH | Mounts.AT_RECURSIVE,
                MountOptions.attributes(all),
                MountOptions.clearedAttributes(all),
                deep ? (propagation == 0 ? Mounts.MS_PRIVATE : propagation) : 0,
                null);
        if (options.flags() != 0 || !deep) {
            Mounts.mountSetattr(
                    fd,
                    "",
                    Mounts.AT_EMPTY_PATH,
                    MountOptions.attributes(options.flags()),
                    MountOptions.clearedAttributes(options.flags()),
                    deep ? 0 : propagation,
                    null);
        }
    }

    private static String clean(String path) {
        return Path.of("/").resolve(path).normalize().toString();
    }
}
