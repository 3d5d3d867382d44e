package dev.carafe.build.context;

import dev.carafe.base.Subject;
import dev.carafe.base.Unavailable;
import dev.carafe.build.steps.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// A file of another server, fetched by HTTP; redirections are followed, but not from https to
/// http.
public final class RemoteFile {
    private static final long MAX_BYTES = 10L << 30;
    private static final Duration CONNECTING = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private RemoteFile() {}

    /// What is done with the file while it comes.
    @FunctionalInterface
    public interface Use<T> {
        /// @param content closed by the caller
        T take(HttpHeaders headers, InputStream content) throws IOException;
    }

    /// @param what before each message: what it was fetched for
    /// @param cancellation ends it
    /// @throws Unavailable when it can't be fetched
    public static <T> T get(String url, String what, Cancellation cancellation, Use<T> use) {
        try (HttpClient client =
                        HttpClient.newBuilder()
                                .followRedirects(HttpClient.Redirect.NORMAL)
                                .connectTimeout(CONNECTING)
                                .build();
                Cancellation.Running _ = cancellation.begin(client::shutdownNow)) {
            HttpResponse<InputStream> response =
                    client.send(
                            HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = new RemoteBody(response.body(), MAX_BYTES)) {
                if (response.statusCode() >= 400) {
                    throw new Unavailable(
                            what
                                    + "failed to GET "
                                    + url
                                    + " with status "
                                    + response.statusCode());
                }
                return use.take(response.headers(), body);
            }
        } catch (IOException | IllegalArgumentException e) {
            cancellation.check();
            throw new Unavailable(Subject.NONE, what + RemoteFailure.words(url, e), e);
        } catch (InterruptedException e) {
            cancellation.check();
            Thread.currentThread().interrupt();
            throw new Unavailable(Subject.NONE, what + "Get \"" + url + "\": interrupted", e);
        }
    }
}
