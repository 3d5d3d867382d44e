package dev.carafe.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.images.archive.TarEntry;
import dev.carafe.images.archive.TarReader;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Index;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.OciJson;
import dev.carafe.testkit.Packing;
import dev.carafe.testkit.TinyImage;
import dev.carafe.testkit.TinyImages;
import dev.carafe.testkit.TinyTar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaveImagesTest {
    @TempDir Path temp;

    @TempDir Path elsewhere;

    private Shelf shelf;
    private final byte[] base = new TinyTar().file("base", "base").bytes();
    private final TinyImage one =
            TinyImages.named("team/app:1", "team/app:2")
                    .layer(base)
                    .layer(new TinyTar().file("1", "1"))
                    .build();
    private final TinyImage two = TinyImages.named("two:latest").layer(base).layer(base).build();

    @BeforeEach
    void open() {
        shelf = new Shelf(temp);
        shelf.load(TinyImages.dockerArchive(List.of(one, two)));
    }

    private static Map<String, byte[]> files(byte[] archive) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        TarReader tar = new TarReader(new ByteArrayInputStream(archive));
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
            assertThat(files).doesNotContainKey(entry.name());
            files.put(entry.name(), tar.content().readAllBytes());
        }
        return files;
    }

    @Test
    void anImageSurvivesTheRoundTripBitByBit() {
        byte[] archive = shelf.save("team/app");
        Shelf other = new Shelf(elsewhere);
        assertThat(other.load(archive).getFirst().references())
                .containsExactly("team/app:1", "team/app:2");
        Image there = other.store.get("team/app:2");
        assertThat(there.id()).isEqualTo(one.id());
        assertThat(other.store.configBytes(there)).isEqualTo(one.config());
        assertThat(other.snapshots.tars.get(there.top())).isEqualTo(one.layers().getLast());
        assertThat(there.layers()).isEqualTo(shelf.store.get("team/app:1").layers());
        assertThat(other.save("team/app")).isEqualTo(archive);
    }

    @Test
    void theSameImageGivesTheSameArchiveHoweverItCameIn() {
        Shelf other = new Shelf(elsewhere);
        other.load(one.ociLayout(Packing.GZIP));
        other.load(two.oldDockerArchive());
        assertThat(other.save(one.id().toString(), two.id().shortHex()))
                .isEqualTo(shelf.save(one.id().shortHex(), two.id().hex()));
    }

    @Test
    void theArchiveIsAnOciLayoutWithDockersTables() throws Exception {
        Map<String, byte[]> files = files(shelf.save("team/app:1", "two"));
        assertThat(new String(files.get("oci-layout"), UTF_8))
                .isEqualTo("{\"imageLayoutVersion\": \"1.0.0\"}");
        Index index = OciJson.index(files.get("index.json"));
        assertThat(index.manifests()).hasSize(2);
        assertThat(index.manifests().get(0).annotations())
                .containsEntry("io.containerd.image.name", "docker.io/team/app:1")
                .containsEntry("org.opencontainers.image.ref.name", "1");
        Manifest manifest =
                OciJson.manifest(
                        files.get("blobs/sha256/" + index.manifests().get(0).digest().hex()));
        assertThat(manifest.config().digest()).isEqualTo(one.id());
        assertThat(manifest.layers()).extracting(l -> l.digest()).isEqualTo(one.diffIds());
        String table = new String(files.get("manifest.json"), UTF_8);
        assertThat(table)
                .startsWith(
                        "[{\"Config\":\"blobs/sha256/"
                                + one.id().hex()
                                + "\",\"RepoTags\":[\"team/app:1\"],\"Layers\":[\"blobs/sha256/");
        assertThat(new String(files.get("repositories"), UTF_8))
                .startsWith("{\"team/app\":{\"1\":\"")
                .contains("\"two\":{\"latest\":\"");
        files.forEach((name, bytes) -> {
            if (name.startsWith("blobs/sha256/")) {
                assertThat(Digest.of(bytes).hex()).isEqualTo(name.substring(13));
            }
        });
        // base, 1 and two times base: each layer once
        assertThat(files.keySet().stream().filter(n -> n.startsWith("blobs/sha256/")).count())
                .isEqualTo(2 + 2 + 2);
    }

    @Test
    void filesAreAsOldAsTheImageAndTablesFrom1970() throws Exception {
        TinyImage old =
                TinyImages.named("old:1")
                        .layer(new TinyTar().file("x", "x"))
                        .created(Instant.parse("2020-01-02T03:04:05Z"))
                        .build();
        shelf.load(old);
        byte[] archive = shelf.save("old:1");
        assertThat(times(archive))
                .containsEntry("blobs/sha256/" + old.id().hex(), 1577934245L)
                .containsEntry("blobs/sha256/" + old.diffIds().getFirst().hex(), 1577934245L)
                .containsEntry("manifest.json", 0L)
                .containsEntry("index.json", 0L);
    }

    /// As the headers say, in seconds.
    private static Map<String, Long> times(byte[] archive) throws Exception {
        Map<String, Long> times = new LinkedHashMap<>();
        for (int at = 0; archive[at] != 0; ) {
            String name = new String(archive, at, 100, ISO_8859_1).replaceAll("\0.*", "");
            String[] numbers = new String(archive, at + 124, 24, ISO_8859_1).split("\0");
            times.put(name, Long.parseLong(numbers[1], 8));
            at += 512 + (int) ((Long.parseLong(numbers[0], 8) + 511) / 512 * 512);
        }
        return times;
    }

    private static final String LINES =
            "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[]},\"history\":[";

    private byte[] lines(int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add("{\"created_by\":\"" + i + "\",\"empty_layer\":true}");
        }
        return (LINES + String.join(",", lines) + "]}").getBytes(UTF_8);
    }

    @Test
    void whatAnImageWasMadeOfIsInTheArchiveWithIt() throws Exception {
        Digest below = Digest.of(lines(1));
        Digest above = Digest.of(lines(2));
        shelf.store.add(NewImage.plain(lines(1), List.of(), List.of()));
        shelf.store.add(NewImage.plain(lines(2), List.of(), List.of()).of(below));
        byte[] archive = shelf.save(above.hex(), below.hex());
        assertThat(new String(files(archive).get("manifest.json"), UTF_8))
                .containsOnlyOnce("\"Layers\":[],\"Parent\":\"" + below + "\"");
        byte[] alone = shelf.save(above.hex());
        assertThat(new String(files(alone).get("manifest.json"), UTF_8)).doesNotContain("Parent");
        Shelf other = new Shelf(elsewhere);
        other.load(alone);
        assertThat(other.store.get(above.hex()).parent()).isNull();
        other.load(archive);
        assertThat(other.store.get(above.hex()).parent()).isEqualTo(below);
        assertThat(other.save(above.hex(), below.hex())).isEqualTo(archive);
    }

    @Test
    void onlyAnImageOneStepAwayIsTold() throws Exception {
        Digest below = Digest.of(lines(1));
        Digest above = Digest.of(lines(3));
        shelf.store.add(NewImage.plain(lines(1), List.of(), List.of()));
        shelf.store.add(NewImage.plain(lines(3), List.of(), List.of()).of(below));
        byte[] archive = shelf.save(above.hex(), below.hex());
        String table = new String(files(archive).get("manifest.json"), UTF_8);
        assertThat(table).doesNotContain("Parent");
        Shelf other = new Shelf(elsewhere);
        assertThat(other.load(archive)).hasSize(2);
    }

    @Test
    void anArchiveThatTellsOfAnotherIsRefused() throws Exception {
        Digest below = Digest.of(lines(1));
        Digest above = Digest.of(lines(3));
        String table =
                "[{\"Config\":\"1\",\"Layers\":[]},{\"Config\":\"3\",\"Layers\":[],\"Parent\":\""
                        + below
                        + "\"}]";
        byte[] archive =
                new TinyTar()
                        .file("1", lines(1), 0644)
                        .file("3", lines(3), 0644)
                        .file("manifest.json", table)
                        .bytes();
        Shelf other = new Shelf(elsewhere);
        assertThatThrownBy(() -> other.load(archive))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("image " + below + " is not a valid parent for " + above);
        assertThat(other.store.list()).isEmpty();
    }

    @Test
    void anIdSavesWithoutNames() throws Exception {
        Map<String, byte[]> files = files(shelf.save(one.id().shortHex()));
        assertThat(new String(files.get("manifest.json"), UTF_8)).contains("\"RepoTags\":null");
        assertThat(new String(files.get("repositories"), UTF_8)).isEqualTo("{}\n");
    }

    @Test
    void whatIsNotThereIsToldBeforeTheFirstByte() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> new SaveImages(shelf.store).save(List.of("two", "nope"), out))
                .isInstanceOf(NotFound.class)
                .hasMessage("No such image: nope:latest");
        assertThat(out.size()).isZero();
    }

    @Test
    void layersAreUnpackedWhileOurOwnArchiveComesIn() throws Exception {
        byte[] archive = shelf.save("team/app:1");
        Shelf other = new Shelf(elsewhere);
        AtomicBoolean early = new AtomicBoolean();
        // the stream goes on only when the first layer is there
        int firstLayer = indexOf(archive, one.layers().getFirst());
        InputStream waiting =
                new ByteArrayInputStream(archive) {
                    @Override
                    public synchronized int read(byte[] bytes, int offset, int length) {
                        if (pos > firstLayer + one.layers().getFirst().length + 600) {
                            long deadline = System.nanoTime() + 10_000_000_000L;
                            while (other.snapshots.list().isEmpty()
                                    && System.nanoTime() < deadline) {
                                Thread.onSpinWait();
                            }
                            early.compareAndSet(
                                    false,
                                    !other.snapshots.list().isEmpty()
                                            && pos < archive.length - 1024);
                        }
                        return super.read(bytes, offset, Math.min(length, 500));
                    }
                };
        new LoadImages(other.store).load(waiting, LoadProgress.NONE);
        assertThat(early).isTrue();
        assertThat(other.store.get("team/app:1").id()).isEqualTo(one.id());
    }

    @Test
    void ourArchiveIsCutOrDamagedLikeAnyOther() {
        byte[] archive = shelf.save("team/app:1", "two");
        Shelf other = new Shelf(elsewhere);
        for (int length = 512; length < archive.length - 1024; length += 1111) {
            byte[] cut = Arrays.copyOf(archive, length);
            assertThatThrownBy(() -> other.load(cut)).isInstanceOf(InvalidArgument.class);
            assertThat(other.isEmpty()).isTrue();
        }
        byte[] damaged = archive.clone();
        damaged[indexOf(archive, one.layers().getLast()) + 1]++;
        assertThatThrownBy(() -> other.load(damaged)).isInstanceOf(InvalidArgument.class);
        assertThat(other.isEmpty()).isTrue();
    }

    private static int indexOf(byte[] all, byte[] part) {
        return new String(all, ISO_8859_1).indexOf(new String(part, ISO_8859_1));
    }
}
