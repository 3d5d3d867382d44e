package dev.carafe.dockerapi.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One request and its answer, on a virtual thread of its own: everything here may block. Exactly
/// one of {@link #send}, {@link #stream}, {@link #live} and {@link #hijack} gives the answer. Not
/// thread-safe, but for reading the body while another thread writes the answer.
public interface Exchange {
    String method();

    /// Decoded, without the version prefix.
    String path();

    Query query();

    /// @param name in any case; null when absent
    @Nullable String header(String name);

    /// The version that the path asked for, else {@link ApiVersion#CURRENT}.
    ApiVersion version();

    /// The part of the path that a `{name}` of the route's pattern stands for.
    String parameter(String name);

    InputStream body() throws IOException;

    /// Whether a body was announced (a length other than 0, or chunks).
    boolean hasBody();

    /// Breaks the connection off when the client lets that much time pass without a byte, from now
    /// to the end of this request. Without it a client may take its time.
    void endAfterSilence(Duration longest);

    /// Adds a header to the answer that is not yet given.
    void header(String name, String value);

    /// The whole answer.
    void send(int status, @Nullable String contentType, byte[] body) throws IOException;

    /// An answer of unknown length. Its head is sent at once, each {@link OutputStream#flush} sends
    /// what there is. Closing it ends the answer; leaving it open when the handler throws breaks
    /// the connection off, so that the client sees that something is missing.
    OutputStream stream(int status, String contentType) throws IOException;

    /// As {@link #stream} for answers that can be silent for a long time: `gone` runs when the
    /// client leaves meanwhile. The connection is not used again.
    OutputStream live(int status, String contentType, Runnable gone) throws IOException;

    /// Takes the connection out of HTTP: `101 UPGRADED` when the client asked for an upgrade, else
    /// `200 OK`, and from there raw bytes both ways.
    RawStream hijack(String contentType) throws IOException;

    /// Whether the answer's head is out: an error can then only be told within it.
    boolean committed();
}
