package dev.carafe.build.context;

import dev.carafe.base.CarafeException;
import dev.carafe.base.ClientTls;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.PermissionDenied;
import dev.carafe.base.Subject;
import dev.carafe.base.Unauthenticated;
import dev.carafe.build.steps.Cancellation;
import dev.carafe.build.steps.Material;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/// A file of a server, by http or https. What certifies the server is known to the JDK or to this
/// host.
///
/// @param maxBytes longer ones are refused
/// @param before what failures begin with, `ADD failed: `; may be empty
public record RemoteFile(String url, long maxBytes, String before) {
    private static final Duration TO_CONNECT = Duration.ofSeconds(30);
    private static final Duration TO_ANSWER = Duration.ofMinutes(5);
    private static final int ERROR_TEXT = 4 << 10;

    /// What is done with an answer; the body ends with an error when it is silent for too long.
    ///
    /// @param <T> what comes of it
    @FunctionalInterface
    public interface Use<T> {
        /// @param bytes how long the body will be, -1 when the server does not say
        T with(HttpHeaders headers, long bytes, InputStream body) throws IOException;
    }

    /// Reads it without a proxy.
    public <T> T read(Cancellation cancellation, Use<T> use) {
        return read(HttpClient.Builder.NO_PROXY, cancellation, use);
    }

    /// @param cancellation ends it
    /// @throws CarafeException by the server's status when it refuses, Internal when it can't be
    ///   reached or breaks off; in docker's words
    public <T> T read(ProxySelector proxies, Cancellation cancellation, Use<T> use) {
        URI address = address();
        try (HttpClient client = client(address, proxies);
                Cancellation.Running _ = cancellation.begin(client::shutdownNow)) {
            HttpResponse<InputStream> response =
                    client.send(
                            HttpRequest.newBuilder(address).timeout(TO_ANSWER).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = new RemoteBody(response.body(), maxBytes)) {
                if (response.statusCode() >= 400) {
                    throw refused(response.statusCode(), body);
                }
                long bytes = response.headers().firstValueAsLong("Content-Length").orElse(-1);
                return use.with(response.headers(), bytes, body);
            }
        } catch (IOException e) {
            cancellation.check();
            throw new Internal(Subject.NONE, before + RemoteFailure.words(shown(), e), e);
        } catch (InterruptedException e) {
            cancellation.check();
            Thread.currentThread().interrupt();
            throw new Internal(Subject.NONE, before + "Get \"" + shown() + "\": interrupted", e);
        }
    }

    private String shown() {
        return Material.withoutPassword(url);
    }

    private URI address() {
        try {
            URI address = URI.create(url.replace(" ", "%20"));
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw wrong("unsupported protocol scheme \"" + address.getScheme() + "\"");
            }
            if (address.getHost() == null) {
                throw wrong("no host in the address");
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private InvalidArgument wrong(String why) {
        return new InvalidArgument(before + "Get \"" + shown() + "\": " + why);
    }

    private static HttpClient client(URI address, ProxySelector proxies) throws IOException {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(TO_CONNECT)
                        .proxy(proxies);
        boolean plain = "http".equalsIgnoreCase(address.getScheme());
        return plain ? builder.build() : builder.sslContext(ClientTls.ofHost().context()).build();
    }

    private CarafeException refused(int status, InputStream body) throws IOException {
        String said = new String(body.readNBytes(ERROR_TEXT), StandardCharsets.UTF_8).strip();
        String text =
                before
                        + "failed to GET "
                        + shown()
                        + " with status "
                        + RemoteFailure.status(status)
                        + ": "
                        + said;
        return switch (status) {
            case 400 -> new InvalidArgument(text);
            case 401 -> new Unauthenticated(text);
            case 403 -> new PermissionDenied(text);
            case 404 -> new NotFound(text);
            default -> new Internal(text);
        };
    }
}
