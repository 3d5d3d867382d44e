package dev.carafe.registryserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.registry.Credentials;
import dev.carafe.registry.Registries;
import dev.carafe.registry.RegistryOptions;
import dev.carafe.testkit.Packing;
import dev.carafe.testkit.TestRegistry;
import dev.carafe.testkit.TinyImages;
import dev.carafe.testkit.TinyTar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The distribution protocol, as its specification words it.
class RegistryServerTest {
    private static final byte[] BLOB = "0123456789".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.of(BLOB);

    @TempDir Path root;
    private RegistryServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private String authorization = "";

    @BeforeEach
    void start() {
        serve(false, Optional.empty(), Optional.empty());
    }

    @AfterEach
    void stop() {
        server.close();
        client.shutdownNow();
    }

    private void serve(boolean readOnly, Optional<Path> users, Optional<String> upstream) {
        if (server != null) {
            server.close();
        }
        RegistryServerOptions options =
                new RegistryServerOptions(
                        root.resolve("data"),
                        "127.0.0.1",
                        0,
                        readOnly,
                        Optional.empty(),
                        users,
                        upstream,
                        Credentials.NONE,
                        false);
        server = RegistryServer.start(options, new Registries(RegistryOptions::defaults));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port()).resolve(path);
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static void assertRefused(HttpResponse<byte[]> response, int status, String code) {
        assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
        assertThat(text(response)).startsWith("{\"errors\":[{\"code\":\"" + code + "\"");
    }

    private void putBlob(String repository, byte[] bytes) {
        String path = "/v2/" + repository + "/blobs/uploads/?digest=" + Digest.of(bytes);
        assertThat(send("POST", path, bytes).statusCode()).isEqualTo(201);
    }

    private Digest putManifest(String repository, String reference, Manifest manifest) {
        byte[] bytes = OciJson.write(Manifest.class, manifest);
        HttpResponse<byte[]> put =
                send(
                        "PUT",
                        "/v2/" + repository + "/manifests/" + reference,
                        bytes,
                        "Content-Type",
                        MediaTypes.OCI_MANIFEST);
        assertThat(put.statusCode()).as(text(put)).isEqualTo(201);
        assertThat(header(put, "Docker-Content-Digest")).isEqualTo(Digest.of(bytes).toString());
        return Digest.of(bytes);
    }

    private static Manifest manifest() {
        Descriptor blob = Descriptor.of(MediaTypes.OCI_CONFIG, DIGEST, BLOB.length);
        return Manifest.of(blob, List.of(blob));
    }

    @Test
    void greets() {
        assertThat(get("/v2/").statusCode()).isEqualTo(200);
        assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
    }

