package dev.carafe.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.ResourceExhausted;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Mounts;
import dev.carafe.linux.Stat;
import dev.carafe.snapshots.tar.EntryKind;
import dev.carafe.snapshots.tar.TarEntry;
import dev.carafe.snapshots.tar.TarReader;
import dev.carafe.snapshots.tar.Tars;
import dev.carafe.testkit.LeakCheck;
import dev.carafe.testkit.TempDirs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Export and import of live trees, and full disks.
class TarTransferIT {
    private TempDirs temp;
    private LeakCheck leaks;
    private Path tree;
    private Fd root;

    @BeforeEach
    void open() throws IOException {
        temp = TempDirs.create("snapshots");
        leaks = LeakCheck.begin(temp.root().toString());
        tree = temp.dir("tree");
        Files.writeString(temp.dir("outside").resolve("secret"), "untouched");
        temp.dir("tree/etc");
        Files.writeString(tree.resolve("etc/hosts"), "hosts");
        Files.createSymbolicLink(tree.resolve("abs"), Path.of("/etc"));
        Files.createSymbolicLink(tree.resolve("up"), Path.of("../../../../../../outside"));
        Files.createSymbolicLink(tree.resolve("away"), temp.dir("outside"));
        root = FileSystem.open(tree.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY);
    }

    @AfterEach
    void close() throws IOException {
        assertThat(temp.root().resolve("outside/secret")).hasContent("untouched");
        try (var all = Files.list(temp.dir("outside"))) {
            assertThat(all).hasSize(1);
        }
        root.close();
        leaks.close();
        temp.close();
    }

    private void extract(Tars tar, String path, TarImport.Options options) {
        TarImport.extract(new ByteArrayInputStream(tar.bytes()), root, path, options);
    }

    private void extract(Tars tar, String path) {
        extract(tar, path, TarImport.Options.DEFAULT);
    }

    private static List<String> names(ByteArrayOutputStream out) throws IOException {
        return TarReader.entries(new ByteArrayInputStream(out.toByteArray())).stream()
                .map(TarEntry::name)
                .toList();
    }

    @Test
    void symlinksLeadSomewhereInsideOnly() throws IOException {
        extract(new Tars().file("abs/one", "1"), "/");
        assertThat(tree.resolve("etc/one")).hasContent("1");
        temp.dir("tree/outside");
        extract(new Tars().file("secret", "2"), "/up");
        assertThat(tree.resolve("outside/secret")).hasContent("2");
        assertThatThrownBy(() -> extract(new Tars().file("x", "3"), "/away"))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> extract(new Tars().file("../x", "4"), "/etc"))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("../x");
    }

    @Test
    void aSymlinkFromTheArchiveLeadsInsideOnlyAsWell() throws IOException {
        Tars tar = new Tars().symlink("l", temp.root().resolve("outside").toString());
        try {
            extract(tar.file("l/secret", "owned"), "/");
        } catch (RuntimeException e) {
            assertThat(e).hasMessageContaining("l/secret");
        }
    }

    @Test
    void whatIsThereIsReplacedOrRefused() throws IOException {
        TarImport.Options strict = new TarImport.Options(true, false, ApplyLimits.DEFAULT);
        assertThatThrownBy(() -> extract(new Tars().file("etc", "x"), "/", strict))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining(
                        "cannot overwrite directory \"/etc\" with non-directory \"/\"");
        assertThatThrownBy(() -> extract(new Tars().dir("etc/hosts"), "/", strict))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining(
                        "cannot overwrite non-directory \"/etc/hosts\" with directory \"/\"");
        extract(new Tars().file("etc/hosts", "new"), "/", strict);
        assertThat(tree.resolve("etc/hosts")).hasContent("new");
        extract(new Tars().file("etc", "file"), "/");
        assertThat(tree.resolve("etc")).hasContent("file");
    }

    @Test
    void ownersAreTheArchivesOrRoots() {
        Tars tar =
                new Tars()
                        .add(
                                TarEntry.of(EntryKind.FILE, "f")
                                        .mode(04711)
                                        .owner(12, 34)
                                        .modified(Tars.TIME));
        extract(tar, "/etc");
        Stat kept = FileSystem.statx(root, "etc/f", 0);
        assertThat(kept.uid()).isEqualTo(12);
        assertThat(kept.permissions()).isEqualTo(04711);
        Tars again =
                new Tars()
                        .add(
                                TarEntry.of(EntryKind.FILE, "f")
                                        .mode(0711)
                                        .owner(12, 34)
                                        .modified(Tars.TIME));
        extract(again, "/etc", new TarImport.Options(false, true, ApplyLimits.DEFAULT));
        assertThat(FileSystem.statx(root, "etc/f", 0).uid()).isZero();
    }

    @Test
    void anExportHasNamesBelowThePath() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        TarExport.write(root, "/", all);
        assertThat(names(all)).containsExactly("abs", "away", "etc/", "etc/hosts", "up");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        TarExport.write(root, "/abs/hosts", file);
        assertThat(names(file)).containsExactly("hosts");
        ByteArrayOutputStream link = new ByteArrayOutputStream();
        TarExport.writeAs(root, "/abs", "other", link);
        assertThat(names(link)).containsExactly("other");
        ByteArrayOutputStream followed = new ByteArrayOutputStream();
        TarExport.writeAs(root, "/abs/", "other", followed);
        assertThat(names(followed)).containsExactly("other/", "other/hosts");
        assertThatThrownBy(() ->
                        TarExport.write(root, "/away/secret", OutputStream.nullOutputStream()))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void aFailingReaderOfAnExportIsToldApart() {
        OutputStream gone =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("client went away");
                    }
                };
        assertThatThrownBy(() -> TarExport.write(root, "/", gone))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("client went away");
    }

    @Test
    void aFullDiskIsSaidAndLeavesNothing() {
        try (Fd small = tmpfs("1m");
                OverlaySnapshotter snapshots = new OverlaySnapshotter(small.procPath())) {
            byte[] large =
                    new Tars().file("small", "x").file("large", new byte[3 << 20], 0644).bytes();
            assertThatThrownBy(() -> snapshots.apply(null, new ByteArrayInputStream(large)))
                    .isInstanceOf(ResourceExhausted.class)
                    .hasMessageContaining("large");
            assertThat(snapshots.list()).isEmpty();
            assertThat(small.procPath().resolve("tmp").toFile().list()).isEmpty();
            byte[] fits = new Tars().file("small", "x").bytes();
            assertThat(snapshots.apply(null, new ByteArrayInputStream(fits)).bytes()).isEqualTo(1);
        }
    }

    private static Fd tmpfs(String size) {
        try (Fd context = Mounts.fsopen("tmpfs")) {
            Mounts.fsconfigString(context, "size", size);
            Mounts.fsconfigCreate(context);
            return Mounts.fsmount(context, 0);
        }
    }
}
