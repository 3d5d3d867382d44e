package dev.carafe.snapshots;

import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.tree.Attributes;
import dev.carafe.snapshots.tree.LowerTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The layers below one that is being unpacked, by a read-only mount made only when something in it
/// is asked for: most archives hold all their directories.
final class MountedLower implements LowerTree, AutoCloseable {
    private static final int OPEN = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;
    private static final int INSIDE = FileSystem.RESOLVE_BENEATH | FileSystem.RESOLVE_NO_SYMLINKS;

    private final Path topLayer;
    private final Supplier<RootMount> view;
    private @Nullable RootMount mounted;

    /// @param topLayer the files of the layer right below, whose root is the root of all
    MountedLower(Path topLayer, Supplier<RootMount> view) {
        this.topLayer = topLayer;
        this.view = view;
    }

    @Override
    public Optional<Attributes> directory(String path) {
        if (path.isEmpty()) {
            try (Fd root = FileSystem.open(topLayer.toString(), OPEN)) {
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
            mounted = view.get();
        }
        return mounted.mount();
    }

    @Override
    public void close() {
        if (mounted != null) {
            mounted.close();
        }
    }
}
