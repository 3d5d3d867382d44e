package dev.carafe.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Canceled;
import dev.carafe.base.CarafeException;
import dev.carafe.base.DataLoss;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.images.PullProgress.Step;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullImageTest {
    private static final int LONG = 1 << 20;
    private static final int CUT = 64 << 10;

    @TempDir Path root;
    private TestRegistry server;
    private Shelf shelf;
    private PullImage pulls;
    private final AtomicBoolean canceled = new AtomicBoolean();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private RegistryOptions options =
            RegistryOptions.defaults()
                    .withPatience(3, Duration.ofMillis(5), Duration.ofSeconds(30));

    @BeforeEach
    void start() {
        server = new TestRegistry();
        shelf = new Shelf(root);
        pulls = new PullImage(shelf.store, new Registries(() -> options));
    }

    @AfterEach
    void stop() {
        server.close();
        threads.shutdownNow();
    }

    private Pulled pull(String name) {
        return pull(server.name(name), PullProgress.NONE);
    }

    private Pulled pull(ImageReference name, PullProgress progress) {
        return pulls.pull(new PullImage.Request(name, null, Credentials.NONE, canceled), progress);
    }

    private Pulled pullAs(String password, String name) {
        return pulls.pull(
                new PullImage.Request(
                        server.name(name),
                        null,
                        new Credentials("user", password, "", ""),
                        canceled),
                PullProgress.NONE);
    }

    private static TinyTar tar(String name, int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes + name.hashCode()).nextBytes(content);
        return new TinyTar().file(name, content, 0644);
    }

    private static TinyImage twoLayers() {
        return TinyImages.named("app:1").layer(tar("a", 3000)).layer(tar("b", 4000)).build();
    }

    private static TinyImage longLayer() {
        return TinyImages.named("app:1").layer(tar("long", LONG)).build();
    }

    private Digest layer(String repository, String tag, int index) {
        return OciJson.read(Manifest.class, server.manifest(repository, tag))
                .layers()
                .get(index)
                .digest();
    }

    @Test
    void anImageComesInWithItsNameAndDigest() {
        TinyImage image = twoLayers();
        Digest manifest = server.put("team/app", "1", image, Packing.GZIP);
        Pulled pulled = pull("team/app:1");
        assertThat(pulled.id()).isEqualTo(image.id());
        assertThat(pulled.digest()).isEqualTo(manifest);
        assertThat(pulled.status())
                .isEqualTo("Downloaded newer image for " + server.host() + "/team/app:1");
        Image stored = shelf.store.get(server.host() + "/team/app:1");
        assertThat(stored.repoDigests()).containsExactly(server.host() + "/team/app@" + manifest);
        assertThat(stored.manifest().digest()).isEqualTo(manifest);
        assertThat(shelf.snapshots.tars.values()).containsAll(image.layers());
    }

    @Test
    void pullingAgainDownloadsNoLayer() {
        server.put("app", "1", twoLayers(), Packing.GZIP);
        pull("app:1");
        long blobs = server.requests("GET /v2/app/blobs/");
        Pulled again = pull("app:1");
        assertThat(again.newer()).isFalse();
        assertThat(again.status()).startsWith("Image is up to date for ");
        assertThat(server.requests("GET /v2/app/blobs/")).isLessThanOrEqualTo(blobs + 1);
    }

    @Test
    void stepsAreToldInDockersOrder() {
        server.put("app", "1", twoLayers(), Packing.GZIP);
        Map<Digest, List<Step>> told = new LinkedHashMap<>();
        List<String> found = new ArrayList<>();
        pull(
                server.name("app:1"),
                new PullProgress() {
                    @Override
                    public void found(ImageReference image) {
                        found.add(image.familiar());
                    }

                    @Override
                    public void layer(Digest layer, Step step, long current, long total) {
                        List<Step> steps = told.computeIfAbsent(layer, l -> new ArrayList<>());
                        if (steps.isEmpty() || steps.getLast() != step) {
                            steps.add(step);
                        }
                    }
                });
        assertThat(found).containsExactly(server.host() + "/app:1");
        assertThat(told.keySet()).containsExactly(layer("app", "1", 0), layer("app", "1", 1));
        assertThat(told.values())
                .allSatisfy(steps ->
                        assertThat(steps)
                                .containsExactly(
                                        Step.WAITING,
                                        Step.DOWNLOADING,
                                        Step.VERIFYING,
                                        Step.DOWNLOADED,
                                        Step.EXTRACTING,
                                        Step.COMPLETE));
    }

    @Test
    void aLayerThatIsThereIsNotFetched() {
        TinyImage base = TinyImages.named("base:1").layer(tar("a", 3000)).build();
        server.put("base", "1", base, Packing.GZIP);
        server.put("app", "1", twoLayers(), Packing.GZIP);
        pull("base:1");
        pull("app:1");
        assertThat(server.requests("GET /v2/app/blobs/" + layer("app", "1", 0))).isZero();
    }

    @Test
    void anIndexGivesTheImageOfThePlatform() {
        TinyImage here = twoLayers();
        TinyImage other = TinyImages.simple("other:1");
        Digest first = server.put("app", "other", other, Packing.GZIP);
        Digest second = server.put("app", "here", here, Packing.GZIP);
        Map<Platform, Digest> entries = new LinkedHashMap<>();
        entries.put(Platform.of("linux", "riscv64"), first);
        entries.put(Platform.host(), second);
        Digest index = server.putIndex("app", "1", entries);
        Pulled pulled = pull("app:1");
        assertThat(pulled.id()).isEqualTo(here.id());
        assertThat(pulled.digest()).isEqualTo(index);
        Pulled asked =
                pulls.pull(
                        new PullImage.Request(
                                server.name("app:1"),
                                Platform.parse("linux/riscv64"),
                                Credentials.NONE,
                                canceled),
                        PullProgress.NONE);
        assertThat(asked.id()).isEqualTo(other.id());
        assertThatThrownBy(() ->
                        pulls.pull(
                                new PullImage.Request(
                                        server.name("app:1"),
                                        Platform.parse("linux/s390x"),
                                        Credentials.NONE,
                                        canceled),
                                PullProgress.NONE))
                .isInstanceOf(NotFound.class)
                .hasMessageStartingWith(
                        "no matching manifest for linux/s390x in the manifest list entries");
    }

    @Test
    void aDigestIsAName() {
        Digest manifest = server.put("app", "1", twoLayers(), Packing.PLAIN);
        Pulled pulled = pull("app@" + manifest);
        assertThat(pulled.name().familiar()).isEqualTo(server.host() + "/app@" + manifest);
        assertThat(shelf.store.get(server.host() + "/app@" + manifest).repoTags()).isEmpty();
    }

    @Test
    void anUnknownTagIsSaidInDockersSentence() {
        assertThatThrownBy(() -> pull("app:none"))
                .isInstanceOf(NotFound.class)
                .hasMessage(
                        "manifest for "
                                + server.host()
                                + "/app:none not found: manifest unknown: manifest unknown");
    }

    @Test
    void schemaOneIsRefused() {
        server.putManifest(
                "old",
                "1",
                "application/vnd.docker.distribution.manifest.v1+prettyjws",
                "{\"schemaVersion\":1,\"name\":\"old\"}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> pull("old:1"))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("schema 1 support has been removed");
    }

    @Test
    void credentialsAreAskedForAndUsed() {
        server.put("app", "1", twoLayers(), Packing.GZIP);
        server.requireBasic("secret");
        assertThatThrownBy(() -> pull("app:1"))
                .isInstanceOf(Internal.class)
                .hasMessage(
                        "Head \"http://"
                                + server.host()
                                + "/v2/app/manifests/1\": no basic auth credentials");
        assertThatThrownBy(() -> pullAs("wrong", "app:1"))
                .isInstanceOf(Internal.class)
                .hasMessage("unauthorized: authentication required");
        pullAs("secret", "app:1");
        assertThat(shelf.store.list()).hasSize(1);
    }

    @Test
    void aTokenThatExpiresHalfwayIsRenewed() {
        server.put("app", "1", twoLayers(), Packing.GZIP);
        server.requireBearer("secret");
        AtomicInteger blobs = new AtomicInteger();
        server.fault(x -> {
            if (x.path().contains("/blobs/") && blobs.getAndIncrement() == 1) {
                server.expireTokens();
            }
            return false;
        });
        pullAs("secret", "app:1");
        assertThat(server.requests("GET /token")).isEqualTo(2);
    }

    @Test
    void wrongCredentialsAtTheTokenServer() {
        server.put("app", "1", twoLayers(), Packing.GZIP);
        server.requireBearer("secret");
        assertThatThrownBy(() -> pullAs("wrong", "app:1"))
                .isInstanceOf(CarafeException.class)
                .hasMessageContaining("unauthorized: incorrect username or password");
    }

    @Test
    void aDownloadThatIsCutGoesOnWhereItStopped() {
        // a client may throw away what came right before the cut, several times in a row
        options = options.withPatience(200, Duration.ofMillis(1), Duration.ofSeconds(30));
        TinyImage image = longLayer();
        server.put("app", "1", image, Packing.GZIP);
        AtomicInteger sent = new AtomicInteger();
        server.fault(x -> cut(x, sent));
        assertThat(pull("app:1").id()).isEqualTo(image.id());
        assertThat(server.requests("GET /v2/app/blobs/" + layer("app", "1", 0)))
                .isGreaterThan(LONG / CUT / 2);
        assertThat(sent.get()).isLessThan(LONG * 8);
    }

    /// Ends the connection after 64 KiB.
    private boolean cut(TestRegistry.Call x, AtomicInteger sent) throws IOException {
        Digest blob = layer("app", "1", 0);
        if (!x.path().endsWith(blob.toString())) {
            return false;
        }
        byte[] bytes = server.blob("app", blob);
        int from = x.offset();
        if (from > 0) {
            x.header(
                    "Content-Range",
                    "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
        int count = Math.min(CUT, bytes.length - from);
        sent.addAndGet(count);
        OutputStream out = x.begin(from > 0 ? 206 : 200, bytes.length - from);
        out.write(bytes, from, count);
        out.flush();
        return true;
    }

    @Test
    void aServerWithoutRangesIsReadAgain() {
        TinyImage image = longLayer();
        server.put("app", "1", image, Packing.GZIP);
        AtomicInteger times = new AtomicInteger();
        server.fault(x -> {
            if (!x.path().endsWith(layer("app", "1", 0).toString())) {
                return false;
            }
            byte[] bytes = server.blob("app", layer("app", "1", 0));
            OutputStream out = x.begin(200, bytes.length);
            out.write(bytes, 0, times.getAndIncrement() == 0 ? LONG / 2 : bytes.length);
            out.flush();
            return true;
        });
        assertThat(pull("app:1").id()).isEqualTo(image.id());
    }

    @Test
    void wrongBytesAreRefusedAndLeaveNothing() {
        server.put("app", "1", longLayer(), Packing.GZIP);
        byte[] bytes = server.blob("app", layer("app", "1", 0));
        bytes[bytes.length - 12] ^= 1;
        assertThatThrownBy(() -> pull("app:1")).isInstanceOf(CarafeException.class);
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void bytesAfterTheCompressedPartAreVerifiedToo() {
        TinyImage image = longLayer();
        server.put("app", "1", image, Packing.PLAIN);
        byte[] bytes = server.blob("app", layer("app", "1", 0));
        bytes[bytes.length - 1] ^= 1;
        assertThatThrownBy(() -> pull("app:1"))
                .isInstanceOf(DataLoss.class)
                .hasMessageContaining("filesystem layer verification failed for digest");
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void aWrongLengthIsRefused() {
        server.put("app", "1", longLayer(), Packing.GZIP);
        server.fault(x -> {
            if (x.path().endsWith(layer("app", "1", 0).toString())) {
                x.send(200, new byte[LONG / 4]);
                return true;
            }
            return false;
        });
        assertThatThrownBy(() -> pull("app:1"))
                .isInstanceOf(DataLoss.class)
                .hasMessageContaining("has " + LONG / 4 + " bytes");
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void overloadIsWaitedFor() {
        TinyImage image = twoLayers();
        server.put("app", "1", image, Packing.GZIP);
        AtomicInteger refusals = new AtomicInteger();
        server.fault(x -> {
            boolean blob = x.path().contains("/blobs/");
            if (blob && refusals.getAndIncrement() < 2) {
                x.header("Retry-After", "0");
                x.error(refusals.get() == 1 ? 429 : 500, "TOOMANYREQUESTS", "slow down");
                return true;
            }
            return false;
        });
        assertThat(pull("app:1").id()).isEqualTo(image.id());
    }

    @Test
    void endlessOverloadIsToldInTheRegistrysWords() {
        server.put("app", "1", twoLayers(), Packing.GZIP);
        server.fault(x -> {
            if (x.path().contains("/blobs/")) {
                x.error(429, "TOOMANYREQUESTS", "You have reached your pull rate limit");
                return true;
            }
            return false;
        });
        assertThatThrownBy(() -> pull("app:1"))
                .hasMessageContaining("toomanyrequests: You have reached your pull rate limit");
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void aSilentServerIsGivenUp() {
        options = options.withPatience(2, Duration.ofMillis(5), Duration.ofMillis(300));
        server.put("app", "1", longLayer(), Packing.GZIP);
        CountDownLatch end = new CountDownLatch(1);
        server.fault(x -> {
            if (!x.path().endsWith(layer("app", "1", 0).toString())) {
                return false;
            }
            OutputStream out = x.begin(200, server.blob("app", layer("app", "1", 0)).length);
            out.write(new byte[10]);
            out.flush();
            await(end);
            return true;
        });
        assertThatThrownBy(() -> pull("app:1")).isInstanceOf(CarafeException.class);
        end.countDown();
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void twoPullsOfALayerShareOneDownload() throws Exception {
        TinyImage image = longLayer();
        server.put("app", "1", image, Packing.GZIP);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        String blob = layer("app", "1", 0).toString();
        server.fault(x -> {
            if (x.path().endsWith(blob)) {
                begun.countDown();
                await(go);
            }
            return false;
        });
        CompletableFuture<Pulled> first =
                CompletableFuture.supplyAsync(() -> pull("app:1"), threads);
        await(begun);
        CountDownLatch joined = new CountDownLatch(1);
        CompletableFuture<Pulled> second =
                CompletableFuture.supplyAsync(
                        () ->
                                pull(
                                        server.name("app:1"),
                                        new PullProgress() {
                                            @Override
                                            public void found(ImageReference name) {}

                                            @Override
                                            public void layer(Digest l, Step s, long c, long t) {
                                                joined.countDown();
                                            }
                                        }),
                        threads);
        await(joined);
        go.countDown();
        assertThat(first.get(60, TimeUnit.SECONDS).id()).isEqualTo(image.id());
        assertThat(second.get(60, TimeUnit.SECONDS).id()).isEqualTo(image.id());
        assertThat(server.requests("GET /v2/app/blobs/" + blob)).isEqualTo(1);
    }

    @Test
    void aCancelledPullLeavesNothing() throws Exception {
        server.put("app", "1", twoLayers(), Packing.GZIP);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        String blob = layer("app", "1", 1).toString();
        server.fault(x -> {
            if (x.path().endsWith(blob)) {
                OutputStream out = x.begin(200, server.blob("app", layer("app", "1", 1)).length);
                out.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0});
                out.flush();
                begun.countDown();
                await(end);
                return true;
            }
            return false;
        });
        CompletableFuture<Pulled> pull =
                CompletableFuture.supplyAsync(() -> pull("app:1"), threads);
        await(begun);
        canceled.set(true);
        assertThatThrownBy(() -> pull.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(Canceled.class);
        end.countDown();
        assertThat(shelf.isEmpty()).isTrue();
    }

    @Test
    void aRegistryThatIsNotThereIsSaidInDockersSentence() {
        String host = server.host();
        ImageReference name = server.name("app:1");
        server.close();
        assertThatThrownBy(() -> pull(name, PullProgress.NONE))
                .hasMessage(
                        "Get \"http://"
                                + host
                                + "/v2/\": dial tcp "
                                + host
                                + ": connect: connection refused");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
