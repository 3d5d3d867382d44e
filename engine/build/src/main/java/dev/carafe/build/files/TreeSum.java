package dev.carafe.build.files;

import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileContent;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import dev.carafe.linux.Xattrs;
import dev.carafe.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/// Sums up what COPY would take: names, types, modes, owners, targets of symlinks, contents; no
/// times. Equal sums mean an equal copy.
public final class TreeSum {
    private static final int OPEN_DIRECTORY =
            FileSystem.O_RDONLY | FileSystem.O_DIRECTORY | FileSystem.O_NOFOLLOW;
    private static final int OPEN_FILE =
            FileSystem.O_RDONLY | FileSystem.O_NOFOLLOW | FileSystem.O_NONBLOCK;
    private static final String CAPABILITY = "security.capability";

    private final Selection selection;
    private final Digest.Hasher sum = Digest.sha256();
    private final byte[] buffer = new byte[1 << 16];

    private TreeSum(Selection selection) {
        this.selection = selection;
    }

    /// @param root the tree
    /// @param source as {@link SourceFinder} found it
    public static Digest of(Fd root, Source source, Selection selection) {
        TreeSum tree = new TreeSum(selection);
        int flags = source.directory() ? FileSystem.O_DIRECTORY : FileSystem.O_NONBLOCK;
        try (Fd fd = FileSystem.openInRoot(root, "/" + source.path(), flags, 0)) {
            Stat stat = FileSystem.fstat(fd);
            if (stat.isDirectory()) {
                tree.node("", stat, "");
                tree.children(fd, "", 0);
            } else {
                tree.node(Paths.name(source.path()), stat, "");
                tree.content(fd, stat);
            }
        }
        return tree.sum.digest();
    }

    private void children(Fd dir, String prefix, int depth) {
        TreeCopy.checkDepth(prefix, depth);
        List<String> names =
                Directories.list(dir).stream()
                        .map(DirectoryEntry::name)
                        .sorted(Comparator.naturalOrder())
                        .toList();
        for (String name : names) {
            String path = prefix + name;
            boolean taken = selection.takes(path);
            if (taken || selection.walks(path)) {
                child(dir, name, path, taken, depth);
            }
        }
    }

    private void child(Fd dir, String name, String path, boolean taken, int depth) {
        Stat stat = FileSystem.statx(dir, name, FileSystem.AT_SYMLINK_NOFOLLOW);
        if (stat.isDirectory()) {
            if (taken) {
                node(path, stat, "");
            }
            try (Fd below = FileSystem.openat(dir, name, OPEN_DIRECTORY, 0)) {
                children(below, path + "/", depth + 1);
            }
        } else if (taken && stat.isSymlink()) {
            node(path, stat, FileSystem.readlinkat(dir, name));
        } else if (taken && stat.isRegular()) {
            node(path, stat, "");
            try (Fd file = FileSystem.openat(dir, name, OPEN_FILE, 0)) {
                content(file, stat);
            }
        } else if (taken) {
            node(path, stat, stat.rdevMajor() + ":" + stat.rdevMinor());
        }
    }

    private void node(String path, Stat stat, String detail) {
        text(path);
        // a symlink's permissions mean nothing
        text(Integer.toOctalString(stat.isSymlink() ? stat.type() : stat.mode()));
        text(stat.uid() + ":" + stat.gid());
        text(detail);
    }

    private void content(Fd file, Stat stat) {
        text(Long.toString(stat.size()));
        Xattrs.get(file, CAPABILITY).ifPresent(value -> sum.update(value, 0, value.length));
        long at = 0;
        for (int n = FileContent.pread(file, buffer, 0, buffer.length, at);
                n > 0;
                n = FileContent.pread(file, buffer, 0, buffer.length, at)) {
            sum.update(buffer, 0, n);
            at += n;
        }
    }

    private void text(String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        sum.update(bytes, 0, bytes.length);
    }
}
