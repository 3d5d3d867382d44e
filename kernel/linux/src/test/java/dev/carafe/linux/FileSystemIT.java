package dev.carafe.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemIT {
    @TempDir Path temp;

    private Fd dir;

    @BeforeEach
    void open() {
        dir = FileSystem.open(temp.toString(), FileSystem.O_PATH | FileSystem.O_DIRECTORY);
    }

    @AfterEach
    void close() {
        dir.close();
    }

    @Test
    void inRootNothingLeadsOutside() throws IOException {
        Files.createDirectories(temp.resolve("root/etc"));
        Files.writeString(temp.resolve("root/etc/passwd"), "inside");
        Files.writeString(temp.resolve("secret"), "outside");
        try (Fd root =
                FileSystem.openat(dir, "root", FileSystem.O_PATH | FileSystem.O_DIRECTORY, 0)) {
            FileSystem.symlinkat("/etc/passwd", root, "absolute");
            FileSystem.symlinkat("../../../../../secret", root, "climbing");
            assertThat(readIn(root, "/etc/passwd")).isEqualTo("inside");
            assertThat(readIn(root, "absolute")).isEqualTo("inside");
            assertThat(readIn(root, "../../etc/passwd")).isEqualTo("inside");
            assertThatThrownBy(() -> readIn(root, "climbing"))
                    .isInstanceOf(ErrnoException.class)
                    .hasMessage("open climbing: No such file or directory (errno 2)");
        }
    }

    @Test
    void timesAreKeptToTheNanosecondAlsoOnSymlinks() {
        Instant early = Instant.ofEpochSecond(-5, 123456789);
        Instant late = Instant.ofEpochSecond(4_000_000_000L, 1);
        FileSystem.symlinkat("nowhere", dir, "link");
        FileSystem.utimensat(dir, "link", early, late, FileSystem.AT_SYMLINK_NOFOLLOW);
        Stat stat = FileSystem.statx(dir, "link", FileSystem.AT_SYMLINK_NOFOLLOW);
        assertThat(stat.accessed()).isEqualTo(early);
        assertThat(stat.modified()).isEqualTo(late);
        assertThat(stat.isSymlink()).isTrue();
        FileSystem.utimensat(dir, "link", null, early, FileSystem.AT_SYMLINK_NOFOLLOW);
        stat = FileSystem.statx(dir, "link", FileSystem.AT_SYMLINK_NOFOLLOW);
        assertThat(stat.accessed()).isEqualTo(early);
        assertThat(stat.modified()).isEqualTo(early);
    }

    @Test
    void nodesOwnersAndModesAreMadeAsAsked() {
        FileSystem.mknodat(dir, "null", Stat.S_IFCHR | 0600, FileSystem.device(1, 3));
        FileSystem.mknodat(dir, "far", Stat.S_IFBLK | 0600, FileSystem.device(259, 70000));
        FileSystem.fchownat(dir, "null", 1234, 70000, FileSystem.AT_SYMLINK_NOFOLLOW);
        FileSystem.fchmodat(dir, "null", 04711);
        Stat stat = FileSystem.statx(dir, "null", FileSystem.AT_SYMLINK_NOFOLLOW);
        assertThat(stat.type()).isEqualTo(Stat.S_IFCHR);
        assertThat(stat.rdevMajor()).isEqualTo(1);
        assertThat(stat.rdevMinor()).isEqualTo(3);
        assertThat(stat.uid()).isEqualTo(1234);
        assertThat(stat.gid()).isEqualTo(70000);
        assertThat(stat.permissions()).isEqualTo(0711 | 04000);
        Stat far = FileSystem.statx(dir, "far", FileSystem.AT_SYMLINK_NOFOLLOW);
        assertThat(far.rdevMajor()).isEqualTo(259);
        assertThat(far.rdevMinor()).isEqualTo(70000);
        assertThat(FileSystem.tryStat(dir, "none", 0)).isEmpty();
    }

    @Test
    void namesThatAreNotUtf8SurviveTheWayIntoAndOutOfTheKernel() {
        byte[] raw = {'a', (byte) 0xe4, (byte) 0xff, '-', (byte) 0xc3, (byte) 0xa4};
        String name = RawText.decode(raw);
        FileSystem.mkdirat(dir, name, 0755);
        FileSystem.symlinkat(name, dir, "link");
        assertThat(FileSystem.readlinkat(dir, "link")).isEqualTo(name);
        try (Fd listed =
                FileSystem.open(temp.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY)) {
            assertThat(Directories.list(listed).stream().map(DirectoryEntry::name))
                    .containsExactlyInAnyOrder(name, "link");
            assertThat(Directories.list(listed).stream().filter(DirectoryEntry::isDirectory))
                    .hasSize(1);
        }
        FileSystem.unlinkat(dir, name, FileSystem.AT_REMOVEDIR);
        assertThat(FileSystem.tryStat(dir, name, 0)).isEmpty();
    }

    @Test
    void attributesWorkOnFilesAndOnSymlinksThemselves() {
        FileSystem.symlinkat("nowhere", dir, "link");
        String link = temp.resolve("link").toString();
        Xattrs.lset(link, "trusted.carafe", new byte[] {1, 0, 2}, 0);
        assertThat(Xattrs.lget(link, "trusted.carafe"))
                .hasValueSatisfying(v -> assertThat(v).containsExactly(1, 0, 2));
        assertThat(Xattrs.llist(link)).contains("trusted.carafe");
        assertThat(Xattrs.lget(link, "trusted.other")).isEmpty();
        try (Fd file =
                FileSystem.openat(dir, "file", FileSystem.O_CREAT | FileSystem.O_RDWR, 0644)) {
            byte[] big = new byte[1000];
            big[999] = 9;
            Xattrs.set(file, "user.big", big, 0);
            assertThat(Xattrs.get(file, "user.big").orElseThrow()).isEqualTo(big);
            assertThat(Xattrs.list(file)).containsExactly("user.big");
            assertThatThrownBy(() -> Xattrs.set(file, "user.big", big, Xattrs.XATTR_CREATE))
                    .hasMessageContaining("File exists");
            Xattrs.remove(file, "user.big");
            assertThat(Xattrs.list(file)).isEmpty();
        }
    }

    @Test
    void holesAreFoundAndCopied() {
        try (Fd file =
                FileSystem.openat(dir, "sparse", FileSystem.O_CREAT | FileSystem.O_RDWR, 0644)) {
            FileContent.truncate(file, 1 << 20);
            byte[] data = "data".getBytes(StandardCharsets.UTF_8);
            FileContent.pwrite(file, data, 0, 4, 512 * 1024);
            FileContent.fsync(file);
            assertThat(FileContent.nextData(file, 0)).isEqualTo(512 * 1024);
            long hole = FileContent.nextHole(file, 512 * 1024);
            assertThat(hole).isBetween(512 * 1024L + 4, 600 * 1024L);
            assertThat(FileContent.nextData(file, hole)).isEqualTo(-1);
            byte[] read = new byte[4];
            assertThat(FileContent.pread(file, read, 0, 4, 512 * 1024)).isEqualTo(4);
            assertThat(read).isEqualTo(data);
            assertThat(FileContent.pread(file, read, 0, 4, 1 << 20)).isEqualTo(-1);
        }
    }

    @Test
    void linksAndRenamesTakeTheirFlags() {
        try (Fd unnamed =
                FileSystem.openat(dir, ".", FileSystem.O_TMPFILE | FileSystem.O_RDWR, 0600)) {
            Pipes.writeFully(unnamed, "x".getBytes(StandardCharsets.UTF_8));
            FileSystem.linkat(
                    Fd.CWD,
                    unnamed.procPath().toString(),
                    dir,
                    "named",
                    FileSystem.AT_SYMLINK_FOLLOW);
        }
        FileSystem.mkdirat(dir, "other", 0700);
        assertThatThrownBy(() ->
                        FileSystem.renameat2(
                                dir, "named", dir, "other", FileSystem.RENAME_NOREPLACE))
                .isInstanceOfSatisfying(
                        ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
        FileSystem.renameat2(dir, "named", dir, "other", FileSystem.RENAME_EXCHANGE);
        assertThat(FileSystem.statx(dir, "other", 0).isRegular()).isTrue();
        assertThat(FileSystem.statx(dir, "named", 0).isDirectory()).isTrue();
    }

    @Test
    void aDescriptorClosesOnceAndSaysSo() {
        Fd fd = FileSystem.open("/dev/null", FileSystem.O_RDONLY);
        Fd high = fd.dupAbove(200);
        assertThat(high.number()).isGreaterThanOrEqualTo(200);
        assertThat(high.moveAbove(100)).isSameAs(high);
        fd.close();
        fd.close();
        assertThatThrownBy(fd::number).isInstanceOf(IllegalStateException.class);
        high.close();
    }

    private static String readIn(Fd root, String path) {
        try (Fd fd = FileSystem.openInRoot(root, path, FileSystem.O_RDONLY, 0)) {
            byte[] bytes = new byte[100];
            return new String(bytes, 0, Pipes.read(fd, bytes), StandardCharsets.UTF_8);
        }
    }
}
