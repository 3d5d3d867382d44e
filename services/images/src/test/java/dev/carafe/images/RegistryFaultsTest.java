package dev.carafe.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.CarafeException;
import dev.carafe.base.DataLoss;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.OciJson;
import dev.carafe.registry.Credentials;
import dev.carafe.registry.Registries;
import dev.carafe.registry.RegistryOptions;
import dev.carafe.testkit.Packing;
import dev.carafe.testkit.TestRegistry;
import dev.carafe.testkit.TinyImage;
import dev.carafe.testkit.TinyImages;
import dev.carafe.testkit.TinyTar;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Registries that fail in the middle: what passes is borne, what does not leaves nothing behind.
class RegistryFaultsTest {
    private static final int LONG = 1 << 20;
    private static final Credentials USER = new Credentials("user", "secret", "", "");

    @TempDir Path root;
    private TestRegistry server;
    private Shelf shelf;
    private final TinyImage image = image();
    private RegistryOptions options =
            RegistryOptions.defaults()
                    .withPatience(4, Duration.ofMillis(5), Duration.ofSeconds(30));

    @BeforeEach
    void start() {
        server = new TestRegistry();
        shelf = new Shelf(root);
        server.put("app", "1", image, Packing.GZIP);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static TinyImage image() {
        byte[] content = new byte[LONG];
        new Random(7).nextBytes(content);
        return TinyImages.named("app:1").layer(new TinyTar().file("long", content, 0644)).build();
    }

    private Pulled pull() {
        return new PullImage(shelf.store, new Registries(() -> options))
                .pull(
                        new PullImage.Request(
                                server.name("app:1"), null, USER, new AtomicBoolean()),
                        PullProgress.NONE);
    }

    private PushProgress.Pushed push(String name) {
        shelf.store.tag(shelf.load(image), server.name(name));
        return new PushImage(shelf.store, new Registries(() -> options))
                .push(server.name(name), USER, new AtomicBoolean(), PushProgress.NONE);
    }

    private Digest layer() {
        return OciJson.read(Manifest.class, server.manifest("app", "1"))
                .layers()
                .getFirst()
                .digest();
    }

    private boolean isLayer(TestRegistry.Call x) {
        return x.path().endsWith("/blobs/" + layer());
    }

    /// Answers with half of what is left, then ends the connection.
    private void half(TestRegistry.Call x) throws IOException {
        byte[] bytes = server.blob("app", layer());
        int from = x.offset();
        if (from > 0) {
            x.header("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/*");
        }
        OutputStream out = x.begin(from > 0 ? 206 : 200, bytes.length - from);
        out.write(bytes, from, (bytes.length - from) / 2);
        out.flush();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTokenThatEndsInTheMiddleOfALayerIsRenewed(boolean bearer) {
        if (bearer) {
            server.requireBearer("secret");
        } else {
            server.requireBasic("secret");
        }
        AtomicInteger times = new AtomicInteger();
        server.fault(x -> {
            if (isLayer(x) && times.getAndIncrement() == 0) {
                half(x);
                server.expireTokens();
                return true;
            }
            return false;
        });
        assertThat(pull().id()).isEqualTo(image.id());
        assertThat(times.get()).isGreaterThan(1);
    }

    @Test
    void aRightThatIsTakenAwayInTheMiddleOfALayerEndsThePull() {
        server.requireBasic("secret");
        AtomicInteger times = new AtomicInteger();
        server.fault(x -> {
            if (isLayer(x) && times.getAndIncrement() == 0) {
                half(x);
                server.requireBasic("other");
                return true;
            }
            return false;
        });
        assertThatThrownBy(this::pull).hasMessage("unauthorized: authentication required");
        assertThat(shelf.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"500,/manifests/", "502,/blobs/", "503,/v2/", "429,/blobs/", "408,/manifests/"})
    void whatPassesIsTriedAgain(int status, String path) {
        AtomicInteger refusals = new AtomicInteger();
        server.fault(x -> {
            if (x.path().contains(path) && refusals.getAndIncrement() < 2) {
                x.header("Retry-After", "0");
                x.error(status, "UNAVAILABLE", "not now");
                return true;
            }
            return false;
        });
        assertThat(pull().id()).isEqualTo(image.id());
        assertThat(refusals.get()).isGreaterThan(2);
    }

    @ParameterizedTest
    @CsvSource({"500,/manifests/", "500,/blobs/", "500,/v2/", "404,/blobs/", "403,/blobs/"})
    void whatStaysIsToldAndLeavesNothing(int status, String path) {
        server.fault(x -> {
            if (x.path().contains(path)) {
                x.error(status, "BROKEN", "the disk of the registry is on fire");
                return true;
            }
            return false;
        });
        assertThatThrownBy(this::pull)
                .isInstanceOf(CarafeException.class)
                .hasMessageContaining("the disk of the registry is on fire");
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void aManifestThatIsNotTheOneOfItsDigestIsRefused() {
        byte[] manifest = server.manifest("app", "1");
        byte[] wrong = Arrays.copyOf(manifest, manifest.length + 1);
        wrong[manifest.length] = ' ';
        Digest digest = Digest.of(manifest);
        server.fault(x -> {
            if (x.path().endsWith("/manifests/" + digest)) {
                x.send(200, wrong);
                return true;
            }
            return false;
        });
        PullImage pulls = new PullImage(shelf.store, new Registries(() -> options));
        PullImage.Request request =
                new PullImage.Request(
                        server.name("app@" + digest), null, USER, new AtomicBoolean());
        assertThatThrownBy(() -> pulls.pull(request, PullProgress.NONE))
                .isInstanceOf(DataLoss.class)
                .hasMessage("manifest verification failed for digest " + digest);
        assertThat(shelf.isEmpty()).isTrue();
    }

    /// Something comes all the time, but too little.
    @ParameterizedTest
    @ValueSource(strings = {"/manifests/", "/blobs/"})
    void aServerThatDripsIsGivenUp(String path) throws Exception {
        options = options.withPatience(2, Duration.ofMillis(5), Duration.ofMillis(300));
        CountDownLatch over = new CountDownLatch(1);
        server.fault(x -> {
            if (!x.path().contains(path)) {
                return false;
            }
            OutputStream out = x.begin(200, server.blob("app", layer()).length);
            do {
                out.write(0x1f);
                out.flush();
            } while (!await(over));
            return true;
        });
        assertThatThrownBy(this::pull).isInstanceOf(CarafeException.class);
        over.countDown();
        assertThat(shelf.isEmpty()).isTrue();
    }

    private static boolean await(CountDownLatch over) {
        try {
            return over.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "429,/blobs/uploads/",
        "500,/blobs/uploads/u",
        "503,/manifests/",
        "500,/blobs/sha256",
        "502,/v2/"
    })
    void aPushBearsWhatPasses(int status, String path) {
        AtomicInteger refusals = new AtomicInteger();
        server.fault(x -> {
            if (x.path().contains(path) && refusals.getAndIncrement() < 2) {
                x.header("Retry-After", "0");
                x.error(status, "UNAVAILABLE", "not now");
                return true;
            }
            return false;
        });
        assertThat(Digest.of(server.manifest("app", push("app:2").tag())))
                .isEqualTo(push("app:2").digest());
    }

    @Test
    void aPushThatLosesItsRightInTheMiddleNamesNoManifest() {
        server.requireBasic("secret");
        server.fault(x -> {
            if (x.path().contains("/blobs/uploads/u")) {
                server.requireBasic("other");
            }
            return false;
        });
        assertThatThrownBy(() -> push("new:2"))
                .hasMessageContaining("unauthorized: authentication required");
        assertThat(server.requests("PUT /v2/new/manifests/")).isZero();
    }
}
