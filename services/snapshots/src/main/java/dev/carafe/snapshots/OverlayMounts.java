package dev.carafe.snapshots;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Kernel;
import dev.carafe.linux.Mounts;
import dev.carafe.linux.Namespaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Overlay mounts as descriptors (kernel documentation, filesystems/overlayfs). Options:
///
/// - `index=off`: a root may be mounted again while its last mount is still going away; with an
///   index that is EBUSY.
/// - `metacopy=off`: a file in the upper directory always has its bytes, so that a diff can read it
///   there.
/// - `redirect_dir=nofollow`: renaming a directory of a lower layer is EXDEV, as with Docker, and
///   programs copy then; otherwise the upper directory alone would not say what changed. Marks
///   found in layers are not obeyed.
final class OverlayMounts {
    private static final int LONGEST_OPTION = 255;
    private static final List<String> OPTIONS =
            List.of("index=off", "metacopy=off", "redirect_dir=nofollow");

    private final Path place;
    private final BooleanSupplier takesSingleLayers;
    private @Nullable Boolean single;

    /// @param place an existing directory on which older kernels mount for a moment, unseen by
    ///   others
    OverlayMounts(Path place) {
        this(place, Kernel::overlayTakesSingleLayers);
    }

    OverlayMounts(Path place, BooleanSupplier takesSingleLayers) {
        this.place = place;
        this.takesSingleLayers = takesSingleLayers;
    }

    /// A writable mount.
    RootMount writable(OverlayDirs dirs) {
        return new RootMount(mount(dirs.lower(), dirs));
    }

    /// A read-only mount of at least two directories, top first.
    RootMount readOnly(List<Path> lower) {
        return new RootMount(mount(lower, null));
    }

    private Fd mount(List<Path> lower, @Nullable OverlayDirs dirs) {
        return isSingle() ? layerByLayer(lower, dirs) : inOneString(lower, dirs);
    }

    private synchronized boolean isSingle() {
        if (single == null) {
            single = takesSingleLayers.getAsBoolean();
        }
        return single;
    }

    /// By fsopen(2), a layer an option: since Linux 6.8.
    private static Fd layerByLayer(List<Path> lower, @Nullable OverlayDirs dirs) {
        try (Fd context = Mounts.fsopen("overlay");
                ShortNames names = new ShortNames(LONGEST_OPTION)) {
            Mounts.fsconfigString(context, "source", "overlay");
            for (Path layer : lower) {
                Mounts.fsconfigString(context, "lowerdir+", names.of(layer));
            }
            if (dirs != null) {
                Mounts.fsconfigString(context, "upperdir", names.of(dirs.upper()));
                Mounts.fsconfigString(context, "workdir", names.of(dirs.work()));
            }
            for (String option : OPTIONS) {
                int equals = option.indexOf('=');
                Mounts.fsconfigString(
                        context, option.substring(0, equals), option.substring(equals + 1));
            }
            Mounts.fsconfigCreate(context);
            return Mounts.fsmount(context, dirs == null ? Mounts.MOUNT_ATTR_RDONLY : 0);
        }
    }

    /// By mount(2), in a mount namespace that lives only as long as this call; the mount is taken
    /// out of it by a detached copy. Layers are named by descriptors, for all options together must
    /// fit a page: some 200 layers.
    private Fd inOneString(List<Path> lower, @Nullable OverlayDirs dirs) {
        return Namespaces.inNewMountNamespace(() -> {
            try (ShortNames names = new ShortNames(0)) {
                StringBuilder data =
                        new StringBuilder(String.join(",", OPTIONS)).append(",lowerdir=");
                data.append(String.join(":", lower.stream().map(names::of).toList()));
                if (dirs != null) {
                    data.append(",upperdir=").append(names.of(dirs.upper()));
                    data.append(",workdir=").append(names.of(dirs.work()));
                }
                int flags = dirs == null ? Mounts.MS_RDONLY : 0;
                Mounts.mount("overlay", place.toString(), "overlay", flags, data.toString());
                return Mounts.openTree(Fd.CWD, place.toString(), Mounts.OPEN_TREE_CLONE);
            }
        });
    }

    /// Names of directories that fit an option: a long path is replaced by that of an open
    /// descriptor.
    private static final class ShortNames implements AutoCloseable {
        private final int longest;
        private final List<Fd> open = new ArrayList<>();

        ShortNames(int longest) {
            this.longest = longest;
        }

        String of(Path directory) {
            String path = directory.toString();
            // a colon or backslash would have to be escaped in some of these options
            if (path.length() <= longest
                    && path.chars()
                            .allMatch(
                                    c -> c > ' ' && c < 127 && c != ':' && c != '\\' && c != ',')) {
                return path;
            }
            Fd fd = FileSystem.open(path, FileSystem.O_PATH | FileSystem.O_DIRECTORY);
            open.add(fd);
            return fd.procPath().toString();
        }

        @Override
        public void close() {
            open.forEach(Fd::close);
        }
    }
}
