package dev.carafe.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Conflict;
import dev.carafe.base.DataLoss;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import dev.carafe.snapshots.tar.EntryKind;
import dev.carafe.snapshots.tar.TarEntry;
import dev.carafe.snapshots.tar.Tars;
import dev.carafe.testkit.LeakCheck;
import dev.carafe.testkit.TempDirs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Needs root: overlay mounts, owners, device nodes.
class OverlaySnapshotterIT extends SnapshotterContract {
    private TempDirs temp;
    private LeakCheck leaks;
    private OverlaySnapshotter snapshots;

    @BeforeEach
    void open() {
        temp = TempDirs.create("snapshots");
        leaks = LeakCheck.begin(temp.root().toString());
        snapshots = new OverlaySnapshotter(store());
    }

    @AfterEach
    void close() {
        snapshots.close();
        leaks.close();
        temp.close();
    }

    private Path store() {
        return temp.root().resolve("store");
    }

    @Override
    Snapshotter snapshots() {
        return snapshots;
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> all = Files.list(store().resolve(folder))) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    private void awaitEmptyTemporary() throws Exception {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!names("tmp").isEmpty()) {
            assertThat(Instant.now()).as("left in tmp: " + names("tmp")).isBefore(deadline);
            Thread.sleep(10);
        }
    }

    @Test
    void whatWasAppliedAndPreparedIsThereAfterReopening() {
        ChainId lower = snapshots.apply(null, stream(base())).chainId();
        ChainId upper = snapshots.apply(lower, stream(second())).chainId();
        snapshots.prepare("c", upper);
        snapshots.prepare("scratch", null);
        try (RootMount mount = snapshots.mount("c")) {
            write(mount.mount(), "/x", "y");
        }
        LayerInfo info = snapshots.layer(upper).orElseThrow();
        snapshots.close();
        snapshots = new OverlaySnapshotter(store());
        assertThat(snapshots.layer(upper)).contains(info);
        assertThat(snapshots.keys()).containsExactlyInAnyOrder("c", "scratch");
        assertThatThrownBy(() -> snapshots.remove(upper)).isInstanceOf(Conflict.class);
        try (RootMount mount = snapshots.mount("c")) {
            assertThat(read(mount.mount(), "/x")).isEqualTo("y");
            assertThat(read(mount.mount(), "/etc/motd")).isEqualTo("changed\n");
        }
    }

    @Test
    void whatACrashLeftIsRemovedAtOpening() throws Exception {
        snapshots.close();
        Path half = Files.createDirectories(store().resolve("tmp/half/fs/a/b"));
        Files.writeString(half.resolve("f"), "x");
        Files.createSymbolicLink(half.resolve("l"), temp.dir("outside"));
        Files.writeString(temp.dir("outside").resolve("stays"), "x");
        snapshots = new OverlaySnapshotter(store());
        awaitEmptyTemporary();
        assertThat(temp.root().resolve("outside/stays")).exists();
    }

    @Test
    void aLayerDirectoryThatIsDamagedIsLeftOut() throws Exception {
        ChainId layer = snapshots.apply(null, stream(base())).chainId();
        snapshots.close();
        Files.writeString(store().resolve("layers/" + layer.digest().hex() + "/layer.json"), "{");
        snapshots = new OverlaySnapshotter(store());
        assertThat(snapshots.exists(layer)).isFalse();
    }

    @Test
    void removedThingsLeaveNothingOnDisk() throws Exception {
        ChainId lower = snapshots.apply(null, stream(base())).chainId();
        snapshots.prepare("c", lower);
        try (RootMount mount = snapshots.mount("c")) {
            String deep = "d/".repeat(5);
            for (int i = 0; i < 5; i++) {
                FileSystem.mkdirat(mount.mount(), deep.substring(0, 2 * i + 1), 0700);
            }
        }
        snapshots.discard("c");
        snapshots.remove(lower);
        awaitEmptyTemporary();
        assertThat(names("layers")).isEmpty();
        assertThat(names("roots")).isEmpty();
    }

    @Test
    void endlesslyDeepTreesAreRemoved() throws Exception {
        snapshots.prepare("c", null);
        Path upper = snapshots.dirs("c").upper();
        // deeper than PATH_MAX, as a container can make it by walking down
        Fd at = FileSystem.open(upper.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY);
        for (int i = 0; i < 3000; i++) {
            FileSystem.mkdirat(at, "d", 0700);
            Fd next = FileSystem.openat(at, "d", FileSystem.O_RDONLY | FileSystem.O_DIRECTORY, 0);
            at.close();
            at = next;
        }
        at.close();
        snapshots.discard("c");
        awaitEmptyTemporary();
    }

    @Test
    void theMountsRootIsTheImagesRoot() {
        TarEntry.Builder root =
                TarEntry.of(EntryKind.DIRECTORY, "./")
                        .mode(01711)
                        .owner(7, 8)
                        .modified(Tars.TIME)
                        .xattr("user.mark", new byte[] {1});
        ChainId lower =
                snapshots
                        .apply(null, stream(new Tars().add(root).file("f", "x").bytes()))
                        .chainId();
        ChainId upper = snapshots.apply(lower, stream(new Tars().file("g", "x").bytes())).chainId();
        snapshots.prepare("c", upper);
        try (RootMount mount = snapshots.mount("c");
                RootMount view = snapshots.view(upper)) {
            for (Fd fd : List.of(mount.mount(), view.mount())) {
                Stat stat = FileSystem.statx(fd, "", FileSystem.AT_EMPTY_PATH);
                assertThat(stat.permissions()).isEqualTo(01711);
                assertThat(stat.uid()).isEqualTo(7);
                assertThat(stat.gid()).isEqualTo(8);
            }
        }
    }

    @Test
    void aHundredLayersMount() {
        ChainId chain = hundredLayers();
        snapshots.prepare("c", chain);
        try (RootMount mount = snapshots.mount("c")) {
            assertThat(read(mount.mount(), "/top")).isEqualTo("99");
            assertThat(TreeListing.of(mount.mount())).hasSize(101);
        }
        assertThat(snapshots.dirs("c").lower()).hasSize(100);
    }

    private ChainId hundredLayers() {
        ChainId chain = null;
        for (int i = 0; i < 100; i++) {
            byte[] tar = new Tars().file("top", "" + i).file("file" + i, "x").bytes();
            chain = snapshots.apply(chain, stream(tar)).chainId();
        }
        return chain;
    }

    @Test
    void kernelsWithoutSingleLayerOptionsMountAsWell() throws IOException {
        ChainId chain = hundredLayers();
        snapshots.prepare("c", chain);
        List<String> before = Files.readAllLines(Path.of("/proc/self/mountinfo"));
        OverlayMounts old = new OverlayMounts(store().resolve("empty"), () -> false);
        try (RootMount mount = old.writable(snapshots.dirs("c"))) {
            assertThat(read(mount.mount(), "/top")).isEqualTo("99");
            assertThat(Files.readAllLines(Path.of("/proc/self/mountinfo"))).hasSameSizeAs(before);
            write(mount.mount(), "/top", "own");
        }
        List<Path> lower = new ArrayList<>(snapshots.dirs("c").lower());
        try (RootMount view = old.readOnly(lower)) {
            assertThat(read(view.mount(), "/top")).isEqualTo("99");
            assertThatThrownBy(() -> write(view.mount(), "/x", "y"))
                    .hasMessageContaining("Read-only");
        }
        try (RootMount mount = snapshots.mount("c")) {
            assertThat(read(mount.mount(), "/top")).isEqualTo("own");
        }
    }

    @Test
    void aStoreWithALongOrOddPathMounts() {
        for (String odd : List.of("long".repeat(60), "a:b,c\\d e")) {
            try (OverlaySnapshotter other =
                    new OverlaySnapshotter(store().resolve(odd).resolve("x".repeat(100)))) {
                ChainId chain = other.apply(null, stream(base())).chainId();
                other.prepare("c", chain);
                try (RootMount mount = other.mount("c")) {
                    assertThat(read(mount.mount(), "/etc/motd")).isEqualTo("hello\n");
                }
            }
        }
    }

    @Test
    void mountsAreInNoTable() throws IOException {
        List<String> before = Files.readAllLines(Path.of("/proc/self/mountinfo"));
        snapshots.prepare("c", snapshots.apply(null, stream(base())).chainId());
        try (RootMount mount = snapshots.mount("c")) {
            assertThat(exists(mount.mount(), "etc")).isTrue();
            assertThat(Files.readAllLines(Path.of("/proc/self/mountinfo"))).hasSameSizeAs(before);
        }
    }

    @Test
    void damagedFilesAreNoticedWhenALayerIsGivenOut() throws IOException {
        ChainId layer = snapshots.apply(null, stream(base())).chainId();
        Path file = store().resolve("layers/" + layer.digest().hex() + "/fs/etc/motd");
        Files.writeString(file, "HELLO\n");
        assertThatThrownBy(() -> tar(layer)).isInstanceOf(DataLoss.class);
        Files.writeString(file, "H");
        assertThatThrownBy(() -> tar(layer)).isInstanceOf(DataLoss.class);
        Files.delete(file);
        assertThatThrownBy(() -> tar(layer)).isInstanceOf(DataLoss.class);
    }
}
