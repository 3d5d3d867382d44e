package dev.carafe.build.files;

import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import dev.carafe.linux.Xattrs;
import dev.carafe.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sums up what COPY would take: names, types, modes, owners, targets of symlinks, contents; no
/// times. Equal sums mean an equal copy.
public final class TreeSum {
    private static final int OPEN_DIRECTORY =
            FileSystem.O_RDONLY | FileSystem.O_DIRECTORY | FileSystem.O_NOFOLLOW;
    private static final int OPEN_FILE =
            FileSystem.O_RDONLY | FileSystem.O_NOFOLLOW | FileSystem.O_NONBLOCK;
    private static final int SUM_BYTES = 32;
    private static final String CAPABILITY = "security.capability";

    private final Fd root;
    private final Selection selection;
    private final @Nullable FileSums known;
    private final FileBytes bytes = new FileBytes();
    private Digest.Hasher sum = Digest.sha256();

    /// @param root the tree
    /// @param known what is known of the contents; null for nothing
    public TreeSum(Fd root, Selection selection, @Nullable FileSums known) {
        this.root = root;
        this.selection = selection;
        this.known = known;
    }

    /// @param source as {@link SourceFinder} found it
    public Digest of(Source source) {
        sum = Digest.sha256();
        int flags = source.directory() ? FileSystem.O_DIRECTORY : FileSystem.O_NONBLOCK;
        try (Fd fd = FileSystem.openInRoot(root, "/" + source.path(), flags, 0)) {
            Stat stat = FileSystem.fstat(fd);
            if (stat.isDirectory()) {
                node("", stat, "");
                children(fd, "", 0);
            } else {
                node(Paths.name(source.path()), stat, "");
                byte[] content = known(stat);
                sum.update(content == null ? content(fd, stat) : content, 0, SUM_BYTES);
            }
        }
        return sum.digest();
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
            sum.update(content(dir, name, stat), 0, SUM_BYTES);
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

    private byte[] content(Fd dir, String name, Stat stat) {
        byte[] content = known(stat);
        if (content != null) {
            return content;
        }
        try (Fd file = FileSystem.openat(dir, name, OPEN_FILE, 0)) {
            return content(file, stat);
        }
    }

    private byte @Nullable [] known(Stat stat) {
        return known == null ? null : known.find(stat);
    }

    private byte[] content(Fd file, Stat stat) {
        Instant begun = Instant.now();
        Digest.Hasher content = Digest.sha256();
        Xattrs.get(file, CAPABILITY).ifPresent(value -> content.update(value, 0, value.length));
        byte[] size = encoded(Long.toString(stat.size()));
        content.update(size, 0, size.length);
        bytes.read(file, stat.size(), (piece, length) -> content.update(piece, 0, length));
        byte[] made = HexFormat.of().parseHex(content.digest().hex());
        if (known != null) {
            known.learn(stat, begun, made);
        }
        return made;
    }

    private void text(String text) {
        byte[] bytes = encoded(text);
        sum.update(bytes, 0, bytes.length);
    }

    private static byte[] encoded(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
