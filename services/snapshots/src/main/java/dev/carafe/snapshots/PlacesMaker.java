package dev.carafe.snapshots;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.tree.Attributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Fills a directory that lies over a chain of layers with the places that the chain lacks. A
/// directory that both have shows the attributes of the chain's; what the chain has as something
/// else, and all below that, is left alone.
final class PlacesMaker {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;
    private static final int NEW_FILE =
            FileSystem.O_CREAT | FileSystem.O_EXCL | FileSystem.O_WRONLY;
    private static final int INSIDE = FileSystem.RESOLVE_BENEATH | FileSystem.RESOLVE_NO_SYMLINKS;

    private final Fd below;
    private final Fd over;

    /// @param below the chain's merged root, read only
    /// @param over an empty directory
    PlacesMaker(Fd below, Fd over) {
        this.below = below;
        this.over = over;
    }

    /// @param places a place in a directory that is not among them is left out
    void make(List<MountPlace> places) {
        List<MountPlace> sorted = new ArrayList<>(places);
        sorted.sort(Comparator.comparing(MountPlace::path));
        List<String> shared = new ArrayList<>();
        for (MountPlace place : sorted) {
            String name = place.path().substring(1);
            Optional<Attributes> there = directory(below, name);
            if (there.isPresent()) {
                if (place.kind() == MountPlace.Kind.DIRECTORY && parentIsOurs(name)) {
                    FileSystem.mkdirat(over, name, 0755);
                    shared.add(name);
                }
            } else if (parentIsOurs(name) && isFree(name)) {
                make(place, name);
            }
        }
        // last and from below, for what was made in them changed their times
        for (String name : shared.reversed()) {
            try (Fd made = FileSystem.openat(over, name, DIRECTORY, 0)) {
                directory(below, name).ifPresent(a -> a.applyTo(made));
            }
        }
    }

    private void make(MountPlace place, String name) {
        switch (place.kind()) {
            case DIRECTORY -> {
                FileSystem.mkdirat(over, name, place.mode());
                FileSystem.fchmodat(over, name, place.mode());
            }
            case EMPTY_FILE -> {
                try (Fd file = FileSystem.openat(over, name, NEW_FILE, place.mode())) {
                    FileSystem.fchmod(file, place.mode());
                }
            }
            case LINK -> FileSystem.symlinkat(place.target(), over, name);
        }
    }

    private boolean parentIsOurs(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0
                || FileSystem.tryStat(over, name.substring(0, slash), 0)
                        .filter(s -> s.isDirectory())
                        .isPresent();
    }

    private boolean isFree(String name) {
        try (Fd found =
                FileSystem.openat2(
                        below, name, FileSystem.O_PATH | FileSystem.O_NOFOLLOW, 0, INSIDE)) {
            return found == null;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return true;
            }
            if (e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP) {
                return false;
            }
            throw e;
        }
    }

    private static Optional<Attributes> directory(Fd root, String name) {
        try (Fd dir = FileSystem.openat2(root, name, DIRECTORY, 0, INSIDE)) {
            return Optional.of(Attributes.read(dir));
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP -> Optional.empty();
                default -> throw e;
            };
        }
    }
}
