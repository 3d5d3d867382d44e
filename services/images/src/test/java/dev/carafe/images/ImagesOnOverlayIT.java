package dev.carafe.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.content.ContentStore;
import dev.carafe.oci.Digest;
import dev.carafe.oci.RunConfig;
import dev.carafe.snapshots.OverlaySnapshotter;
import dev.carafe.snapshots.RootMount;
import dev.carafe.testkit.LeakCheck;
import dev.carafe.testkit.Packing;
import dev.carafe.testkit.Seeded;
import dev.carafe.testkit.TempDirs;
import dev.carafe.testkit.TinyImage;
import dev.carafe.testkit.TinyImages;
import dev.carafe.testkit.TinyTar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Images with their layers on a real overlay.
class ImagesOnOverlayIT {
    private TempDirs temp;
    private LeakCheck leaks;
    private OverlaySnapshotter snapshots;
    private ContentStore content;
    private ImageStore store;

    @BeforeEach
    void open() {
        temp = TempDirs.create("images");
        leaks = LeakCheck.begin(temp.root().toString());
        reopen();
    }

    private void reopen() {
        snapshots = new OverlaySnapshotter(temp.root().resolve("snapshots"));
        content = new ContentStore(temp.root().resolve("content"));
        store = new ImageStore(content, snapshots, temp.root().resolve("images"));
    }

    @AfterEach
    void close() {
        snapshots.close();
        leaks.close();
        temp.close();
    }

    private List<Loaded> load(byte[] archive) {
        return new LoadImages(store).load(new ByteArrayInputStream(archive), LoadProgress.NONE);
    }

    private byte[] save(String... names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SaveImages(store).save(List.of(names), out);
        return out.toByteArray();
    }

    private static TinyImage tree() {
        return TinyImages.named("tree:1")
                .layer(
                        new TinyTar()
                                .dir("etc")
                                .file("etc/keep", "keep")
                                .file("etc/gone", "gone")
                                .dir("opt")
                                .file("opt/a", "a"))
                .layer(
                        new TinyTar()
                                .dir("bin")
                                .file("bin/tool", new Seeded(9).softBytes(500_000), 0755)
                                .hardlink("bin/same", "bin/tool")
                                .symlink("bin/link", "tool"))
                .layer(
                        new TinyTar()
                                .dir("etc")
                                .whiteout("etc/gone")
                                .opaque("opt")
                                .file("opt/b", "b"))
                .build();
    }

    @Test
    void theLayersMakeTheImagesTree() throws IOException {
        load(tree().ociLayout(Packing.GZIP));
        Image image = store.get("tree:1");
        try (RootMount root = snapshots.view(image.topLayer().orElseThrow())) {
            Path tree = root.mount().procPath();
            assertThat(tree.resolve("etc/keep")).hasContent("keep");
            assertThat(tree.resolve("etc/gone")).doesNotExist();
            assertThat(tree.resolve("opt/a")).doesNotExist();
            assertThat(tree.resolve("opt/b")).hasContent("b");
            assertThat(tree.resolve("bin/same")).hasSize(500_000);
            assertThat(Files.readSymbolicLink(tree.resolve("bin/link"))).isEqualTo(Path.of("tool"));
        }
        assertThat(image.sizeBytes()).isEqualTo(4 + 4 + 1 + 500_000 + 1);
    }

    @Test
    void savedLayersHaveTheDigestsThatWereLoaded() {
        TinyImage image = tree();
        load(image.oldDockerArchive());
        byte[] archive = save("tree");
        store.remove("tree:1", false, true, InUse.NOBODY);
        assertThat(snapshots.list()).isEmpty();
        load(archive);
        assertThat(store.get("tree:1").id()).isEqualTo(image.id());
        assertThat(store.get("tree:1").config().rootfs().diffIds()).isEqualTo(image.diffIds());
        assertThat(save("tree")).isEqualTo(archive);
    }

    @Test
    void everythingIsThereAfterARestart() {
        load(tree().dockerArchive());
        Image before = store.get("tree:1");
        snapshots.close();
        reopen();
        assertThat(store.list()).containsExactly(before);
        assertThat(before.layers()).allMatch(snapshots::exists);
    }

    @Test
    void aLayerThatEscapesLeavesNothing() throws IOException {
        TinyImage bad =
                TinyImages.named("bad:1")
                        .layer(new TinyTar().dir("fine").file("fine/x", "x"))
                        .layer(new TinyTar().symlink("out", "/").file("../../escaped", "x"))
                        .build();
        assertThatThrownBy(() -> load(bad.ociLayout(Packing.GZIP)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("../../escaped");
        assertThat(store.list()).isEmpty();
        assertThat(snapshots.list()).isEmpty();
        try (Stream<Digest> blobs = content.list()) {
            assertThat(blobs).isEmpty();
        }
        assertThat(temp.root().resolve("content/ingest")).isEmptyDirectory();
    }

    @Test
    void aContainersRootKeepsTheLayersOfARemovedImage() {
        load(tree().dockerArchive());
        Image image = store.get("tree:1");
        snapshots.prepare("box", image.top());
        assertThat(store.remove("tree:1", true, true, id -> List.of(new InUse.User("box", false))))
                .containsExactly(
                        new Removal.Untagged("tree:1"), new Removal.Deleted(image.id().toString()));
        assertThat(image.layers()).allMatch(snapshots::exists);
        snapshots.discard("box");
        snapshots.close();
        reopen();
        assertThat(snapshots.list()).isEmpty();
    }

    @Test
    void theHelloImageHoldsTheProgram() {
        byte[] program = "#!program".getBytes(UTF_8);
        Image image = new HelloImage(store).ensure(program);
        try (RootMount root = snapshots.view(image.topLayer().orElseThrow())) {
            assertThat(root.mount().procPath().resolve("hello"))
                    .hasBinaryContent(program)
                    .isExecutable();
            assertThat(root.mount().procPath().resolve("etc/passwd"))
                    .content()
                    .startsWith("root:x:0:0:");
        }
    }

    @Test
    void anImportedTreeIsAnImage() {
        byte[] tar = new TinyTar().dir("bin").file("bin/sh", "sh").bytes();
        Image image =
                new ImportImage(store)
                        .run(new ByteArrayInputStream(tar), RunConfig.EMPTY, "", null, null);
        assertThat(image.config().rootfs().diffIds()).containsExactly(Digest.of(tar));
        byte[] broken = tar.clone();
        broken[150] ^= 1;
        assertThatThrownBy(() ->
                        new ImportImage(store)
                                .run(
                                        new ByteArrayInputStream(broken),
                                        RunConfig.EMPTY,
                                        "",
                                        null,
                                        null))
                .isInstanceOf(InvalidArgument.class);
        assertThat(store.list()).hasSize(1);
    }
}
