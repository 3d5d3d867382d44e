package dev.carafe.registry.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;

/// A server's answer; its body is still coming in. Close it.
///
/// @param uri that answered in the end
public record Answer(URI uri, int status, HttpHeaders headers, BodyStream body)
        implements AutoCloseable {
    private static final int MAX_ERROR = 64 << 10;
    private static final long MAX_WAIT_SECONDS = 300;

    /// The header's first value; empty when it is not there.
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /// The header as a number; -1 when it is none.
    public long number(String name) {
        try {
            return Long.parseLong(header(name).strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    public List<Challenge> challenges() {
        return Challenge.parse(headers.allValues("WWW-Authenticate"));
    }

    /// The whole body.
    ///
    /// @throws IOException also when it is longer than `maxBytes`
    public byte[] bytes(int maxBytes) throws IOException {
        byte[] bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw new IOException(
                    "the answer of " + uri + " is longer than " + maxBytes + " bytes");
        }
        return bytes;
    }

    /// What to throw for it; reads and closes the body.
    public Refused refusal() {
        byte[] told;
        try (this) {
            told = body.readNBytes(MAX_ERROR);
        } catch (IOException e) {
            told = new byte[0];
        }
        // a date instead of seconds is not worth understanding: the usual back-off does
        long wait = Math.clamp(number("Retry-After"), -1, MAX_WAIT_SECONDS);
        return Refused.from(status, challenges(), told, Duration.ofSeconds(wait));
    }

    @Override
    public void close() {
        body.close();
    }
}
