package dev.carafe.snapshots.tree;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileContent;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.Stat;
import dev.carafe.linux.Xattrs;
import dev.carafe.snapshots.tar.EntryKind;
import dev.carafe.snapshots.tar.Fragment;
import dev.carafe.snapshots.tar.TarEntry;
import dev.carafe.snapshots.tar.TarReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/// Makes one file, symlink or node with all its attributes in an open directory. Calls that would
/// change nothing are left out: most files of an image are root's and 0644, and then a small one
/// costs open, write, utimensat, close. Not thread-safe.
final class NodeMaker {
    private static final int CREATE =
            FileSystem.O_WRONLY | FileSystem.O_CREAT | FileSystem.O_EXCL | FileSystem.O_NOFOLLOW;

    /// From this size on the disk starts to write while the unpacking goes on; else all waits for
    /// the layer's end.
    private static final long WORTH_AN_EARLY_START = 256 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
    private final ProcessDefaults defaults;

    NodeMaker(ProcessDefaults defaults) {
        this.defaults = defaults;
    }

    /// A regular file with the payload that the reader stands before.
    ///
    /// @param inherits whether the directory may hand its group on to new files
    /// @throws ErrnoException EEXIST when the name is taken
    void file(Fd dir, String name, TarEntry entry, TarReader payload, boolean inherits)
            throws IOException {
        int mode = entry.mode();
        try (Fd fd = FileSystem.openat(dir, name, CREATE, mode & 0777)) {
            if (entry.sparse() == null) {
                payload.payload((bytes, offset, length) -> write(fd, bytes, offset, length));
            } else {
                sparse(fd, entry, entry.sparse(), payload);
            }
            own(fd, entry, inherits);
            if (inherits || !defaults.givesMode(mode)) {
                FileSystem.fchmod(fd, mode);
            }
            xattrs(fd, entry.xattrs());
            Attributes attributes = Attributes.of(entry);
            FileSystem.utimensat(
                    fd,
                    "",
                    attributes.accessedOrModified(),
                    attributes.modified(),
                    FileSystem.AT_EMPTY_PATH);
            if (entry.size() >= WORTH_AN_EARLY_START) {
                FileContent.startWriteback(fd);
            }
        }
    }

    void symlink(Fd dir, String name, TarEntry entry) {
        FileSystem.symlinkat(entry.linkName(), dir, name);
        named(dir, name, entry);
    }

    /// A device node or a fifo.
    void node(Fd dir, String name, int type, TarEntry entry) {
        FileSystem.mknodat(
                dir, name, type | 0600, FileSystem.device(entry.devMajor(), entry.devMinor()));
        named(dir, name, entry);
    }

    /// Gives a directory its attributes, all of them.
    static void finishDirectory(Fd dir, Attributes a) {
        FileSystem.fchown(dir, a.uid(), a.gid());
        FileSystem.fchmod(dir, a.mode());
        xattrs(dir, a.xattrs());
        FileSystem.utimensat(
                dir, "", a.accessedOrModified(), a.modified(), FileSystem.AT_EMPTY_PATH);
    }

    private void own(Fd fd, TarEntry entry, boolean inherits) {
        if (inherits || !defaults.givesOwner((int) entry.uid(), (int) entry.gid())) {
            FileSystem.fchown(fd, (int) entry.uid(), (int) entry.gid());
        }
    }

    private void named(Fd dir, String name, TarEntry entry) {
        Attributes a = Attributes.of(entry);
        FileSystem.fchownat(dir, name, a.uid(), a.gid(), FileSystem.AT_SYMLINK_NOFOLLOW);
        if (!a.xattrs().isEmpty()) {
            String path = dir.procPath() + "/" + name;
            a.xattrs()
                    .forEach((attribute, value) -> {
                        if (!Attributes.isOverlays(attribute)) {
                            tolerating(() -> Xattrs.lset(path, attribute, value, 0));
                        }
                    });
        }
        if (entry.kind() != EntryKind.SYMLINK) {
            FileSystem.fchmodat(dir, name, a.mode());
        }
        FileSystem.utimensat(
                dir, name, a.accessedOrModified(), a.modified(), FileSystem.AT_SYMLINK_NOFOLLOW);
    }

    private void sparse(Fd fd, TarEntry entry, List<Fragment> map, TarReader payload)
            throws IOException {
        FileContent.truncate(fd, entry.size());
        // the payload is the fragments one after the other: a piece of it may end one and start the
        // next
        var at =
                new Object() {
                    int index;
                    long done;
                };
        payload.payload((bytes, offset, length) -> {
            int from = offset;
            int left = length;
            while (left > 0) {
                Fragment f = map.get(at.index);
                int n = (int) Math.min(left, f.length() - at.done);
                if (n > 0) {
                    FileContent.seekTo(fd, f.offset() + at.done);
                    write(fd, bytes, from, n);
                }
                from += n;
                left -= n;
                at.done += n;
                if (at.done == f.length()) {
                    at.index++;
                    at.done = 0;
                }
            }
        });
    }

    private void write(Fd fd, byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            int n = Math.min(left, buffer.capacity());
            buffer.clear().put(bytes, from, n).flip();
            while (buffer.hasRemaining()) {
                Pipes.write(fd, buffer);
            }
            from += n;
            left -= n;
        }
    }

    private static void xattrs(Fd fd, Map<String, byte[]> xattrs) {
        if (xattrs.isEmpty()) {
            return;
        }
        xattrs.forEach((name, value) -> {
            if (!Attributes.isOverlays(name)) {
                tolerating(() -> Xattrs.set(fd, name, value, 0));
            }
        });
    }

    // as docker does: a file system without such attributes, or a kind of file that takes none
    // (EPERM for `user.` on
    // symlinks and devices), is no reason to refuse an image
    private static void tolerating(Runnable set) {
        try {
            set.run();
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EOPNOTSUPP && e.errno() != Errno.EPERM) {
                throw e;
            }
        }
    }

    static int type(EntryKind kind) {
        return switch (kind) {
            case FILE, HARD_LINK -> Stat.S_IFREG;
            case SYMLINK -> Stat.S_IFLNK;
            case CHARACTER_DEVICE -> Stat.S_IFCHR;
            case BLOCK_DEVICE -> Stat.S_IFBLK;
            case DIRECTORY -> Stat.S_IFDIR;
            case FIFO -> Stat.S_IFIFO;
        };
    }
}
