package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `carafe registry serve` with docker's and our command lines and skopeo as its clients.
class RegistryServeIT {
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("serve");
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    private static void skopeo(String... words) {
        List<String> all = new ArrayList<>(List.of("skopeo", "copy", "-q"));
        all.addAll(Arrays.asList(words));
        Command.run(all).ok();
    }

    private static void assertRuns(String image) {
        assertThat(carafe.docker("run", "--rm", "--network", "none", image, "echo", "hi").ok())
                .isEqualTo("hi");
    }

    @Test
    void dockerAndSkopeoPushAndPull() {
        try (OwnRegistry registry = new OwnRegistry()) {
            String image = registry.host() + "/team/box:1";
            String copy = registry.host() + "/other/box:2";
            carafe.docker("tag", "busybox", image).ok();
            String pushed = carafe.docker("push", image).ok();
            String digest = pushed.replaceAll("(?s).*digest: (sha256:[0-9a-f]{64}).*", "$1");
            assertThat(carafe.docker("push", image).ok()).contains("Layer already exists");
            carafe.docker("tag", image, copy).ok();
            assertThat(carafe.docker("push", copy).ok()).contains("Mounted from team/box");
            carafe.docker("rmi", image, copy).ok();
            assertThat(carafe.docker("pull", image).ok()).contains("Digest: " + digest);
            assertRuns(image);

            String tls = "--dest-tls-verify=false";
            skopeo(tls, "--src-tls-verify=false", "docker://" + image, "docker://" + copy + "x");
            skopeo(tls, "docker-archive:" + TestImages.busybox(), "docker://" + copy + "y");
            skopeo(
                    tls,
                    "--format",
                    "oci",
                    "--dest-compress-format",
                    "zstd",
                    "docker-archive:" + TestImages.busybox(),
                    "docker://" + copy + "z");
            for (String tag : List.of("x", "y", "z")) {
                assertRuns(copy + tag);
            }
            assertThat(
                            Command.run(
                                            List.of(
                                                    "skopeo",
                                                    "list-tags",
                                                    "--tls-verify=false",
                                                    "docker://" + registry.host() + "/other/box"))
                                    .ok())
                    .contains("\"2\"", "\"2x\"", "\"2y\"", "\"2z\"");
            Command.run(List.of("skopeo", "delete", "--tls-verify=false", "docker://" + copy + "z"))
                    .ok();
            carafe.docker("rmi", copy + "z").ok();
            assertThat(carafe.docker("pull", copy + "z").err())
                    .contains("manifest for " + copy + "z not found: manifest unknown");
        }
    }

    @Test
    void whatRefersToAnImageIsListed() throws IOException, InterruptedException {
        try (OwnRegistry registry = new OwnRegistry()) {
            String image = registry.host() + "/team/signed:1";
            carafe.docker("tag", "busybox", image).ok();
            String pushed = carafe.docker("push", image).ok();
            carafe.docker("rmi", image).ok();
            String subject = pushed.replaceAll("(?s).*digest: (sha256:[0-9a-f]{64}).*", "$1");
            String size = pushed.replaceAll("(?s).*size: (\\d+).*", "$1");
            assertThat(carafe.carafe("image", "referrers", "-q", image).ok()).isEmpty();
            String empty =
                    "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
            send("POST", registry, "blobs/uploads/?digest=" + empty, "{}", "application/json");
            String type = "application/vnd.oci.image.manifest.v1+json";
            String signature =
                    """
                    {"schemaVersion":2,"mediaType":"%1$s","artifactType":"application/vnd.example.signature",
                     "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%2$s","size":2},
                     "layers":[{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%2$s","size":2}],
                     "subject":{"mediaType":"application/vnd.docker.distribution.manifest.v2+json","digest":"%3$s","size":%4$s},
                     "annotations":{"org.opencontainers.image.created":"2026-01-02T03:04:05Z"}}
                    """
                            .formatted(type, empty, subject, size);
            send("PUT", registry, "manifests/signature", signature, type);
            assertThat(carafe.carafe("image", "referrers", image).ok())
                    .contains("ARTIFACT TYPE")
                    .containsPattern(
                            "sha256:[0-9a-f]{64} +application/vnd.example.signature +2026-01-02T03:04:05Z");
            assertThat(
                            carafe.carafe(
                                            "image",
                                            "referrers",
                                            "--artifact-type",
                                            "x/y",
                                            "-q",
                                            image)
                                    .ok())
                    .isEmpty();
            assertThat(carafe.carafe("image", "referrers", image + "9").err())
                    .contains("manifest for " + image + "9 not found");
        }
    }

