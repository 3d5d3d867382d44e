package dev.carafe.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.AlreadyExists;
import dev.carafe.base.Conflict;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.Stat;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.tar.Tars;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What every {@link Snapshotter} does. An implementation's test extends it and gives one over an
/// empty store.
abstract class SnapshotterContract {
    abstract Snapshotter snapshots();

    static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    static byte[] base() {
        return new Tars()
                .dir("etc")
                .file("etc/motd", "hello\n")
                .file("etc/gone", "soon")
                .dir("var")
                .dir("var/cache")
                .file("var/cache/old", "old")
                .symlink("bin", "usr/bin")
                .bytes();
    }

    static byte[] second() {
        return new Tars()
                .dir("etc")
                .file("etc/motd", "changed\n")
                .file("etc/.wh.gone", "")
                .dir("var")
                .dir("var/cache")
                .file("var/cache/.wh..wh..opq", "")
                .file("var/cache/new", "new")
                .bytes();
    }

    static void write(Fd root, String path, String text) {
        try (Fd file =
                FileSystem.openInRoot(
                        root,
                        path,
                        FileSystem.O_WRONLY | FileSystem.O_CREAT | FileSystem.O_TRUNC,
                        0644)) {
            Pipes.writeFully(file, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    static String read(Fd root, String path) {
        try (Fd file = FileSystem.openInRoot(root, path, FileSystem.O_RDONLY, 0)) {
            byte[] bytes = new byte[1000];
            int n = Pipes.read(file, bytes);
            return n < 0 ? "" : new String(bytes, 0, n, StandardCharsets.UTF_8);
        }
    }

    static boolean exists(Fd root, String path) {
        return FileSystem.tryStat(root, path, FileSystem.AT_SYMLINK_NOFOLLOW).isPresent();
    }

    @Test
    void anAppliedLayerIsNamedByItsBytes() {
        AppliedLayer layer = snapshots().apply(null, stream(base()));
        assertThat(layer.diffId()).isEqualTo(Digest.of(base()));
        assertThat(layer.chainId()).isEqualTo(new ChainId(layer.diffId()));
        assertThat(layer.bytes()).isEqualTo(13);
        assertThat(snapshots().exists(layer.chainId())).isTrue();
        assertThat(snapshots().list()).containsExactly(layer.chainId());
        assertThat(snapshots().layer(layer.chainId()))
                .contains(new LayerInfo(layer.chainId(), layer.diffId(), null, 13, base().length));
    }

    @Test
    void aLayerOverAnotherHasTheChainsName() {
        AppliedLayer lower = snapshots().apply(null, stream(base()));
        AppliedLayer upper = snapshots().apply(lower.chainId(), stream(second()));
        assertThat(upper.chainId()).isEqualTo(ChainId.of(List.of(lower.diffId(), upper.diffId())));
        assertThat(snapshots().layer(upper.chainId()).orElseThrow().parent())
                .isEqualTo(lower.chainId());
    }

    @Test
    void theSameLayerTwiceIsThereOnce() {
        AppliedLayer first = snapshots().apply(null, stream(base()));
        assertThat(snapshots().apply(null, stream(base()))).isEqualTo(first);
        assertThat(snapshots().apply(null, stream(base()), first.diffId())).isEqualTo(first);
        assertThat(snapshots().list()).hasSize(1);
    }

    @Test
    void aStreamThatIsNotWhatWasExpectedIsRefused() {
        Digest other = Digest.of(new byte[1]);
        assertThatThrownBy(() -> snapshots().apply(null, stream(base()), other))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining(other.toString())
                .hasMessageContaining(Digest.of(base()).toString());
        assertThat(snapshots().list()).isEmpty();
    }

    @Test
    void aMissingParentIsNotFound() {
        ChainId missing = new ChainId(Digest.of(new byte[1]));
        assertThatThrownBy(() -> snapshots().apply(missing, stream(base())))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> snapshots().prepare("c", missing)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> snapshots().view(missing)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> snapshots().layerTar(missing, new ByteArrayOutputStream()))
                .isInstanceOf(NotFound.class);
        assertThat(snapshots().isPrepared("c")).isFalse();
    }

    @Test
    void layersAppliedAtOnceDoNotDisturbEachOther() throws Exception {
        try (var threads = Executors.newFixedThreadPool(6)) {
            List<Callable<AppliedLayer>> work = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                byte[] tar = new Tars().file("file" + i % 8, "x".repeat(i % 8)).bytes();
                work.add(() -> snapshots().apply(null, stream(tar)));
            }
            for (Future<AppliedLayer> applied : threads.invokeAll(work)) {
                assertThat(snapshots().exists(applied.get().chainId())).isTrue();
            }
        }
        assertThat(snapshots().list()).hasSize(8);
    }

    @Test
    void aLayerMayBeUnpackedBeforeItsParentIsThere() throws Exception {
        CompletableFuture<Void> lowerIsThere = new CompletableFuture<>();
        ChainId lower = new ChainId(Digest.of(base()));
        Digest diffId = Digest.of(second());
        CompletableFuture<AppliedLayer> upper =
                CompletableFuture.supplyAsync(() ->
                        snapshots().apply(lower, stream(second()), diffId, lowerIsThere::join));
        assertThat(snapshots().apply(null, stream(base())).chainId()).isEqualTo(lower);
        lowerIsThere.complete(null);
        ChainId chain = upper.get(60, TimeUnit.SECONDS).chainId();
        assertThat(chain).isEqualTo(ChainId.over(lower, diffId));
        try (RootMount view = snapshots().view(chain)) {
            assertThat(read(view.mount(), "/etc/motd")).isEqualTo("changed\n");
        }
    }

    @Test
    void aLayerWhoseParentNeverComesIsNotKept() {
        ChainId missing = new ChainId(Digest.of(new byte[1]));
        assertThatThrownBy(() ->
                        snapshots()
                                .apply(
                                        missing,
                                        stream(base()),
                                        null,
                                        () -> {
                                            throw new IllegalStateException("below");
                                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("below");
        assertThatThrownBy(() -> snapshots().apply(missing, stream(base()), null, () -> {}))
                .isInstanceOf(NotFound.class);
        assertThat(snapshots().list()).isEmpty();
    }

    @Test
    void theLayersTarIsTheAppliedBytes() {
        AppliedLayer lower = snapshots().apply(null, stream(base()));
        AppliedLayer upper = snapshots().apply(lower.chainId(), stream(second()));
        assertThat(tar(lower.chainId())).isEqualTo(base());
        assertThat(tar(upper.chainId())).isEqualTo(second());
    }

    byte[] tar(ChainId layer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        snapshots().layerTar(layer, out);
        return out.toByteArray();
    }

    @Test
    void aViewShowsTheLayersMergedAndTakesNoWrites() {
        AppliedLayer lower = snapshots().apply(null, stream(base()));
        AppliedLayer upper = snapshots().apply(lower.chainId(), stream(second()));
        try (RootMount view = snapshots().view(upper.chainId())) {
            Fd root = view.mount();
            assertThat(read(root, "/etc/motd")).isEqualTo("changed\n");
            assertThat(exists(root, "etc/gone")).isFalse();
            assertThat(exists(root, "var/cache/old")).isFalse();
            assertThat(read(root, "/var/cache/new")).isEqualTo("new");
            assertThatThrownBy(() -> write(root, "/x", "y")).hasMessageContaining("Read-only");
        }
        try (RootMount view = snapshots().view(lower.chainId())) {
            assertThat(read(view.mount(), "/etc/gone")).isEqualTo("soon");
        }
    }

    @Test
    void aRootKeepsWhatIsWrittenFromMountToMount() {
        AppliedLayer lower = snapshots().apply(null, stream(base()));
        snapshots().prepare("c1", lower.chainId());
        snapshots().prepare("c2", lower.chainId());
        try (RootMount mount = snapshots().mount("c1")) {
            write(mount.mount(), "/etc/motd", "mine");
            write(mount.mount(), "/new", "n");
        }
        try (RootMount mount = snapshots().mount("c1")) {
            assertThat(read(mount.mount(), "/etc/motd")).isEqualTo("mine");
        }
        try (RootMount mount = snapshots().mount("c2")) {
            assertThat(read(mount.mount(), "/etc/motd")).isEqualTo("hello\n");
            assertThat(exists(mount.mount(), "new")).isFalse();
        }
        assertThat(snapshots().usageBytes("c1")).isEqualTo(5);
        assertThat(snapshots().usageBytes("c2")).isZero();
        assertThat(tar(lower.chainId())).isEqualTo(base());
    }

    @Test
    void aRootOverNothingIsEmptyAndWritable() {
        snapshots().prepare("c", null);
        try (RootMount mount = snapshots().mount("c")) {
            assertThat(TreeListing.of(mount.mount())).isEmpty();
            write(mount.mount(), "/x", "y");
        }
        assertThat(snapshots().changes("c")).extracting(Change::toString).containsExactly("A /x");
    }

    @Test
    void keysAreTakenOnceAndFreeAfterDiscarding() {
        snapshots().prepare("c", null);
        assertThatThrownBy(() -> snapshots().prepare("c", null)).isInstanceOf(AlreadyExists.class);
        assertThat(snapshots().isPrepared("c")).isTrue();
        assertThat(snapshots().keys()).containsExactly("c");
        snapshots().discard("c");
        snapshots().discard("c");
        assertThat(snapshots().isPrepared("c")).isFalse();
        assertThat(snapshots().keys()).isEmpty();
        assertThatThrownBy(() -> snapshots().mount("c")).isInstanceOf(NotFound.class);
        snapshots().prepare("c", null);
    }

    @Test
    void aKeyIsNoPath() {
        for (String key : List.of("", "..", "../x", "a/b", ".hidden", "a".repeat(200), "a\nb")) {
            assertThatThrownBy(() -> snapshots().prepare(key, null))
                    .as(key)
                    .isInstanceOf(InvalidArgument.class);
        }
    }

    @Test
    void aLayerInUseStays() {
        ChainId lower = snapshots().apply(null, stream(base())).chainId();
        ChainId upper = snapshots().apply(lower, stream(second())).chainId();
        assertThatThrownBy(() -> snapshots().remove(lower)).isInstanceOf(Conflict.class);
        snapshots().prepare("c", upper);
        assertThatThrownBy(() -> snapshots().remove(upper)).isInstanceOf(Conflict.class);
        snapshots().discard("c");
        snapshots().remove(upper);
        snapshots().remove(lower);
        snapshots().remove(lower);
        assertThat(snapshots().list()).isEmpty();
        assertThat(snapshots().apply(null, stream(base())).chainId()).isEqualTo(lower);
    }

    @Test
    void aDiffAppliedAgainGivesTheSameTree() {
        ChainId lower = snapshots().apply(null, stream(base())).chainId();
        snapshots().prepare("c", lower);
        try (RootMount mount = snapshots().mount("c")) {
            write(mount.mount(), "/etc/motd", "mine");
            FileSystem.unlinkat(mount.mount(), "etc/gone", 0);
            FileSystem.unlinkat(mount.mount(), "var/cache/old", 0);
            FileSystem.unlinkat(mount.mount(), "var/cache", FileSystem.AT_REMOVEDIR);
            FileSystem.mkdirat(mount.mount(), "var/cache", 0700);
            write(mount.mount(), "/var/cache/fresh", "f");
        }
        ByteArrayOutputStream diff = new ByteArrayOutputStream();
        snapshots().diff("c", diff);
        ChainId upper = snapshots().apply(lower, stream(diff.toByteArray())).chainId();
        try (RootMount mount = snapshots().mount("c");
                RootMount view = snapshots().view(upper)) {
            assertThat(TreeListing.of(view.mount())).isEqualTo(TreeListing.of(mount.mount()));
            assertThat(exists(view.mount(), "var/cache/old")).isFalse();
        }
    }

    @Test
    void aCommittedRootIsTheLayerOfItsDiff() {
        ChainId lower = snapshots().apply(null, stream(base())).chainId();
        snapshots().prepare("c", lower);
        try (RootMount mount = snapshots().mount("c")) {
            write(mount.mount(), "etc/motd", "changed");
            FileSystem.unlinkat(mount.mount(), "etc/gone", 0);
            FileSystem.mkdirat(mount.mount(), "srv", 0700);
            write(mount.mount(), "srv/one", "1".repeat(100_000));
            FileSystem.linkat(mount.mount(), "srv/one", mount.mount(), "srv/two", 0);
            FileSystem.symlinkat("one", mount.mount(), "srv/three");
            write(mount.mount(), "srv/empty", "");
        }
        ByteArrayOutputStream diff = new ByteArrayOutputStream();
        snapshots().diff("c", diff);

        AppliedLayer layer = snapshots().commit("c").orElseThrow();

        assertThat(layer.diffId()).isEqualTo(Digest.of(diff.toByteArray()));
        assertThat(snapshots().layer(layer.chainId()))
                .contains(
                        new LayerInfo(
                                layer.chainId(), layer.diffId(), lower, 100_007, diff.size()));
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        snapshots().layerTar(layer.chainId(), again);
        assertThat(again.toByteArray()).isEqualTo(diff.toByteArray());
        assertThat(snapshots().isPrepared("c")).isFalse();
        assertThat(snapshots().used(lower)).isFalse();
        try (RootMount view = snapshots().view(layer.chainId())) {
            assertThat(read(view.mount(), "etc/motd")).isEqualTo("changed");
            assertThat(exists(view.mount(), "etc/gone")).isFalse();
            assertThat(read(view.mount(), "var/cache/old")).isEqualTo("old");
            assertThat(FileSystem.statx(view.mount(), "srv/two", 0).links()).isEqualTo(2);
        }
        assertThat(snapshots().apply(lower, stream(diff.toByteArray()))).isEqualTo(layer);
        snapshots().remove(layer.chainId());
        snapshots().remove(lower);
    }

    @Test
    void theSameRootCommittedTwiceIsOneLayer() {
        for (String key : List.of("a", "b")) {
            snapshots().prepare(key, null);
            try (RootMount mount = snapshots().mount(key)) {
                write(mount.mount(), "one", "1");
                FileSystem.utimensat(mount.mount(), "one", null, Instant.EPOCH, 0);
                FileSystem.fchmodat(mount.mount(), ".", 0700);
            }
            assertThat(snapshots().commit(key)).isPresent();
        }
        assertThat(snapshots().list()).hasSize(1);
        try (RootMount view = snapshots().view(snapshots().list().getFirst())) {
            assertThat(FileSystem.statx(view.mount(), "", FileSystem.AT_EMPTY_PATH).permissions())
                    .isEqualTo(0755);
        }
    }

    @Test
    void aRootThatNoArchiveDescribesIsNoLayerAsItIs() {
        snapshots().prepare("socket", null);
        try (RootMount mount = snapshots().mount("socket")) {
            FileSystem.mknodat(mount.mount(), "s", Stat.S_IFSOCK | 0600, 0);
        }
        snapshots().prepare("name", null);
        try (RootMount mount = snapshots().mount("name")) {
            write(mount.mount(), ".wh.file", "");
        }
        for (String key : List.of("socket", "name")) {
            assertThat(snapshots().commit(key)).isEmpty();
            assertThat(snapshots().isPrepared(key)).isTrue();
        }
        assertThat(snapshots().list()).isEmpty();
    }

    @Test
    void changesAreThoseOfDockerDiff() {
        ChainId lower = snapshots().apply(null, stream(base())).chainId();
        snapshots().prepare("c", lower);
        assertThat(snapshots().changes("c")).isEmpty();
        try (RootMount mount = snapshots().mount("c")) {
            Fd root = mount.mount();
            write(root, "/etc/motd", "mine");
            FileSystem.unlinkat(root, "etc/gone", 0);
            FileSystem.mkdirat(root, "new", 0755);
            write(root, "/new/file", "f");
            FileSystem.unlinkat(root, "var/cache/old", 0);
            FileSystem.unlinkat(root, "var/cache", FileSystem.AT_REMOVEDIR);
            FileSystem.mkdirat(root, "var/cache", 0755);
            write(root, "/var/cache/fresh", "f");
        }
        assertThat(snapshots().changes("c"))
                .extracting(Change::toString)
                .containsExactly(
                        "C /etc",
                        "D /etc/gone",
                        "C /etc/motd",
                        "A /new",
                        "A /new/file",
                        "C /var",
                        "C /var/cache",
                        "A /var/cache/fresh",
                        "D /var/cache/old");
    }
}
