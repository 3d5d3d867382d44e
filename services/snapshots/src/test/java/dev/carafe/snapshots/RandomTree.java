package dev.carafe.snapshots;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileContent;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.RawText;
import dev.carafe.linux.Stat;
import dev.carafe.linux.Xattrs;
import dev.carafe.testkit.Seeded;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A tree with all that a tree can have, repeatable by its seed. Needs root.
final class RandomTree {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;

    private final Seeded random;
    private final boolean plain;
    private final List<String> files = new ArrayList<>();
    private final Fd root;
    private int count;

    private RandomTree(Fd root, Seeded random, boolean plain) {
        this.root = root;
        this.random = random;
        this.plain = plain;
    }

    /// Fills the directory.
    ///
    /// @param plain only what the oldest tar format can say
    static void make(Path dir, long seed, boolean plain) {
        try (Fd root = FileSystem.open(dir.toString(), DIRECTORY)) {
            new RandomTree(root, new Seeded(seed), plain).fill("", 0);
        }
    }

    private void fill(String prefix, int depth) {
        for (int i = random.between(2, 9); i > 0 && count < 150; i--) {
            count++;
            String path = prefix + name();
            switch (random.between(0, plain ? 4 : 8)) {
                case 0, 1 -> directory(path, depth);
                case 2 ->
                        FileSystem.symlinkat(
                                random.oneIn(2) ? "/abs/" + random.name(8) : "../up", root, path);
                case 3 -> hardLink(path);
                case 6 -> FileSystem.mknodat(root, path, Stat.S_IFIFO | 0600, 0);
                case 7 ->
                        FileSystem.mknodat(
                                root,
                                path,
                                (random.oneIn(2) ? Stat.S_IFCHR : Stat.S_IFBLK) | 0600,
                                FileSystem.device(
                                        random.between(1, 250), random.between(0, 70000)));
                case 8 -> sparse(path);
                default -> file(path);
            }
            attributes(path);
        }
    }

    private String name() {
        if (plain) {
            return random.name(random.between(1, 12)) + count;
        }
        String odd =
                random.pick(
                        List.of(
                                "",
                                "",
                                "",
                                " ",
                                "\n",
                                "\\",
                                "\u00e4\u20ac",
                                RawText.decode(new byte[] {(byte) 0xfe, 'x', (byte) 0xc3})));
        return random.name(random.oneIn(6) ? random.between(90, 200) : random.between(1, 12))
                + odd
                + count;
    }

    private void directory(String path, int depth) {
        FileSystem.mkdirat(root, path, 0755);
        if (depth < 5) {
            fill(path + "/", depth + 1);
        }
    }

    private void hardLink(String path) {
        if (files.isEmpty()) {
            file(path);
        } else {
            FileSystem.linkat(root, random.pick(files), root, path, 0);
        }
    }

    private void file(String path) {
        try (Fd fd =
                FileSystem.openat(root, path, FileSystem.O_WRONLY | FileSystem.O_CREAT, 0600)) {
            Pipes.writeFully(
                    fd,
                    random.softBytes(
                            random.oneIn(5)
                                    ? random.between(0, 2_000_000)
                                    : random.between(0, 3000)));
        }
        files.add(path);
    }

    private void sparse(String path) {
        try (Fd fd =
                FileSystem.openat(root, path, FileSystem.O_WRONLY | FileSystem.O_CREAT, 0600)) {
            for (int i = random.between(0, 40); i > 0; i--) {
                FileContent.pwrite(fd, random.softBytes(5000), 0, 5000, random.between(0, 1 << 22));
            }
            FileContent.truncate(fd, 1 << 23);
        }
        files.add(path);
    }

    private void attributes(String path) {
        Stat stat = FileSystem.statx(root, path, FileSystem.AT_SYMLINK_NOFOLLOW);
        int uid = random.oneIn(3) ? random.between(0, plain ? 0777777 : Integer.MAX_VALUE - 1) : 0;
        int gid = random.oneIn(3) ? random.between(0, 60000) : 0;
        FileSystem.fchownat(root, path, uid, gid, FileSystem.AT_SYMLINK_NOFOLLOW);
        if (!stat.isSymlink()) {
            int mode =
                    random.oneIn(3)
                            ? random.between(0, 07777)
                            : random.pick(List.of(0644, 0755, 0600, 02775, 01777));
            FileSystem.fchmodat(root, path, mode);
        }
        if (!plain && random.oneIn(4)) {
            xattrs(path, stat);
        }
        Instant time =
                Instant.ofEpochSecond(
                        random.between(0, 2_000_000_000),
                        plain ? 0 : random.pick(List.of(0, 1, 123_456_789, 999_999_999)));
        FileSystem.utimensat(root, path, time, time, FileSystem.AT_SYMLINK_NOFOLLOW);
    }

    private void xattrs(String path, Stat stat) {
        String full = root.procPath() + "/" + path;
        if (stat.isRegular() || stat.isDirectory()) {
            Xattrs.lset(full, "user.random", random.bytes(random.between(1, 100)), 0);
        }
        Xattrs.lset(full, "trusted.random", random.bytes(random.between(1, 100)), 0);
        if (stat.isRegular()) {
            // cap_net_bind_service+ep, revision 2
            byte[] capability = new byte[20];
            capability[0] = 1;
            capability[3] = 2;
            capability[5] = 4;
            Xattrs.lset(full, "security.capability", capability, 0);
        }
    }
}
