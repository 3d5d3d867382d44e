package dev.carafe.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Canceled;
import dev.carafe.base.NotFound;
import dev.carafe.base.Unauthenticated;
import dev.carafe.images.PushProgress.Pushed;
import dev.carafe.images.PushProgress.Step;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.registry.Credentials;
import dev.carafe.registry.Registries;
import dev.carafe.registry.RegistryOptions;
import dev.carafe.testkit.Packing;
import dev.carafe.testkit.TestRegistry;
import dev.carafe.testkit.TinyImage;
import dev.carafe.testkit.TinyImages;
import dev.carafe.testkit.TinyTar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushImageTest {
    @TempDir Path root;
    private TestRegistry server;
    private Shelf shelf;
    private Registries registries;
    private final AtomicBoolean canceled = new AtomicBoolean();
    private final List<Step> steps = new ArrayList<>();
    private final PushProgress progress =
            new PushProgress() {
                @Override
                public void layer(Digest diffId, Step step, long current, long total, String from) {
                    if (step != Step.PREPARING && step != Step.PUSHING) {
                        steps.add(step);
                    }
                }

                @Override
                public void pushed(Pushed pushed) {}
            };

    @BeforeEach
    void start() {
        server = new TestRegistry();
        shelf = new Shelf(root);
        registries =
                new Registries(() ->
                        RegistryOptions.defaults()
                                .withPatience(3, Duration.ofMillis(5), Duration.ofSeconds(30)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static TinyImage image() {
        return TinyImages.named("app:1")
                .layer(new TinyTar().file("a", "first"))
                .layer(new TinyTar().file("b", "second"))
                .build();
    }

    private Pushed push(String name) {
        return push(name, Credentials.NONE);
    }

    private Pushed push(String name, Credentials credentials) {
        return new PushImage(shelf.store, registries)
                .push(server.name(name), credentials, canceled, progress);
    }

    private void loadAs(String... names) {
        Image image = shelf.load(image());
        for (String name : names) {
            shelf.store.tag(image, server.name(name));
        }
    }

    @Test
    void whatWasPushedCanBePulledByOthers() {
        loadAs("team/app:1");
        Pushed pushed = push("team/app:1");
        assertThat(steps).containsExactly(Step.PUSHED, Step.PUSHED);
        assertThat(Digest.of(server.manifest("team/app", "1"))).isEqualTo(pushed.digest());
        assertThat(shelf.store.get(server.host() + "/team/app:1").repoDigests())
                .containsExactly(server.host() + "/team/app@" + pushed.digest());
        Shelf other = new Shelf(root.resolve("other"));
        Pulled pulled =
                new PullImage(other.store, registries)
                        .pull(
                                new PullImage.Request(
                                        server.name("team/app:1"),
                                        null,
                                        Credentials.NONE,
                                        canceled),
                                PullProgress.NONE);
        assertThat(pulled.id()).isEqualTo(image().id());
        assertThat(pulled.digest()).isEqualTo(pushed.digest());
    }

    @Test
    void layersThatAreThereAreNotSentAgain() {
        loadAs("app:1");
        Pushed first = push("app:1");
        shelf.reopen();
        steps.clear();
        assertThat(push("app:1")).isEqualTo(first);
        assertThat(steps).containsExactly(Step.EXISTS, Step.EXISTS);
        assertThat(server.requests("PATCH")).isEqualTo(3);
    }

    @Test
    void layersAreMountedFromOtherRepositories() {
        loadAs("app:1", "copy:1");
        push("app:1");
        steps.clear();
        push("copy:1");
        assertThat(steps).containsExactly(Step.MOUNTED, Step.MOUNTED);
    }

    @Test
    void aPulledImageKeepsItsDigest() {
        Digest manifest = server.put("app", "1", image(), Packing.GZIP);
        new PullImage(shelf.store, registries)
                .pull(
                        new PullImage.Request(
                                server.name("app:1"), null, Credentials.NONE, canceled),
                        PullProgress.NONE);
        shelf.store.tag(shelf.store.get(server.host() + "/app:1"), server.name("moved:2"));
        assertThat(push("moved:2").digest()).isEqualTo(manifest);
        assertThat(steps).containsExactly(Step.MOUNTED, Step.MOUNTED);
    }

    @Test
    void anInterruptedUploadBeginsAgain() {
        loadAs("app:1");
        AtomicInteger patches = new AtomicInteger();
        server.fault(x -> {
            if (x.path().contains("/blobs/uploads/u") && patches.getAndIncrement() == 0) {
                x.error(503, "UNAVAILABLE", "later");
                return true;
            }
            return false;
        });
        Pushed pushed = push("app:1");
        assertThat(Digest.of(server.manifest("app", "1"))).isEqualTo(pushed.digest());
    }

    @Test
    void pushingNeedsTheRight() {
        loadAs("app:1");
        server.requireBearer("secret");
        assertThatThrownBy(() -> push("app:1", new Credentials("user", "wrong", "", "")))
                .isInstanceOf(Unauthenticated.class)
                .hasMessageContaining("unauthorized");
        push("app:1", new Credentials("user", "secret", "", ""));
        assertThat(server.manifest("app", "1")).isNotEmpty();
    }

    @Test
    void aCancelledPushSendsNoManifest() {
        loadAs("app:1");
        canceled.set(true);
        assertThatThrownBy(() -> push("app:1")).isInstanceOf(Canceled.class);
        assertThat(server.requests("PUT /v2/app/manifests")).isZero();
    }

    @Test
    void namesWithoutTagMeanAllTags() {
        loadAs("app:1", "app:2", "other:1");
        PushImage pushes = new PushImage(shelf.store, registries);
        ImageReference app = ImageReference.parse(server.host() + "/app");
        assertThat(pushes.names(app)).containsExactly(server.name("app:1"), server.name("app:2"));
        assertThatThrownBy(() -> pushes.names(server.name("app:3")))
                .isInstanceOf(NotFound.class)
                .hasMessage("tag does not exist: " + server.host() + "/app:3");
        assertThatThrownBy(() -> pushes.names(server.name("none:1")))
                .hasMessage(
                        "An image does not exist locally with the tag: " + server.host() + "/none");
    }
}
