package dev.carafe.snapshots.tree;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What an unpacked layer still has to take from the layers below it: its archive left directories
/// out, or hides all that is below. Nothing of it is needed before, so that a layer can be unpacked
/// while nobody knows what will be below.
///
/// @param directories below the root that the archive only implied, `usr/lib`
/// @param root its attributes; null when the archive has none
/// @param rootIsOpaque whether nothing of the lower root may show
public record LowerDebts(
        TreeSet<String> directories, @Nullable Attributes root, boolean rootIsOpaque) {
    private static final int OPEN =
            FileSystem.O_RDONLY | FileSystem.O_DIRECTORY | FileSystem.O_NOFOLLOW;
    private static final int BENEATH = FileSystem.RESOLVE_BENEATH | FileSystem.RESOLVE_NO_SYMLINKS;

    /// True when there is nothing to take.
    public boolean isEmpty() {
        return directories.isEmpty() && root != null && !rootIsOpaque;
    }

    /// Takes it.
    ///
    /// @param layer the layer's open root
    public void settle(Fd layer, LowerTree lower) {
        if (rootIsOpaque) {
            hideLowerRoot(layer, lower);
        }
        // names below sort after those above: the deepest first, for a directory may lose its x
        // bits
        for (String path : directories.descendingSet()) {
            lower.directory(path).ifPresent(attributes -> give(layer, path, attributes));
        }
        Attributes own = root == null ? lower.directory("").orElse(null) : root;
        if (own != null && (root == null || rootIsOpaque)) {
            own.applyTo(layer);
        }
    }

    private static void give(Fd layer, String path, Attributes attributes) {
        try (Fd directory = FileSystem.openat2(layer, path, OPEN, 0, BENEATH)) {
            attributes.applyTo(directory);
        }
    }

    // the root of an overlay can't be opaque: every name below it is hidden one by one
    private static void hideLowerRoot(Fd layer, LowerTree lower) {
        for (String name : lower.rootNames()) {
            try {
                Overlay.makeWhiteout(layer, name);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.EEXIST) {
                    throw e;
                }
                hideBelow(layer, name);
            }
        }
    }

    private static void hideBelow(Fd layer, String name) {
        Stat there = FileSystem.statx(layer, name, FileSystem.AT_SYMLINK_NOFOLLOW);
        if (there.isDirectory()) {
            try (Fd directory = FileSystem.openat(layer, name, OPEN, 0)) {
                Overlay.makeOpaque(directory);
            }
        }
    }
}