    @Test
    void aBlobComesInAtOnceAsAStreamAndInPieces() {
        putBlob("a/one", BLOB);
        HttpResponse<byte[]> begun = send("POST", "/v2/a/two/blobs/uploads/", new byte[0]);
        assertThat(begun.statusCode()).isEqualTo(202);
        String session = header(begun, "Location");
        HttpResponse<byte[]> first =
                send("PATCH", session, "0123".getBytes(), "Content-Range", "0-3");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(header(first, "Range")).isEqualTo("0-3");
        assertRefused(
                send("PATCH", session, "xx".getBytes(), "Content-Range", "6-7"),
                416,
                "RANGE_INVALID");
        HttpResponse<byte[]> status = get(session);
        assertThat(status.statusCode()).isEqualTo(204);
        assertThat(header(status, "Range")).isEqualTo("0-3");
        send("PATCH", session, "45".getBytes(), "Content-Range", "4-5");
        HttpResponse<byte[]> last = send("PUT", session + "?digest=" + DIGEST, "6789".getBytes());
        assertThat(last.statusCode()).isEqualTo(201);
        assertThat(get(header(last, "Location")).body()).isEqualTo(BLOB);
        assertRefused(get(session), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void otherAlgorithmsAreKeptUnderTheirDigests() throws Exception {
        Digest blob = sha512(BLOB);
        String path = "/v2/a/blobs/uploads/?digest=";
        assertThat(send("POST", path + blob, BLOB).statusCode()).isEqualTo(201);
        assertRefused(send("POST", path + sha512(new byte[2]), BLOB), 400, "DIGEST_INVALID");
        assertThat(get("/v2/a/blobs/" + blob).body()).isEqualTo(BLOB);
        Descriptor part = Descriptor.of(MediaTypes.OCI_CONFIG, blob, BLOB.length);
        byte[] bytes = OciJson.write(Manifest.class, Manifest.of(part, List.of()));
        String manifest = "/v2/a/manifests/" + sha512(bytes);
        HttpResponse<byte[]> put =
                send("PUT", manifest, bytes, "Content-Type", MediaTypes.OCI_MANIFEST);
        assertThat(header(put, "Docker-Content-Digest")).isEqualTo(sha512(bytes).toString());
        serve(false, Optional.empty(), Optional.empty());
        assertThat(get(manifest).body()).isEqualTo(bytes);
        assertThat(get("/v2/a/blobs/" + blob).body()).isEqualTo(BLOB);
    }

    private static Digest sha512(byte[] bytes) throws Exception {
        byte[] sum = MessageDigest.getInstance("SHA-512").digest(bytes);
        return Digest.parse("sha512:" + HexFormat.of().formatHex(sum));
    }

    @Test
    void layersThatAreKeptElsewhereNeedNotBeThere() {
        putBlob("a", BLOB);
        Manifest plain = manifest();
        Descriptor foreign =
                Descriptor.of(
                        "application/vnd.oci.image.layer.nondistributable.v1.tar",
                        Digest.of(new byte[1]),
                        1);
        putManifest("a", "1", Manifest.of(plain.config(), List.of(foreign)));
    }

    @Test
    void anEmptyBlobAndAPieceOutOfOrderAtTheEnd() {
        putBlob("a", new byte[0]);
        assertThat(get("/v2/a/blobs/" + Digest.of(new byte[0])).body()).isEmpty();
        String session = header(send("POST", "/v2/a/blobs/uploads/", new byte[0]), "Location");
        String end = session + "?digest=" + DIGEST;
        assertRefused(
                send("PUT", end, "6789".getBytes(), "Content-Range", "6-9"), 416, "RANGE_INVALID");
        send("PATCH", session, "012345".getBytes(), "Content-Range", "0-5");
        assertThat(send("PUT", end, "6789".getBytes(), "Content-Range", "6-9").statusCode())
                .isEqualTo(201);
    }

    @Test
    void wrongDigestsAreRefusedAndLeaveNothing() {
        Digest other = Digest.of(new byte[3]);
        String path = "/v2/a/b/blobs/uploads/?digest=";
        assertRefused(send("POST", path + other, BLOB), 400, "DIGEST_INVALID");
        assertRefused(send("POST", path + "sha256:abc", BLOB), 400, "DIGEST_INVALID");
        assertRefused(get("/v2/a/b/blobs/" + other), 404, "BLOB_UNKNOWN");
        assertThat(root.resolve("data/content/ingest")).isEmptyDirectory();
    }

    @Test
    void partsOfABlobAreGiven() {
        putBlob("a", BLOB);
        String path = "/v2/a/blobs/" + DIGEST;
        HttpResponse<byte[]> middle = get(path, "Range", "bytes=2-4");
        assertThat(middle.statusCode()).isEqualTo(206);
        assertThat(text(middle)).isEqualTo("234");
        assertThat(header(middle, "Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(text(get(path, "Range", "bytes=7-"))).isEqualTo("789");
        assertThat(text(get(path, "Range", "bytes=-2"))).isEqualTo("89");
        assertRefused(get(path, "Range", "bytes=10-"), 416, "RANGE_INVALID");
        HttpResponse<byte[]> head = send("HEAD", path, new byte[0]);
        assertThat(header(head, "Content-Length")).isEqualTo("10");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void aBlobBelongsToItsRepositoryAndCanBeTakenOver() {
        putBlob("a", BLOB);
        assertRefused(get("/v2/b/blobs/" + DIGEST), 404, "BLOB_UNKNOWN");
        String mount = "/v2/b/blobs/uploads/?mount=" + DIGEST;
        assertThat(send("POST", mount, new byte[0]).statusCode()).isEqualTo(202);
        assertThat(send("POST", mount + "&from=c", new byte[0]).statusCode()).isEqualTo(202);
        assertThat(send("POST", mount + "&from=a", new byte[0]).statusCode()).isEqualTo(201);
        assertThat(get("/v2/b/blobs/" + DIGEST).body()).isEqualTo(BLOB);
        assertThat(send("DELETE", "/v2/a/blobs/" + DIGEST, new byte[0]).statusCode())
                .isEqualTo(202);
        assertRefused(get("/v2/a/blobs/" + DIGEST), 404, "BLOB_UNKNOWN");
        assertThat(get("/v2/b/blobs/" + DIGEST).body()).isEqualTo(BLOB);
        send("DELETE", "/v2/b/blobs/" + DIGEST, new byte[0]);
        assertThat(root.resolve("data/content/blobs/sha256/" + DIGEST.hex().substring(0, 2)))
                .isEmptyDirectory();
    }

    @Test
    void aManifestIsKeptByTagAndDigestOverRestarts() {
        putBlob("a", BLOB);
        Digest digest = putManifest("a", "v1", manifest());
        serve(false, Optional.empty(), Optional.empty());
        for (String reference : List.of("v1", digest.toString())) {
            HttpResponse<byte[]> found = get("/v2/a/manifests/" + reference);
            assertThat(Digest.of(found.body())).isEqualTo(digest);
            assertThat(header(found, "Content-Type")).isEqualTo(MediaTypes.OCI_MANIFEST);
        }
        assertThat(send("DELETE", "/v2/a/manifests/v1", new byte[0]).statusCode()).isEqualTo(202);
        assertRefused(get("/v2/a/manifests/v1"), 404, "MANIFEST_UNKNOWN");
        assertThat(get("/v2/a/manifests/" + digest).statusCode()).isEqualTo(200);
        putManifest("a", "v2", manifest());
        send("DELETE", "/v2/a/manifests/" + digest, new byte[0]);
        assertRefused(get("/v2/a/manifests/v2"), 404, "MANIFEST_UNKNOWN");
    }

    @Test
    void aManifestPutByDigestGetsTheTagsOfTheQuery() {
        putBlob("a", BLOB);
        byte[] bytes = OciJson.write(Manifest.class, manifest());
        String path = "/v2/a/manifests/" + Digest.of(bytes);
        HttpResponse<byte[]> put =
                send(
                        "PUT",
                        path + "?tag=1.2.3&tag=1.2&tag=latest",
                        bytes,
                        "Content-Type",
                        MediaTypes.OCI_MANIFEST);
        assertThat(put.statusCode()).as(text(put)).isEqualTo(201);
        assertThat(header(put, "OCI-Tag")).isEqualTo("1.2.3, 1.2, latest");
        assertThat(text(get("/v2/a/tags/list"))).contains("[\"1.2\",\"1.2.3\",\"latest\"]");
        assertThat(get("/v2/a/manifests/1.2").body()).isEqualTo(bytes);

        HttpResponse<byte[]> bad =
                send(
                        "PUT",
                        path + "?tag=fine&tag=..%2Fout",
                        bytes,
                        "Content-Type",
                        MediaTypes.OCI_MANIFEST);
        assertThat(bad.statusCode()).isEqualTo(404);
        assertThat(get("/v2/a/manifests/fine").statusCode()).isEqualTo(404);
        HttpResponse<byte[]> many =
                send(
                        "PUT",
                        path + "?tag=x" + "&tag=x".repeat(100),
                        bytes,
                        "Content-Type",
                        MediaTypes.OCI_MANIFEST);
        assertRefused(many, 414, "UNSUPPORTED");
    }

    @Test
    void manifestsThatCannotBeAreRefused() {
        byte[] bytes = OciJson.write(Manifest.class, manifest());
        String[] type = {"Content-Type", MediaTypes.OCI_MANIFEST};
        assertRefused(send("PUT", "/v2/a/manifests/1", bytes, type), 400, "MANIFEST_BLOB_UNKNOWN");
        putBlob("a", BLOB);
        assertRefused(send("PUT", "/v2/a/manifests/" + DIGEST, bytes, type), 400, "DIGEST_INVALID");
        assertRefused(
                send("PUT", "/v2/a/manifests/1", "{".getBytes(), type), 400, "MANIFEST_INVALID");
        assertRefused(
                send("PUT", "/v2/a/manifests/1", bytes, "Content-Type", MediaTypes.OCI_INDEX),
                400,
                "MANIFEST_INVALID");
        assertRefused(
                send("PUT", "/v2/a/manifests/1", new byte[(4 << 20) + 1], type),
                413,
                "SIZE_INVALID");
    }

    @Test
    void namesThatLeadOutsideAreRefused() {
        for (String name : List.of("a/_blobs", "A", "a..b", "a//b", "_x", "a/-b")) {
            HttpResponse<byte[]> answer = get("/v2/" + name + "/tags/list");
            assertThat(answer.statusCode()).as(name).isEqualTo(400);
        }
        assertThat(get("/v2/a/%2e%2e/%2e%2e/tags/list").statusCode()).isBetween(400, 404);
        assertThat(get("/v2/a/manifests/..%2f..%2fx").statusCode()).isBetween(400, 404);
    }

    @Test
    void tagsAreListedInPages() {
        putBlob("a", BLOB);
        List.of("c", "a", "b", "d").forEach(tag -> putManifest("a", tag, manifest()));
        assertThat(text(get("/v2/a/tags/list")))
                .isEqualTo("{\"name\":\"a\",\"tags\":[\"a\",\"b\",\"c\",\"d\"]}");
        List<String> pages = new ArrayList<>();
        for (String at = "/v2/a/tags/list?n=3"; !at.isEmpty(); ) {
            HttpResponse<byte[]> page = get(at);
            pages.add(text(page).replaceAll(".*\\[|].*", ""));
            at = header(page, "Link").replaceAll("^<|>.*$", "");
        }
        assertThat(pages).containsExactly("\"a\",\"b\",\"c\"", "\"d\"");
        assertThat(text(get("/v2/a/tags/list?n=0"))).contains("[]");
        assertRefused(get("/v2/a/tags/list?n=x"), 400, "PAGINATION_NUMBER_INVALID");
        assertRefused(get("/v2/none/tags/list"), 404, "NAME_UNKNOWN");
        assertThat(text(get("/v2/_catalog"))).isEqualTo("{\"repositories\":[\"a\"]}");
    }

    @Test
    void referrersAreFoundByTheirSubject() {
        putBlob("a", BLOB);
        Digest image = putManifest("a", "v1", manifest());
        Manifest plain = manifest();
        Manifest signature =
                new Manifest(
                        2,
                        MediaTypes.OCI_MANIFEST,
                        "application/x.signature",
                        plain.config(),
                        plain.layers(),
                        Descriptor.of(MediaTypes.OCI_MANIFEST, image, 1),
                        Map.of("by", "me"));
        Digest signed = Digest.of(OciJson.write(Manifest.class, signature));
        putManifest("a", signed.toString(), signature);
        String path = "/v2/a/referrers/" + image;
        assertThat(text(get(path)))
                .contains(signed.toString(), "\"by\":\"me\"", "application/x.signature");
        assertThat(text(get(path + "?artifactType=other"))).contains("\"manifests\":[]");
        assertThat(header(get(path + "?artifactType=other"), "OCI-Filters-Applied"))
                .isEqualTo("artifactType");
        assertThat(text(get("/v2/a/referrers/" + DIGEST))).contains("\"manifests\":[]");
        send("DELETE", "/v2/a/manifests/" + signed, new byte[0]);
        assertThat(text(get(path))).contains("\"manifests\":[]");
    }

    @Test
    void aReadOnlyRegistryTakesNothing() {
        putBlob("a", BLOB);
        serve(true, Optional.empty(), Optional.empty());
        assertRefused(send("POST", "/v2/a/blobs/uploads/", new byte[0]), 405, "UNSUPPORTED");
        assertRefused(send("DELETE", "/v2/a/blobs/" + DIGEST, new byte[0]), 405, "UNSUPPORTED");
        assertThat(get("/v2/a/blobs/" + DIGEST).statusCode()).isEqualTo(200);
    }

    @Test
    void usersNeedTheirPassword() throws IOException {
        Path users = root.resolve("users");
        Files.writeString(
                users, "alice:$2y$05$HAX.XEuG3J7hZVkrYS1UxuJleSD192ggeSTA.ejCdTBlPYpGy6e/.\n");
        serve(false, Optional.of(users), Optional.empty());
        assertRefused(get("/v2/"), 401, "UNAUTHORIZED");
        assertThat(header(get("/v2/"), "WWW-Authenticate")).startsWith("Basic realm=");
        for (String wrong : List.of("alice:no", "bob:secret", "alice", ":", "alice:")) {
            authorization = "Basic " + Base64.getEncoder().encodeToString(wrong.getBytes());
            assertThat(get("/v2/").statusCode()).as(wrong).isEqualTo(401);
        }
        authorization = "Basic " + Base64.getEncoder().encodeToString("alice:secret".getBytes());
        assertThat(get("/v2/").statusCode()).isEqualTo(200);
        assertThat(get("/v2/_catalog").statusCode()).isEqualTo(200);
    }

    @Test
    void aCacheFetchesWhatItHasNotAndServesItAlone() {
        try (TestRegistry upstream = new TestRegistry()) {
            var image = TinyImages.named("app:1").layer(new TinyTar().file("a", "a")).build();
            Digest digest = upstream.put("team/app", "1", image, Packing.GZIP);
            serve(false, Optional.empty(), Optional.of(upstream.host()));
            HttpResponse<byte[]> found = get("/v2/team/app/manifests/1");
            assertThat(Digest.of(found.body())).isEqualTo(digest);
            Digest layer = OciJson.manifest(found.body()).layers().getFirst().digest();
            String path = "/v2/team/app/blobs/" + layer;
            assertThat(send("HEAD", path, new byte[0]).statusCode()).isEqualTo(200);
            for (int i = 0; i < 2; i++) {
                assertThat(Digest.of(get(path).body())).isEqualTo(layer);
            }
            assertThat(upstream.requests("GET " + path)).isEqualTo(1);
            assertRefused(get("/v2/team/app/manifests/2"), 404, "MANIFEST_UNKNOWN");
            assertRefused(
                    send("POST", "/v2/team/app/blobs/uploads/", new byte[0]), 405, "UNSUPPORTED");
            upstream.close();
            assertThat(Digest.of(get("/v2/team/app/manifests/1").body())).isEqualTo(digest);
            assertThat(Digest.of(get(path).body())).isEqualTo(layer);
        }
    }

    @Test
    void aCacheKeepsNoWrongBytes() {
        try (TestRegistry upstream = new TestRegistry()) {
            var image = TinyImages.named("app:1").layer(new TinyTar().file("a", "a")).build();
            upstream.put("app", "1", image, Packing.GZIP);
            serve(false, Optional.empty(), Optional.of(upstream.host()));
            Manifest manifest = OciJson.manifest(get("/v2/app/manifests/1").body());
            Digest layer = manifest.layers().getFirst().digest();
            upstream.blob("app", layer)[20] ^= 1;
            assertThatThrownBy(() -> get("/v2/app/blobs/" + layer))
                    .isInstanceOf(AssertionError.class);
            assertThat(root.resolve("data/content/ingest")).isEmptyDirectory();
        }
    }

    @Test
    void plainHttpForOthersIsRefused() {
        assertThatThrownBy(() -> options("0.0.0.0", false))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageStartingWith("refusing to serve plain http on 0.0.0.0");
        assertThat(options("0.0.0.0", true).plainHttpAnywhere()).isTrue();
    }

    private RegistryServerOptions options(String host, boolean anywhere) {
        return new RegistryServerOptions(
                root,
                host,
                0,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Credentials.NONE,
                anywhere);
    }
}
