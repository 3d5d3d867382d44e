package dev.carafe.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.Index;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A registry in memory on this machine, with faults on demand (distribution-spec 1.1, as much of
/// it as clients use).
public final class TestRegistry implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, Stored> manifests = new ConcurrentHashMap<>();
    private final TestUploads uploads = new TestUploads(this);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile Fault fault = x -> false;
    private volatile String password = "";
    private volatile boolean bearer;
    private volatile String token = "token-0";

    private record Stored(String type, byte[] bytes) {}

    /// Misbehaves.
    @FunctionalInterface
    public interface Fault {
        /// @return true when it has answered
        boolean answers(Call call) throws IOException;
    }

    /// A request that a fault looks at.
    public static final class Call {
        private final HttpExchange x;

        private Call(HttpExchange x) {
            this.x = x;
        }

        public String path() {
            return x.getRequestURI().getPath();
        }

        /// As it came, empty when there is none.
        public String query() {
            String raw = x.getRequestURI().getRawQuery();
            return raw == null ? "" : raw;
        }

        /// Where the request wants a blob from.
        public int offset() {
            return TestRegistry.offset(x);
        }

        /// Where the range of a blob of this length ends that the request wants.
        public int end(int length) {
            return TestRegistry.end(x, length);
        }

        public void header(String name, String value) {
            x.getResponseHeaders().set(name, value);
        }

        /// Begins an answer of so many bytes, of which some may never come.
        public OutputStream begin(int status, long length) throws IOException {
            x.sendResponseHeaders(status, length);
            return x.getResponseBody();
        }

        public void send(int status, byte[] body) throws IOException {
            TestRegistry.send(x, status, "application/octet-stream", body);
        }

        /// A refusal in the specification's form.
        public void error(int status, String code, String message) throws IOException {
            TestRegistry.error(x, status, code, message);
        }
    }

    public TestRegistry() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /// `127.0.0.1:40123`.
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public ImageReference name(String repositoryAndTag) {
        return ImageReference.parse(host() + "/" + repositoryAndTag);
    }

    /// Stores an image for this machine's platform and answers its manifest's digest.
    public Digest put(String repository, String tag, TinyImage image, Packing packing) {
        List<Descriptor> layers =
                image.layers().stream()
                        .map(layer -> putBlob(repository, packing.mediaType, packing.pack(layer)))
                        .toList();
        Descriptor config = putBlob(repository, MediaTypes.OCI_CONFIG, image.config());
        byte[] manifest = OciJson.write(Manifest.class, Manifest.of(config, layers));
        return putManifest(repository, tag, MediaTypes.OCI_MANIFEST, manifest);
    }

    /// Stores an index of manifests that are there.
    public Digest putIndex(String repository, String tag, Map<Platform, Digest> images) {
        List<Descriptor> entries = new ArrayList<>();
        images.forEach((platform, digest) ->
                entries.add(
                        Descriptor.of(
                                        MediaTypes.OCI_MANIFEST,
                                        digest,
                                        manifest(repository, digest.toString()).length)
                                .withPlatform(platform)));
        byte[] bytes = OciJson.write(Index.class, Index.of(entries));
        return putManifest(repository, tag, MediaTypes.OCI_INDEX, bytes);
    }

    public Descriptor putBlob(String repository, String type, byte[] bytes) {
        Digest digest = Digest.of(bytes);
        blobs.put(repository + "@" + digest, bytes);
        return Descriptor.of(type, digest, bytes.length);
    }

    public Digest putManifest(String repository, String tag, String type, byte[] bytes) {
        Digest digest = Digest.of(bytes);
        manifests.put(repository + "@" + digest, new Stored(type, bytes));
        manifests.put(repository + "@" + tag, new Stored(type, bytes));
        return digest;
    }

    /// The stored manifest, by tag or digest.
    public byte[] manifest(String repository, String reference) {
        return Objects.requireNonNull(manifests.get(repository + "@" + reference)).bytes;
    }

    /// The blob that an upload wants mounted; null when it is not there.
    byte @Nullable [] mounted(Map<String, String> query) {
        return blobs.get(query.get("from") + "@" + query.get("mount"));
    }

    public boolean hasBlob(String repository, Digest digest) {
        return blobs.containsKey(repository + "@" + digest);
    }

    public byte[] blob(String repository, Digest digest) {
        return Objects.requireNonNull(blobs.get(repository + "@" + digest));
    }

    /// From now on each request is shown to it first.
    public void fault(Fault value) {
        fault = value;
    }

    /// Only the user `user` with this password may do anything.
    public void requireBasic(String secret) {
        password = secret;
        bearer = false;
    }

    /// As {@link #requireBasic}, by tokens from `/token`.
    public void requireBearer(String secret) {
        password = secret;
        bearer = true;
    }

    /// Tokens given so far are worth nothing.
    public void expireTokens() {
        token = "token-" + numbers.incrementAndGet();
    }

    /// `GET /v2/...`, in order; the greeting and tokens too.
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /// How many requests began so.
    public long requests(String beginning) {
        return requests.stream().filter(r -> r.startsWith(beginning)).count();
    }

    private void serve(HttpExchange x) throws IOException {
        String path = x.getRequestURI().getPath();
        requests.add(x.getRequestMethod() + " " + path);
        try (x) {
            if (fault.answers(new Call(x))) {
                return;
            }
            if (path.equals("/token")) {
                giveToken(x);
            } else if (!password.isEmpty() && !authorized(x)) {
                challenge(x);
            } else if (path.equals("/v2/")) {
                send(x, 200, "application/json", "{}".getBytes(UTF_8));
            } else {
                route(x, path);
            }
        }
    }

    private void giveToken(HttpExchange x) throws IOException {
        if (!basic().equals(x.getRequestHeaders().getFirst("Authorization"))) {
            send(
                    x,
                    401,
                    "application/json",
                    "{\"details\":\"incorrect username or password\"}".getBytes(UTF_8));
            return;
        }
        send(
                x,
                200,
                "application/json",
                ("{\"token\":\"" + token + "\",\"expires_in\":300}").getBytes(UTF_8));
    }

    private String basic() {
        return "Basic " + Base64.getEncoder().encodeToString(("user:" + password).getBytes(UTF_8));
    }

    private boolean authorized(HttpExchange x) {
        return (bearer ? "Bearer " + token : basic())
                .equals(x.getRequestHeaders().getFirst("Authorization"));
    }

    private void challenge(HttpExchange x) throws IOException {
        x.getResponseHeaders()
                .set(
                        "WWW-Authenticate",
                        bearer
                                ? "Bearer realm=\"http://"
                                        + host()
                                        + "/token\",service=\"test\",scope=\"repository:x:pull\""
                                : "Basic realm=\"test\"");
        error(x, 401, "UNAUTHORIZED", "authentication required");
    }

    private void route(HttpExchange x, String path) throws IOException {
        String rest = path.substring("/v2/".length());
        int at = rest.lastIndexOf("/blobs/uploads/");
        if (at > 0) {
            uploads.serve(x, rest.substring(0, at), rest.substring(at + 15));
        } else if ((at = rest.lastIndexOf("/blobs/")) > 0) {
            serveBlob(x, blobs.get(rest.substring(0, at) + "@" + rest.substring(at + 7)));
        } else if ((at = rest.lastIndexOf("/manifests/")) > 0) {
            serveManifest(x, rest.substring(0, at), rest.substring(at + 11));
        } else if (rest.endsWith("/tags/list")) {
            tags(x, rest.substring(0, rest.length() - 10));
        } else {
            error(x, 404, "UNSUPPORTED", "no such place");
        }
    }

    private void tags(HttpExchange x, String repository) throws IOException {
        List<String> tags =
                manifests.keySet().stream()
                        .filter(k -> k.startsWith(repository + "@") && k.indexOf(':') < 0)
                        .map(k -> "\"" + k.substring(repository.length() + 1) + "\"")
                        .sorted()
                        .toList();
        send(
                x,
                200,
                "application/json",
                ("{\"name\":\"" + repository + "\",\"tags\":[" + String.join(",", tags) + "]}")
                        .getBytes(UTF_8));
    }

    private void serveManifest(HttpExchange x, String repository, String reference)
            throws IOException {
        if (x.getRequestMethod().equals("PUT")) {
            byte[] bytes = x.getRequestBody().readAllBytes();
            putManifest(
                    repository, reference, x.getRequestHeaders().getFirst("Content-Type"), bytes);
            x.getResponseHeaders().set("Docker-Content-Digest", Digest.of(bytes).toString());
            x.getResponseHeaders().set("Location", "/v2/" + repository + "/manifests/" + reference);
            send(x, 201, null, new byte[0]);
            return;
        }
        Stored stored = manifests.get(repository + "@" + reference);
        if (stored == null) {
            error(x, 404, "MANIFEST_UNKNOWN", "manifest unknown");
            return;
        }
        x.getResponseHeaders().set("Docker-Content-Digest", Digest.of(stored.bytes).toString());
        send(x, 200, stored.type, stored.bytes);
    }

    private void serveBlob(HttpExchange x, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            error(x, 404, "BLOB_UNKNOWN", "blob unknown to registry");
            return;
        }
        int from = offset(x);
        int to = end(x, bytes.length);
        boolean part = from > 0 || to < bytes.length;
        if (part) {
            x.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + bytes.length);
        }
        send(x, part ? 206 : 200, "application/octet-stream", Arrays.copyOfRange(bytes, from, to));
    }

    /// `Range: bytes=FROM-[LAST]`.
    private static int offset(HttpExchange x) {
        String range = x.getRequestHeaders().getFirst("Range");
        return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D*(\\d+)-.*", "$1"));
    }

    private static int end(HttpExchange x, int length) {
        String range = x.getRequestHeaders().getFirst("Range");
        return range == null || range.endsWith("-")
                ? length
                : Math.min(length, Integer.parseInt(range.replaceAll(".*-", "")) + 1);
    }

    /// An answer; a HEAD request gets no body.
    static void send(HttpExchange x, int status, @Nullable String type, byte[] body)
            throws IOException {
        if (type != null) {
            x.getResponseHeaders().set("Content-Type", type);
        }
        boolean head = x.getRequestMethod().equals("HEAD");
        if (head) {
            x.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        }
        x.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            try (OutputStream out = x.getResponseBody()) {
                out.write(body);
            }
        }
    }

    static void error(HttpExchange x, int status, String code, String message) throws IOException {
        send(
                x,
                status,
                "application/json",
                ("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}")
                        .getBytes(UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
