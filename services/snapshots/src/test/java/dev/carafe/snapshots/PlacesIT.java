package dev.carafe.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.tar.Tars;
import dev.carafe.testkit.LeakCheck;
import dev.carafe.testkit.TempDirs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Mount places between layers and roots. Needs root: overlay mounts.
class PlacesIT {
    private static final List<MountPlace> PLACES =
            List.of(
                    MountPlace.file("/.mark", 0751),
                    MountPlace.directory("/etc"),
                    MountPlace.file("/etc/hosts", 0644),
                    MountPlace.link("/etc/mtab", "/proc/mounts"),
                    MountPlace.directory("/proc"));

    private TempDirs temp;
    private LeakCheck leaks;
    private OverlaySnapshotter snapshots;

    @BeforeEach
    void open() {
        temp = TempDirs.create("places");
        leaks = LeakCheck.begin(temp.root().toString());
        reopen();
    }

    @AfterEach
    void close() {
        snapshots.close();
        leaks.close();
        temp.close();
    }

    private void reopen() {
        snapshots =
                new OverlaySnapshotter(temp.root().resolve("store"), ApplyLimits.DEFAULT, PLACES);
    }

    private ChainId layer(Tars tar) {
        return snapshots.apply(null, new ByteArrayInputStream(tar.bytes())).chainId();
    }

    private static Path in(RootMount mount, String path) {
        return mount.mount().procPath().resolve(path);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatTheLayersLackIsThereAndIsNoChange() throws Exception {
        snapshots.prepareWithPlaces("c", layer(new Tars().dir("bin")));
        try (RootMount root = snapshots.mount("c")) {
            assertThat(names(in(root, "."))).containsExactly(".mark", "bin", "etc", "proc");
            assertThat(names(in(root, "etc"))).containsExactly("hosts", "mtab");
            assertThat(Files.readSymbolicLink(in(root, "etc/mtab")))
                    .isEqualTo(Path.of("/proc/mounts"));
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(in(root, ".mark"))))
                    .isEqualTo("rwxr-x--x");
        }
        assertThat(names(snapshots.dirs("c").upper())).isEmpty();
        assertThat(snapshots.changes("c")).isEmpty();
        assertThat(snapshots.usageBytes("c")).isZero();
    }

    @Test
    void whatTheLayersHaveStaysAsItIs() throws Exception {
        ChainId layer =
                layer(
                        new Tars()
                                .dir("etc", 0700)
                                .file("etc/hosts", "mine")
                                .symlink("etc/mtab", "elsewhere")
                                .file("proc", "no directory"));
        snapshots.prepareWithPlaces("c", layer);
        try (RootMount root = snapshots.mount("c")) {
            assertThat(in(root, "etc/hosts")).hasContent("mine");
            assertThat(Files.readSymbolicLink(in(root, "etc/mtab")))
                    .isEqualTo(Path.of("elsewhere"));
            assertThat(in(root, "proc")).hasContent("no directory");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(in(root, "etc"))))
                    .isEqualTo("rwx------");
            assertThat(Files.getLastModifiedTime(in(root, "etc")).toInstant()).isEqualTo(Tars.TIME);
        }
    }

    @Test
    void aLinkInsteadOfADirectoryIsNotFollowed() throws Exception {
        Path outside = temp.dir("outside");
        snapshots.prepareWithPlaces("c", layer(new Tars().symlink("etc", outside.toString())));
        try (RootMount root = snapshots.mount("c")) {
            assertThat(Files.readSymbolicLink(in(root, "etc"))).isEqualTo(outside);
            assertThat(in(root, "proc")).isDirectory();
        }
        assertThat(names(outside)).isEmpty();
    }

    @Test
    void rootsShareThemAndThoseWithoutDoNotSeeThem() throws Exception {
        ChainId layer = layer(new Tars().dir("bin"));
        snapshots.prepareWithPlaces("one", layer);
        snapshots.prepareWithPlaces("two", layer);
        snapshots.prepare("plain", layer);
        try (RootMount one = snapshots.mount("one");
                RootMount two = snapshots.mount("two");
                RootMount plain = snapshots.mount("plain")) {
            FileSystem.unlinkat(one.mount(), ".mark", 0);
            assertThat(Files.exists(in(one, ".mark"), LinkOption.NOFOLLOW_LINKS)).isFalse();
            assertThat(in(two, ".mark")).exists();
            assertThat(names(in(plain, "."))).containsExactly("bin");
        }
        assertThat(snapshots.dirs("one").lower()).isEqualTo(snapshots.dirs("two").lower());
        // removing a place that is no change is none either
        assertThat(snapshots.changes("one")).isEmpty();
    }

    @Test
    void aReopenedStoreHasThemAndTheyGoWithTheLayer() throws Exception {
        ChainId layer = layer(new Tars().dir("bin"));
        snapshots.prepareWithPlaces("c", layer);
        snapshots.mount("c").close();
        snapshots.close();
        reopen();
        try (RootMount root = snapshots.mount("c")) {
            assertThat(in(root, ".mark")).exists();
        }
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        snapshots.layerTar(layer, tar);
        assertThat(tar.toByteArray()).isEqualTo(new Tars().dir("bin").bytes());
        snapshots.discard("c");
        snapshots.remove(layer);
        assertThat(names(temp.root().resolve("store/layers"))).isEmpty();
        // the same layer again, after its places went
        snapshots.prepareWithPlaces("again", layer(new Tars().dir("bin")));
        try (RootMount root = snapshots.mount("again")) {
            assertThat(in(root, ".mark")).exists();
        }
    }
}
