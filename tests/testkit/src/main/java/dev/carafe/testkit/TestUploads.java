package dev.carafe.testkit;

import com.sun.net.httpserver.HttpExchange;
import dev.carafe.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Blobs on their way into a {@link TestRegistry}: by POST, PATCH and PUT, or mounted.
final class TestUploads {
    private final TestRegistry registry;
    private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    TestUploads(TestRegistry registry) {
        this.registry = registry;
    }

    void serve(HttpExchange x, String repository, String id) throws IOException {
        Map<String, String> query = query(x);
        switch (x.getRequestMethod()) {
            case "POST" -> {
                byte[] mounted = registry.mounted(query);
                if (mounted != null) {
                    registry.putBlob(repository, "", mounted);
                    TestRegistry.send(x, 201, null, new byte[0]);
                    return;
                }
                String fresh = "u" + numbers.incrementAndGet();
                uploads.put(fresh, new ByteArrayOutputStream());
                accepted(x, repository, fresh);
            }
            case "PATCH" -> {
                take(x, id);
                accepted(x, repository, id);
            }
            case "PUT" -> {
                take(x, id);
                byte[] bytes = Objects.requireNonNull(uploads.remove(id)).toByteArray();
                if (!Digest.of(bytes).toString().equals(query.get("digest"))) {
                    TestRegistry.error(
                            x,
                            400,
                            "DIGEST_INVALID",
                            "provided digest did not match uploaded content");
                    return;
                }
                registry.putBlob(repository, "", bytes);
                TestRegistry.send(x, 201, null, new byte[0]);
            }
            default -> TestRegistry.error(x, 405, "UNSUPPORTED", "no");
        }
    }

    private void take(HttpExchange x, String id) throws IOException {
        try (InputStream in = x.getRequestBody()) {
            in.transferTo(Objects.requireNonNull(uploads.get(id)));
        }
    }

    private static void accepted(HttpExchange x, String repository, String id) throws IOException {
        x.getResponseHeaders()
                .set("Location", "/v2/" + repository + "/blobs/uploads/" + id + "?_state=s%3D1");
        TestRegistry.send(x, 202, null, new byte[0]);
    }

    private static Map<String, String> query(HttpExchange x) {
        Map<String, String> found = new HashMap<>();
        String query = x.getRequestURI().getQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int eq = pair.indexOf('=');
            found.put(pair.substring(0, Math.max(eq, 0)), pair.substring(eq + 1));
        }
        return found;
    }
}
