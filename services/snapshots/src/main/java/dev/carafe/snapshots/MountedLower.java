package dev.carafe.snapshots;

import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.tree.Attributes;
import dev.carafe.snapshots.tree.LowerTree;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The layers below one that is being unpacked. They may still be on their way: they are waited for
/// when something of them is asked for, and then kept from removal; the read-only mount that shows
/// them is made as late. Most archives hold all their directories and never ask.
final class MountedLower implements LowerTree, AutoCloseable {
    private static final int OPEN = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;
    private static final int INSIDE = FileSystem.RESOLVE_BENEATH | FileSystem.RESOLVE_NO_SYMLINKS;

    private final ChainId parent;
    private final LayerStore layers;
    private final Runnable arrival;
    private final Function<ChainId, RootMount> view;
    private @Nullable RootMount mounted;
    private boolean arrived;

    /// @param arrival returns when the parent is there, or throws when it never will be
    /// @param view mounts a chain read-only
    MountedLower(
            ChainId parent,
            LayerStore layers,
            Runnable arrival,
            Function<ChainId, RootMount> view) {
        this.parent = parent;
        this.layers = layers;
        this.arrival = arrival;
        this.view = view;
    }

    /// Returns when the parent is there; it stays until this is closed.
    ///
    /// @throws dev.carafe.base.NotFound when it is not
    void await() {
        if (!arrived) {
            arrival.run();
            layers.use(parent);
            arrived = true;
        }
    }

    @Override
    public Optional<Attributes> directory(String path) {
        if (path.isEmpty()) {
            await();
            // the root of all is that of the layer right below
            try (Fd root = FileSystem.open(layers.chain(parent).getFirst().toString(), OPEN)) {
                return Optional.of(Attributes.read(root));
            }
        }
        try (Fd dir = FileSystem.openat2(mount(), path, OPEN, 0, INSIDE)) {
            return Optional.of(Attributes.read(dir));
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP -> Optional.empty();
                default -> throw e;
            };
        }
    }

    @Override
    public List<String> rootNames() {
        try (Fd root = FileSystem.openat(mount(), ".", OPEN, 0)) {
            return Directories.list(root).stream().map(DirectoryEntry::name).toList();
        }
    }

    private Fd mount() {
        if (mounted == null) {
            await();
            mounted = view.apply(parent);
        }
        return mounted.mount();
    }

    @Override
    public void close() {
        if (mounted != null) {
            mounted.close();
        }
        if (arrived) {
            layers.endUse(parent);
        }
    }
}
