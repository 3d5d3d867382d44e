package dev.carafe.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.Digest;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.UnplacedLayer;
import dev.carafe.testkit.TinyImage;
import dev.carafe.testkit.TinyImages;
import dev.carafe.testkit.TinyTar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersInPassingTest {
    @TempDir Path folder;
    private MemorySnapshotter snapshots;
    private Shelf shelf;
    private LayersInPassing layers;

    @BeforeEach
    void open() {
        shelf = new Shelf(folder);
        snapshots = shelf.snapshots;
        layers = new LayersInPassing(snapshots, shelf.content);
    }

    private static byte[] tar() {
        return new TinyTar().file("etc/motd", "hello").bytes();
    }

    /// Too large to be kept in memory until it is known what it is for.
    private static byte[] large() {
        return new TinyTar().file("large", "x".repeat(100_000)).bytes();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private ArchivePart unpack(byte[] bytes) throws IOException {
        return layers.unpack(new ByteArrayInputStream(bytes), bytes.length, n -> {});
    }

    private static boolean looks(byte[] bytes) throws IOException {
        return LayersInPassing.looksLikeLayer(
                LayersInPassing.stream(new ByteArrayInputStream(bytes)));
    }

    @Test
    void tarsAndWhatIsCompressedLooksLikeALayerAndDocumentsDoNot() throws IOException {
        assertThat(looks(tar())).isTrue();
        assertThat(looks(gzip(tar()))).isTrue();
        assertThat(looks("{\"schemaVersion\":2}".getBytes())).isFalse();
        assertThat(looks(new byte[2000])).isFalse();
        assertThat(looks(new byte[0])).isFalse();
    }

    @Test
    void lookingTakesNothingFromTheStream() throws IOException {
        var in = LayersInPassing.stream(new ByteArrayInputStream(tar()));
        LayersInPassing.looksLikeLayer(in);
        LayersInPassing.isPlain(in);
        assertThat(in.readAllBytes()).isEqualTo(tar());
    }

    @Test
    void theFirstChainTakesTheLayerAndTheSecondReadsItBack() throws IOException {
        ArchivePart part = unpack(gzip(tar()));
        ChainId chain = ChainId.over(null, Digest.of(tar()));
        UnplacedLayer layer = part.take(chain);
        assertThat(layer).isNotNull();
        assertThat(layer.diffId()).isEqualTo(Digest.of(tar()));
        layer.place(null, () -> {});
        assertThat(part.take(ChainId.over(chain, Digest.of(tar())))).isNull();
        assertThat(part.takenFor()).isEqualTo(chain);
        try (InputStream again = part.open()) {
            assertThat(again.readAllBytes()).isEqualTo(tar());
        }
        part.close();
        assertThat(snapshots.unpacked).hasValue(0);
    }

    @Test
    void whatIsNoLayerIsAFaultOnlyForWhoWantsIt() throws IOException {
        byte[] cut = Arrays.copyOf(gzip(tar()), 40);
        ArchivePart part = unpack(cut);
        assertThat(part.take(ChainId.over(null, Digest.of(tar())))).isNull();
        assertThatThrownBy(part::open).isInstanceOf(IOException.class).hasMessageContaining("gzip");
    }

    @Test
    void aLayerIsNoDocument() throws IOException {
        try (ArchiveFiles files = new ArchiveFiles(shelf.content, layers)) {
            assertThatThrownBy(unpack(tar())::open)
                    .isInstanceOf(InvalidArgument.class)
                    .hasMessageContaining("document");
            assertThat(files.has("x")).isFalse();
        }
    }

    @Test
    void anArchiveThatBreaksOffIsToldAtOnce() {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("reset by peer");
                    }
                };
        assertThatThrownBy(() -> layers.unpack(broken, 1000, n -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("reset by peer");
        assertThat(snapshots.unpacked).hasValue(0);
    }

    @Test
    void aLargeLayerIsUnpackedOnceAndMayOccurTwice() {
        TinyImage twice = TinyImages.named("twice:1").layer(large()).layer(large()).build();
        for (byte[] archive : List.of(twice.oldDockerArchive(), twice.dockerArchive())) {
            shelf.load(archive);
            assertThat(shelf.store.get("twice:1").layers()).hasSize(2).doesNotHaveDuplicates();
            assertThat(snapshots.tars.values()).containsExactly(large(), large());
            assertThat(snapshots.unpacked).hasValue(0);
            assertThat(shelf.leftovers()).isZero();
        }
    }

    @Test
    void aLargeLayerThatIsNotTheOneAskedForIsRefusedAndLeavesNothing() {
        byte[] layer = large();
        TinyImage image = TinyImages.named("big:1").layer(layer).build();
        byte[] archive = image.oldDockerArchive();
        for (int i = 0; i < archive.length - 8; i++) {
            if (archive[i] == 'x' && archive[i + 7] == 'x') {
                archive[i + 3] = 'y';
                break;
            }
        }
        assertThatThrownBy(() -> shelf.load(archive))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("layer digest mismatch: expected " + Digest.of(layer));
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void aLargeHostileLayerIsRefusedAndLeavesNothing() {
        byte[] hostile =
                new TinyTar().file("large", "x".repeat(100_000)).file("../out", "").bytes();
        TinyImage image = TinyImages.named("bad:1").layer(hostile).build();
        assertThatThrownBy(() -> shelf.load(image.oldDockerArchive()))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("../out");
        assertThat(shelf.isEmpty()).isTrue();
    }
}
