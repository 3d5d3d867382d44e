package dev.carafe.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Platform;
import dev.carafe.snapshots.ChainId;
import dev.carafe.testkit.Packing;
import dev.carafe.testkit.Seeded;
import dev.carafe.testkit.TinyImage;
import dev.carafe.testkit.TinyImages;
import dev.carafe.testkit.TinyTar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class LoadImagesTest {
    @TempDir Path temp;

    private Shelf shelf;
    private final TinyImage image =
            TinyImages.named("app:1", "app:latest")
                    .layer(new TinyTar().dir("etc").file("etc/a", "a"))
                    .layer(new TinyTar().file("big", new Seeded(1).softBytes(300_000), 0644))
                    .layer(new TinyTar().whiteout("etc/a"))
                    .cmd("/bin/sh")
                    .build();

    @BeforeEach
    void open() {
        shelf = new Shelf(temp);
    }

    private void assertLoaded(List<Loaded> loaded) {
        assertThat(loaded).hasSize(1);
        Image found = shelf.store.get("app");
        assertThat(found.id()).isEqualTo(image.id());
        assertThat(found.repoTags()).containsExactly("app:1", "app:latest");
        assertThat(found.config().config().cmd()).containsExactly("/bin/sh");
        assertThat(found.layers()).hasSize(3);
        assertThat(found.top()).isEqualTo(ChainId.of(image.diffIds()));
        assertThat(found.layers().stream().map(shelf.snapshots.tars::get).toList())
                .usingElementComparator(Arrays::compare)
                .isEqualTo(image.layers());
        assertThat(found.sizeBytes()).isEqualTo(300_001);
        assertThat(shelf.store.configBytes(found)).isEqualTo(image.config());
        assertThat(shelf.leftovers()).isZero();
    }

    @Test
    void readsWhatDockerSavesToday() {
        List<Loaded> loaded = shelf.load(image.dockerArchive());
        assertLoaded(loaded);
        assertThat(loaded.getFirst().lines())
                .containsExactly("Loaded image: app:1", "Loaded image: app:latest");
    }

    @Test
    void readsWhatDockerSavedLongAgo() {
        assertLoaded(shelf.load(image.oldDockerArchive()));
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void readsAnOciLayout(Packing packing) {
        assertLoaded(shelf.load(image.ociLayout(packing)));
    }

    static Stream<Packer> packers() {
        return Stream.of(
                Packing.GZIP::pack,
                Zstd::compress,
                bytes -> {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    try (var packer = new BZip2CompressorOutputStream(out)) {
                        packer.write(bytes);
                    }
                    return out.toByteArray();
                },
                bytes -> {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    try (var packer = new XZOutputStream(out, new LZMA2Options(1))) {
                        packer.write(bytes);
                    }
                    return out.toByteArray();
                },
                bytes -> {
                    byte[] one = Packing.GZIP.pack(Arrays.copyOf(bytes, 5000));
                    byte[] two = Packing.GZIP.pack(Arrays.copyOfRange(bytes, 5000, bytes.length));
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    out.write(one);
                    out.write(two);
                    out.write(new byte[100]);
                    return out.toByteArray();
                });
    }

    interface Packer {
        byte[] pack(byte[] plain) throws IOException;
    }

    @ParameterizedTest
    @MethodSource("packers")
    void theWholeArchiveMayBeCompressed(Packer packer) throws IOException {
        assertLoaded(shelf.load(packer.pack(image.dockerArchive())));
    }

    @Test
    void anImageWithoutNameIsToldById() {
        TinyImage nameless = TinyImages.named().layer(new TinyTar().file("x", "y")).build();
        List<Loaded> loaded = shelf.load(nameless.dockerArchive());
        assertThat(loaded.getFirst().lines()).containsExactly("Loaded image ID: " + nameless.id());
        assertThat(shelf.store.get(nameless.id().shortHex()).repoTags()).isEmpty();
        assertThat(shelf.store.list().getFirst().dangling()).isTrue();
    }

    @Test
    void severalImagesMayShareLayers() {
        byte[] shared = new TinyTar().file("shared", "s").bytes();
        TinyImage one =
                TinyImages.named("one:1").layer(shared).layer(new TinyTar().file("1", "1")).build();
        TinyImage two =
                TinyImages.named("two:1").layer(shared).layer(new TinyTar().file("2", "2")).build();
        List<Loaded> loaded = shelf.load(TinyImages.dockerArchive(List.of(one, two)));
        assertThat(loaded).extracting(Loaded::id).containsExactly(one.id(), two.id());
        assertThat(shelf.snapshots.list()).hasSize(3);
    }

    @Test
    void theSameLayerMayOccurTwiceInOneImage() {
        byte[] layer = new TinyTar().file("again", "x").bytes();
        TinyImage twice = TinyImages.named("twice:1").layer(layer).layer(layer).build();
        shelf.load(twice.oldDockerArchive());
        assertThat(shelf.store.get("twice:1").layers()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void anImageWithoutLayersIsAnImage() {
        TinyImage empty = TinyImages.named("empty:1").build();
        shelf.load(empty.dockerArchive());
        assertThat(shelf.store.get("empty:1").topLayer()).isEmpty();
    }

    @Test
    void aHundredLayersLoad() {
        TinyImages.Builder builder = TinyImages.named("deep:1");
        for (int i = 0; i < 100; i++) {
            builder.layer(new TinyTar().file("f" + i, "content " + i));
        }
        TinyImage deep = builder.build();
        shelf.load(deep.dockerArchive());
        assertThat(shelf.store.get("deep:1").layers()).hasSize(100);
    }

    @Test
    void whatIsThereIsNotUnpackedAgain() {
        shelf.load(image.dockerArchive());
        shelf.snapshots.applied.clear();
        assertLoaded(shelf.load(image.dockerArchive()));
        assertThat(shelf.snapshots.applied).isEmpty();
    }

    @Test
    void aNameMovesToTheNewImage() {
        TinyImage before =
                TinyImages.named("app:1").layer(new TinyTar().file("old", "old")).build();
        shelf.load(before);
        List<Loaded> loaded = shelf.load(image.dockerArchive());
        assertThat(loaded.getFirst().lines())
                .containsExactly(
                        "The image app:1 already exists, renaming the old one with ID "
                                + before.id()
                                + " to empty string",
                        "Loaded image: app:1",
                        "Loaded image: app:latest");
        assertThat(shelf.store.get(before.id().toString()).repoTags()).isEmpty();
    }

    @Test
    void progressEndsWithTheWholeLayer() {
        Set<Digest> complete = ConcurrentHashMap.newKeySet();
        new LoadImages(shelf.store)
                .load(
                        new ByteArrayInputStream(image.ociLayout(Packing.GZIP)),
                        (layer, current, total) -> {
                            assertThat(current).isLessThanOrEqualTo(total);
                            if (current == total) {
                                complete.add(layer);
                            }
                        });
        assertThat(complete).containsExactlyInAnyOrderElementsOf(image.diffIds());
    }

    @Test
    void ofAnImageForSeveralPlatformsTheFittingOneIsTaken() {
        TinyImage amd = TinyImages.named("multi:1").layer(new TinyTar().file("a", "amd")).build();
        TinyImage arm =
                TinyImages.named("multi:1")
                        .architecture("arm64")
                        .layer(new TinyTar().file("a", "arm"))
                        .build();
        byte[] archive = MultiPlatform.layout("multi:1", amd, arm);
        new LoadImages(shelf.store)
                .load(
                        new ByteArrayInputStream(archive),
                        LoadProgress.NONE,
                        Platform.parse("linux/arm64"));
        assertThat(shelf.store.get("multi:1").id()).isEqualTo(arm.id());
        new LoadImages(shelf.store)
                .load(
                        new ByteArrayInputStream(archive),
                        LoadProgress.NONE,
                        Platform.parse("linux/amd64"));
        assertThat(shelf.store.get("multi:1").id()).isEqualTo(amd.id());
        assertThatThrownBy(() ->
                        new LoadImages(shelf.store)
                                .load(
                                        new ByteArrayInputStream(archive),
                                        LoadProgress.NONE,
                                        Platform.parse("linux/s390x")))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("linux/s390x");
    }

    static Stream<Hostile> hostile() {
        TinyImage good = TinyImages.simple("good:1");
        byte[] config = good.config();
        byte[] escaping = new TinyTar().file("../../evil", "x").bytes();
        TinyImage bad =
                TinyImages.named("bad:1")
                        .layer(new TinyTar().file("fine", "x"))
                        .layer(escaping)
                        .build();
        String layer = "blobs/sha256/" + good.diffIds().getFirst().hex();
        return Stream.of(
                new Hostile("escaping layer entry", bad.dockerArchive(), "../../evil"),
                new Hostile(
                        "escaping archive entry", new TinyTar().file("../x", "y").bytes(), "../x"),
                new Hostile(
                        "absolute archive entry",
                        new TinyTar().file("/etc/x", "y").bytes(),
                        "/etc/x"),
                new Hostile(
                        "escaping link",
                        new TinyTar().symlink("a/layer.tar", "../../etc/shadow").bytes(),
                        "a/layer.tar"),
                new Hostile(
                        "absolute link",
                        new TinyTar().symlink("l", "/etc/shadow").bytes(),
                        "\"l\""),
                new Hostile(
                        "device",
                        new TinyTar().entry('3', "dev", "", 0600, new byte[0]).bytes(),
                        "\"dev\""),
                new Hostile(
                        "link loop",
                        new TinyTar()
                                .symlink("manifest.json", "b")
                                .symlink("b", "manifest.json")
                                .bytes(),
                        "too many links"),
                new Hostile(
                        "no tables",
                        new TinyTar().file("x", "y").bytes(),
                        "neither manifest.json nor index.json"),
                new Hostile("empty", new byte[0], "cut short"),
                new Hostile("zeros", new byte[1024], "neither"),
                new Hostile("text", "hello, this is no tar".getBytes(UTF_8), "cut short"),
                new Hostile("bad header", new byte[2048].clone(), "neither"),
                new Hostile("cut", Arrays.copyOf(good.dockerArchive(), 3000), "cut short"),
                new Hostile(
                        "cut gzip",
                        Arrays.copyOf(Packing.GZIP.pack(good.dockerArchive()), 300),
                        "damaged"),
                new Hostile(
                        "bad json",
                        new TinyTar().file("manifest.json", "[{").bytes(),
                        "manifest.json"),
                new Hostile(
                        "config missing",
                        new TinyTar()
                                .file("manifest.json", "[{\"Config\":\"c.json\",\"Layers\":[]}]")
                                .bytes(),
                        "c.json"),
                new Hostile(
                        "layer missing",
                        new TinyTar()
                                .file("c.json", config, 0644)
                                .file(
                                        "manifest.json",
                                        "[{\"Config\":\"c.json\",\"Layers\":[\"" + layer + "\"]}]")
                                .bytes(),
                        layer),
                new Hostile(
                        "too few layers",
                        new TinyTar()
                                .file("c.json", config, 0644)
                                .file("manifest.json", "[{\"Config\":\"c.json\",\"Layers\":[]}]")
                                .bytes(),
                        "layers length mismatch: expected 1, got 0"),
                new Hostile(
                        "wrong layer",
                        new TinyTar()
                                .file("c.json", config, 0644)
                                .file("l.tar", new TinyTar().file("other", "x").bytes(), 0644)
                                .file(
                                        "manifest.json",
                                        "[{\"Config\":\"c.json\",\"Layers\":[\"l.tar\"]}]")
                                .bytes(),
                        good.diffIds().getFirst().toString()),
                new Hostile(
                        "bad name",
                        new TinyTar()
                                .file("c.json", config, 0644)
                                .file("l.tar", good.layers().getFirst(), 0644)
                                .file(
                                        "manifest.json",
                                        "[{\"Config\":\"c.json\",\"RepoTags\":[\"BAD:1\"],\"Layers\":[\"l.tar\"]}]")
                                .bytes(),
                        "invalid reference format"),
                new Hostile("blob with another digest", swapped(good), "has the digest"));
    }

    /// An OCI layout whose configuration blob holds other bytes than its name says.
    private static byte[] swapped(TinyImage image) {
        String index =
                "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\""
                        + image.id()
                        + "\",\"size\":2}]}";
        return new TinyTar()
                .file("blobs/sha256/" + image.id().hex(), "{}")
                .file("index.json", index)
                .bytes();
    }

    record Hostile(String what, byte[] archive, String named) {
        @Override
        public String toString() {
            return what;
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileArchivesAreRefusedByNameAndLeaveNothing(Hostile hostile) {
        assertThatThrownBy(() -> shelf.load(hostile.archive()))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining(hostile.named());
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void aFailedLoadKeepsWhatWasThereBefore() {
        byte[] base = new TinyTar().file("base", "b").bytes();
        TinyImage good = TinyImages.named("good:1").layer(base).build();
        shelf.load(good);
        TinyImage bad =
                TinyImages.named("good:1")
                        .layer(base)
                        .layer(new TinyTar().file("../evil", "x"))
                        .build();
        assertThatThrownBy(() -> shelf.load(bad.dockerArchive()))
                .isInstanceOf(InvalidArgument.class);
        assertThat(shelf.store.get("good:1").id()).isEqualTo(good.id());
        assertThat(shelf.snapshots.list()).containsExactly(ChainId.of(good.diffIds()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damagedArchivesNeverBreakTheStore(long seed) {
        Seeded random = new Seeded(seed);
        byte[] archive = random.oneIn(2) ? image.dockerArchive() : image.ociLayout(Packing.GZIP);
        for (int i = random.between(1, 30); i > 0; i--) {
            archive[random.between(0, archive.length - 1)] = (byte) random.between(0, 255);
        }
        try {
            shelf.load(archive);
        } catch (InvalidArgument e) {
            assertThat(shelf.isEmpty()).isTrue();
            return;
        }
        for (Image loaded : shelf.store.list()) {
            assertThat(loaded.layers()).allMatch(shelf.snapshots::exists);
        }
        assertThat(shelf.leftovers()).isZero();
    }

    static LongStream seeds() {
        return Seeded.seeds(40);
    }

    @Test
    void loadedImagesAreThereAfterARestart() {
        shelf.load(image.dockerArchive());
        Image before = shelf.store.get("app:1");
        shelf.reopen();
        assertThat(shelf.store.get("app:1")).isEqualTo(before);
        assertThat(shelf.store.find(ImageReference.parse("app").full())).contains(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anImageForAnotherPlatformThanAskedForIsNotTaken(boolean layout) {
        TinyImage image = TinyImages.named("app:1").layer(new TinyTar().file("a", "a")).build();
        byte[] archive = layout ? image.ociLayout(Packing.GZIP) : image.dockerArchive();
        LoadImages loads = new LoadImages(shelf.store);
        assertThatThrownBy(() ->
                        loads.load(
                                new ByteArrayInputStream(archive),
                                LoadProgress.NONE,
                                Platform.parse("linux/riscv64")))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("the archive has no image for the platform linux/riscv64");
        assertThat(shelf.isEmpty()).isTrue();
        Platform own = shelf.load(image).platform();
        assertThat(loads.load(new ByteArrayInputStream(archive), LoadProgress.NONE, own))
                .hasSize(1);
    }
}
