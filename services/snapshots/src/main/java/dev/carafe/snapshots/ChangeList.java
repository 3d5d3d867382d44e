package dev.carafe.snapshots;

import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import dev.carafe.snapshots.Change.Kind;
import dev.carafe.snapshots.tree.Attributes;
import dev.carafe.snapshots.tree.Overlay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares an upper directory with what lies below it, as docker does: a file differs by mode,
/// owner, size, time or device; a directory by mode, owner or because something in it changed.
final class ChangeList {
    private static final int OPEN =
            FileSystem.O_RDONLY | FileSystem.O_DIRECTORY | FileSystem.O_NOFOLLOW;

    private final List<Change> changes = new ArrayList<>();

    private final Set<String> made;

    private ChangeList(Set<String> made) {
        this.made = made;
    }

    /// @param lower the merged root below, null when there is none
    /// @param made paths where an empty file or directory counts as part of what is below
    static List<Change> of(Fd upper, @Nullable Fd lower, Set<String> made) {
        ChangeList list = new ChangeList(made);
        if (lower == null) {
            list.compare(upper, null, "");
        } else {
            // the mount's descriptor is O_PATH: it can't be listed
            try (Fd below = FileSystem.openat(lower, ".", OPEN, 0)) {
                list.compare(upper, below, "");
            }
        }
        list.changes.sort(Comparator.comparing(Change::path));
        return List.copyOf(list.changes);
    }

    private void compare(Fd upper, @Nullable Fd lower, String path) {
        Set<String> seen = new HashSet<>();
        for (DirectoryEntry entry : Directories.list(upper)) {
            seen.add(entry.name());
            entry(upper, lower, entry.name(), path + "/" + entry.name());
        }
        if (lower != null && Overlay.isOpaque(upper)) {
            for (DirectoryEntry entry : Directories.list(lower)) {
                if (!seen.contains(entry.name())) {
                    changes.add(new Change(Kind.DELETED, path + "/" + entry.name()));
                }
            }
        }
    }

    private void entry(Fd upper, @Nullable Fd lower, String name, String path) {
        Optional<Stat> now = FileSystem.tryStat(upper, name, FileSystem.AT_SYMLINK_NOFOLLOW);
        Optional<Stat> before =
                lower == null
                        ? Optional.empty()
                        : FileSystem.tryStat(lower, name, FileSystem.AT_SYMLINK_NOFOLLOW);
        if (now.isEmpty()) {
            return;
        }
        if (Overlay.isWhiteout(now.get())) {
            before.ifPresent(b -> changes.add(new Change(Kind.DELETED, path)));
        } else if (now.get().isDirectory()) {
            directory(upper, lower, name, path, now.get(), before.orElse(null));
        } else if (before.isEmpty()) {
            if (!made.contains(path)) {
                changes.add(new Change(Kind.ADDED, path));
            } else if (!now.get().isRegular() || now.get().size() > 0) {
                changes.add(new Change(Kind.CHANGED, path));
            }
        } else if (differs(now.get(), before.get()) || !sameXattrs(upper, lower, name)) {
            changes.add(new Change(Kind.CHANGED, path));
        }
    }

    private void directory(
            Fd upper,
            @Nullable Fd lower,
            String name,
            String path,
            Stat now,
            @Nullable Stat before) {
        int at = changes.size();
        try (Fd upperChild = FileSystem.openat(upper, name, OPEN, 0)) {
            if (before == null || lower == null || !before.isDirectory()) {
                compare(upperChild, null, path);
                boolean ours = before == null && made.contains(path);
                if (!ours || changes.size() > at) {
                    Kind kind = before == null && !ours ? Kind.ADDED : Kind.CHANGED;
                    changes.add(at, new Change(kind, path));
                }
                return;
            }
            try (Fd lowerChild = FileSystem.openat(lower, name, OPEN, 0)) {
                compare(upperChild, lowerChild, path);
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        if (changes.size() > at || before == null || ownership(now, before)) {
            changes.add(at, new Change(Kind.CHANGED, path));
        }
    }

    private static boolean ownership(Stat now, Stat before) {
        return now.mode() != before.mode()
                || now.uid() != before.uid()
                || now.gid() != before.gid();
    }

    private static boolean differs(Stat now, Stat before) {
        return ownership(now, before)
                || now.size() != before.size()
                || !now.modified().equals(before.modified())
                || now.rdevMajor() != before.rdevMajor()
                || now.rdevMinor() != before.rdevMinor();
    }

    private static boolean sameXattrs(Fd upper, @Nullable Fd lower, String name) {
        if (lower == null) {
            return true;
        }
        Map<String, byte[]> now = Attributes.xattrs(upper, name);
        Map<String, byte[]> before = Attributes.xattrs(lower, name);
        return now.keySet().equals(before.keySet())
                && now.entrySet().stream()
                        .allMatch(e -> Arrays.equals(e.getValue(), before.get(e.getKey())));
    }
}
