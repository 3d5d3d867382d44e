package dev.carafe.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.images.CheckStore.Request;
import dev.carafe.oci.Digest;
import dev.carafe.registry.Credentials;
import dev.carafe.registry.Registries;
import dev.carafe.registry.RegistryOptions;
import dev.carafe.snapshots.ChainId;
import dev.carafe.testkit.Packing;
import dev.carafe.testkit.TestRegistry;
import dev.carafe.testkit.TinyImage;
import dev.carafe.testkit.TinyImages;
import dev.carafe.testkit.TinyTar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckStoreTest {
    private static final Request LOOK = new Request(false, false);
    private static final Request REPAIR = new Request(false, true);

    @TempDir Path root;
    private Shelf shelf;
    private Image image;

    @BeforeEach
    void load() {
        shelf = new Shelf(root);
        image = shelf.load(image("app:1", "first", "second"));
    }

    private static TinyImage image(String name, String... layers) {
        var made = TinyImages.named(name);
        for (String layer : layers) {
            made.layer(new TinyTar().file(layer, layer));
        }
        return made.build();
    }

    private StoreReport check(Request request) {
        return new CheckStore(shelf.store, InUse.NOBODY).check(request);
    }

    private Path blob(Digest digest) {
        return root.resolve("content/blobs/sha256")
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex());
    }

    private void assertRepairable(String subject, String text) {
        StoreReport report = check(LOOK);
        assertThat(report.clean()).isFalse();
        assertThat(report.faults()).containsExactly(new StoreFault(subject, text, false));
        assertThat(check(REPAIR).faults()).containsExactly(new StoreFault(subject, text, true));
        assertThat(check(LOOK).faults()).isEmpty();
    }

    @Test
    void aWholeStoreIsClean() {
        shelf.load(image("other:1", "first", "third"));
        assertThat(check(new Request(true, true))).isEqualTo(new StoreReport(2, 3, 4, List.of()));
    }

    /// By a manifest that a registry made of it, with layers compressed otherwise.
    @Test
    void anImageThatComesAgainLeavesNothing() {
        TinyImage again = image("app:1", "first", "second");
        try (TestRegistry server = new TestRegistry()) {
            server.put("app", "2", again, Packing.GZIP);
            new PullImage(shelf.store, new Registries(RegistryOptions::defaults))
                    .pull(
                            new PullImage.Request(
                                    server.name("app:2"),
                                    null,
                                    Credentials.NONE,
                                    new AtomicBoolean()),
                            PullProgress.NONE);
        }
        assertThat(shelf.store.list()).hasSize(1);
        assertThat(check(new Request(true, true))).isEqualTo(new StoreReport(1, 2, 2, List.of()));
    }

    @Test
    void anImageWithoutItsLayerGoesAndSoDoesWhatItLeaves() {
        ChainId top = image.layers().getLast();
        shelf.snapshots.remove(top);
        StoreReport report = check(REPAIR);
        assertThat(report.clean()).isTrue();
        assertThat(report.faults().getFirst())
                .isEqualTo(
                        new StoreFault(
                                "image " + image.id(), "layer " + top + " is missing", true));
        assertThat(report.faults()).hasSize(4);
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void anImageThatAContainerUsesStays() throws IOException {
        Files.delete(blob(image.manifest().digest()));
        InUse used = id -> List.of(new InUse.User("c1", false));
        StoreReport report = new CheckStore(shelf.store, used).check(REPAIR);
        assertThat(report.clean()).isFalse();
        assertThat(report.faults().getFirst().text()).endsWith("; a container uses it");
        assertThat(shelf.store.list()).hasSize(1);
    }

    @Test
    void aDamagedDocumentIsFound() throws IOException {
        Files.writeString(blob(image.manifest().digest()), "{}");
        StoreReport report = check(LOOK);
        assertThat(report.faults().getFirst().text()).endsWith("is damaged on disk");
    }

    /// One bad image must not keep the engine from starting.
    @Test
    void anImageWithoutItsConfigurationIsLeftOutAtTheStart() throws IOException {
        Image other = shelf.load(image("other:1", "third"));
        Files.delete(blob(image.id()));
        shelf.reopen();
        assertThat(shelf.store.list()).containsExactly(other);
        assertThat(shelf.store.find("app:1")).isEmpty();
        assertThat(check(LOOK).faults())
                .extracting(StoreFault::subject)
                .contains("file images/" + image.id().hex() + ".json")
                .hasSize(2);
        assertThat(check(REPAIR).clean()).isTrue();
        assertThat(check(LOOK).faults()).isEmpty();
        shelf.reopen();
        assertThat(check(LOOK).faults()).isEmpty();
    }

    @Test
    void anImageThatWasLeftOutComesBackWithItsNextArrival() throws IOException {
        Files.delete(blob(image.id()));
        shelf.reopen();
        shelf.load(image("app:1", "first", "second"));
        assertThat(shelf.store.get("app:1").id()).isEqualTo(image.id());
        assertThat(check(LOOK).faults()).isEmpty();
    }

    @Test
    void unreadableStateIsTold() throws IOException {
        Files.writeString(root.resolve("images/names/abc.json"), "{");
        shelf.reopen();
        assertRepairable("file names/abc.json", "can't be read as the state of an image or a name");
    }

    @Test
    void aLayerOfNobodyIsGarbage() {
        byte[] tar = new TinyTar().file("lost", "lost").bytes();
        ChainId lost = shelf.snapshots.apply(null, new ByteArrayInputStream(tar)).chainId();
        assertRepairable("layer " + lost, "no image and no container needs it");
    }

    @Test
    void aLayerUnderAContainerIsNoGarbage() {
        shelf.snapshots.prepare("c1", image.layers().getLast());
        shelf.store.remove("app:1", true, true, InUse.NOBODY);
        assertThat(shelf.snapshots.list()).hasSize(2);
        assertThat(check(LOOK).faults()).isEmpty();
    }

    @Test
    void layersOfAnImageInTheMakingAreNoGarbage() {
        byte[] tar = new TinyTar().file("new", "new").bytes();
        try (LayerHold hold = shelf.store.hold()) {
            hold.keep(shelf.snapshots.apply(null, new ByteArrayInputStream(tar)).chainId());
            assertThat(check(REPAIR).faults()).isEmpty();
        }
    }
}
