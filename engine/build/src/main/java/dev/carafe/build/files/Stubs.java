package dev.carafe.build.files;

import dev.carafe.linux.Directories;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import dev.carafe.linux.Xattrs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Takes the empty files and directories away that a container's mounts needed as places: they are
/// no part of what a step made.
public final class Stubs {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;

    /// A layer's tree is walked without following anything.
    private static final int STRICT = FileSystem.RESOLVE_BENEATH | FileSystem.RESOLVE_NO_SYMLINKS;

    private static final List<String> ALWAYS =
            List.of(
                    ".dockerenv",
                    "dev",
                    "etc/hostname",
                    "etc/hosts",
                    "etc/resolv.conf",
                    "proc",
                    "sys");

    private final Fd upper;
    private final Fd lower;

    /// @param upper the directory of what the step wrote
    /// @param lower the root below it
    public Stubs(Fd upper, Fd lower) {
        this.upper = upper;
        this.lower = lower;
    }

    /// @param targets of further mounts, absolute
    public void remove(List<String> targets) {
        TreeSet<String> places = new TreeSet<>(Comparator.reverseOrder());
        List<String> all = new ArrayList<>(ALWAYS);
        targets.forEach(target -> all.add(Paths.clean(target)));
        for (String place : all) {
            for (String path = place; !path.isEmpty(); path = Paths.parent(path)) {
                places.add(path);
            }
        }
        // a path sorts after its parents, so the reverse order takes the deepest first
        places.forEach(this::removeIfStub);
    }

    private void removeIfStub(String path) {
        String parent = Paths.parent(path);
        try (Fd dir =
                FileSystem.openat2(upper, parent.isEmpty() ? "." : parent, DIRECTORY, 0, STRICT)) {
            String name = Paths.name(path);
            Optional<Stat> made = FileSystem.tryStat(dir, name, FileSystem.AT_SYMLINK_NOFOLLOW);
            if (made.isPresent() && isStub(dir, name, made.get(), below(path))) {
                boolean directory = made.get().isDirectory();
                FileSystem.unlinkat(dir, name, directory ? FileSystem.AT_REMOVEDIR : 0);
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT
                    && e.errno() != Errno.ENOTDIR
                    && e.errno() != Errno.ELOOP
                    && e.errno() != Errno.EXDEV
                    && e.errno() != Errno.ENOTEMPTY) {
                throw e;
            }
            // the step has put something else there
        }
    }

    private Optional<Stat> below(String path) {
        try (Fd fd =
                FileSystem.openat2(
                        lower, path, FileSystem.O_PATH | FileSystem.O_NOFOLLOW, 0, STRICT)) {
            return Optional.of(FileSystem.fstat(fd));
        } catch (ErrnoException e) {
            return Optional.empty();
        }
    }

    /// Empty, and new or as it was before.
    private static boolean isStub(Fd dir, String name, Stat made, Optional<Stat> before) {
        if (made.isRegular()) {
            return made.size() == 0 && before.isEmpty();
        }
        if (!made.isDirectory()) {
            return false;
        }
        boolean same =
                before.isEmpty()
                        || before.get().isDirectory()
                                && before.get().mode() == made.mode()
                                && before.get().uid() == made.uid()
                                && before.get().gid() == made.gid();
        try (Fd open = FileSystem.openat(dir, name, DIRECTORY | FileSystem.O_NOFOLLOW, 0)) {
            return same
                    && Xattrs.get(open, "trusted.overlay.opaque").isEmpty()
                    && Xattrs.get(open, "user.overlay.opaque").isEmpty()
                    && Directories.list(open).isEmpty();
        }
    }
}
