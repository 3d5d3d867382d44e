package dev.carafe.registry.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends requests. Follows redirects of reading requests itself: credentials stay with the host
/// that they are for, and nothing that began encrypted goes on without. Thread-safe.
public final class Transport implements AutoCloseable {
    private static final int MAX_REDIRECTS = 8;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client;
    private final Duration patience;
    private final String userAgent;

    /// @param client shut down with this
    /// @param patience how long an answer's head, 16 KiB of a body, or the next byte of an upload
    ///   may take
    public Transport(HttpClient client, Duration patience, String userAgent) {
        this.client = client;
        this.patience = patience;
        this.userAgent = userAgent;
    }

    /// Waits for the answer's head.
    ///
    /// @throws IOException when there is no answer; every status is an answer
    public Answer send(String method, URI uri, Map<String, String> headers, Outgoing body)
            throws IOException {
        URI at = uri;
        Map<String, String> sent = new LinkedHashMap<>(headers);
        boolean reading = method.equals("GET") || method.equals("HEAD");
        for (int i = 0; ; i++) {
            Answer answer = once(method, at, sent, body);
            String location = answer.header("Location");
            if (!reading || !REDIRECTS.contains(answer.status()) || location.isEmpty()) {
                return answer;
            }
            answer.close();
            if (i == MAX_REDIRECTS) {
                throw new IOException(uri + ": more than " + MAX_REDIRECTS + " redirects");
            }
            URI to = target(at, location);
            if (!sameOrigin(at, to)) {
                sent.remove("Authorization");
            }
            at = to;
        }
    }

    private static URI target(URI from, String location) throws IOException {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException(from + ": redirected to no address: " + location, e);
        }
        String scheme = String.valueOf(to.getScheme());
        if (to.getHost() == null || !scheme.equals("https") && !scheme.equals("http")) {
            throw new IOException(from + ": redirected to no address: " + location);
        }
        if (from.getScheme().equals("https") && scheme.equals("http")) {
            throw new IOException(from + ": refusing to be redirected from https to http: " + to);
        }
        return to;
    }

    /// Same scheme, host and port.
    public static boolean sameOrigin(URI a, URI b) {
        return String.valueOf(a.getScheme()).equals(b.getScheme())
                && String.valueOf(a.getAuthority())
                        .toLowerCase(Locale.ROOT)
                        .equals(String.valueOf(b.getAuthority()).toLowerCase(Locale.ROOT));
    }

    private Answer once(String method, URI uri, Map<String, String> headers, Outgoing body)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, body.publisher());
        request.setHeader("User-Agent", userAgent);
        headers.forEach(request::setHeader);
        CompletableFuture<HttpResponse<BodyStream>> coming =
                client.sendAsync(request.build(), head -> new BodyStream(patience));
        HttpResponse<BodyStream> response = await(coming, body);
        return new Answer(uri, response.statusCode(), response.headers(), response.body());
    }

    /// Waits as long as something moves.
    private <T> T await(CompletableFuture<T> coming, Outgoing body) throws IOException {
        long before = -1;
        try {
            while (true) {
                long sent = body.sentBytes();
                if (sent == before) {
                    throw new HttpTimeoutException(
                            "no answer came in " + patience.toSeconds() + " s");
                }
                before = sent;
                try {
                    return coming.get(patience.toNanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    // an upload may still be going on
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            coming.cancel(true);
        }
    }

    /// Breaks everything off. Does not wait for the client's thread, which ends soon: that wait has
    /// no deadline.
    @Override
    public void close() {
        client.shutdownNow();
    }
}