    private static void send(
            String method, OwnRegistry registry, String path, String body, String type)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create("http://" + registry.host() + "/v2/team/signed/" + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", type)
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
    }

    @Test
    void usersAndTls() throws IOException {
        Path users = Files.writeString(carafe.home().resolve("users"), DebianRegistry.HTPASSWD);
        Path key = carafe.home().resolve("key.pem");
        Path certificate = carafe.home().resolve("cert.pem");
        Command.run(
                        List.of(
                                "openssl",
                                "req",
                                "-x509",
                                "-newkey",
                                "rsa:2048",
                                "-nodes",
                                "-subj",
                                "/CN=localhost",
                                "-keyout",
                                key.toString(),
                                "-out",
                                certificate.toString()))
                .ok();
        try (OwnRegistry registry =
                new OwnRegistry(
                        "--htpasswd",
                        users.toString(),
                        "--tls-cert",
                        certificate.toString(),
                        "--tls-key",
                        key.toString())) {
            String image = registry.host() + "/box:1";
            carafe.docker("tag", "busybox", image).ok();
            assertThat(carafe.docker("push", image).err()).contains("no basic auth credentials");
            carafe.docker("login", "-u", "alice", "-p", "secret", registry.host()).ok();
            carafe.carafe("push", "-q", image).ok();
            carafe.docker("rmi", image).ok();
            assertRuns(image);
            carafe.docker("rmi", image).ok();
        }
    }

    @Test
    void aCacheBeforeAnotherRegistry() {
        try (OwnRegistry upstream = new OwnRegistry();
                OwnRegistry cache = new OwnRegistry("--mirror-of", upstream.host())) {
            carafe.docker("tag", "busybox", upstream.host() + "/team/box:1").ok();
            carafe.docker("push", "-q", upstream.host() + "/team/box:1").ok();
            carafe.docker("rmi", upstream.host() + "/team/box:1", "busybox").ok();
            carafe.docker("pull", "-q", cache.host() + "/team/box:1").ok();
            carafe.docker("rmi", cache.host() + "/team/box:1").ok();
            upstream.close();
            assertRuns(cache.host() + "/team/box:1");
            carafe.docker("tag", cache.host() + "/team/box:1", "busybox").ok();
            assertThat(carafe.docker("push", cache.host() + "/team/box:1").err())
                    .contains("this registry is read-only");
        }
    }

    /// What was pushed is there again after the daemon was killed.
    @Test
    void aDaemonServesOneOfItsOwn() throws IOException {
        String host = "127.0.0.1:" + freePort();
        try (Carafe own = Carafe.startWith("ownreg", "--registry-addr", host)) {
            String image = host + "/box:1";
            own.docker("tag", "busybox", image).ok();
            own.docker("push", "-q", image).ok();
            own.docker("rmi", image, "busybox").ok();
            own.killDaemon();
            own.boot();
            assertThat(own.docker("run", "--rm", "--network", "none", image, "echo", "hi").ok())
                    .isEqualTo("hi");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:0, read-only=true, refusing to serve plain http on 0.0.0.0",
        "127.0.0.1:0, colour=red, unknown registry-opt: colour",
        "127.0.0.1:x, read-only=true, invalid address of a registry"
    })
    void aDaemonsRegistryIsRefusedAsOneByItself(
            String address, String option, String sentence, @TempDir Path folder) {
        Command daemon =
                Command.run(
                        List.of(
                                Carafe.PROGRAM.toString(),
                                "daemon",
                                "--bridge=none",
                                "--data-root=" + folder.resolve("data"),
                                "--exec-root=" + folder.resolve("exec"),
                                "-H=unix://" + folder.resolve("sock"),
                                "--registry-addr=" + address,
                                "--registry-opt=" + option));
        assertThat(daemon.exit()).isEqualTo(1);
        assertThat(daemon.err()).contains(sentence);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void whatIsDangerousIsRefused() {
        Command plain =
                Command.run(
                        List.of(
                                Carafe.PROGRAM.toString(),
                                "registry",
                                "serve",
                                "--listen",
                                "0.0.0.0:0"));
        assertThat(plain.exit()).isEqualTo(125);
        assertThat(plain.err()).startsWith("refusing to serve plain http on 0.0.0.0");
    }
}
