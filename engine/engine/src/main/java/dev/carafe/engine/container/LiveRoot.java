package dev.carafe.engine.container;

import dev.carafe.engine.state.ContainerState;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Mounts;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.Processes;
import dev.carafe.snapshots.RootMount;
import java.util.Optional;

/// The root of a running container as a detached mount, without what is mounted in it. It is the
/// very overlay that its processes see: a second overlay over the same writable layer would not
/// notice what the first one changes, nor be noticed.
public final class LiveRoot {
    private LiveRoot() {}

    /// Empty when the container does not run, or has just ended. The caller closes it.
    public static Optional<RootMount> of(Container container) {
        return tree(container, "/").map(RootMount::new);
    }

    /// What is mounted at a place of a running container; empty too when nothing is.
    static Optional<Fd> mountAt(Container container, String place) {
        Optional<Fd> tree = tree(container, place);
        if (tree.isPresent() && !FileSystem.fstat(tree.get()).isMountRoot()) {
            tree.get().close();
            return Optional.empty();
        }
        return tree;
    }

    private static Optional<Fd> tree(Container container, String path) {
        ContainerState.Running run = container.state().process();
        if (run == null) {
            return Optional.empty();
        }
        try (Fd namespace = Namespaces.of(run.pid(), "mnt")) {
            // the number could belong to another process by now; then its start differs
            if (Processes.startTicks(run.pid()).orElse(-1) != run.startTicks()) {
                return Optional.empty();
            }
            return Optional.of(
                    Namespaces.inMountNamespace(
                            namespace,
                            () -> Mounts.openTree(Fd.CWD, path, Mounts.OPEN_TREE_CLONE)));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT
                    || e.errno() == Errno.ESRCH
                    || e.errno() == Errno.EINVAL) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
