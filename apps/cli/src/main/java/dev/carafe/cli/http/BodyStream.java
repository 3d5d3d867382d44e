package dev.carafe.cli.http;

import dev.carafe.base.BulkInput;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of an answer: by length, in chunks, or to the connection's end.
final class BodyStream extends BulkInput {
    private static final long TO_THE_END = -1;
    private static final long CHUNKED = -2;

    private final HttpConnection connection;
    private final boolean chunked;
    private final boolean toTheEnd;

    /// Bytes left of the body, or of the chunk.
    private long left;

    private boolean firstChunk = true;
    private boolean finished;

    private BodyStream(HttpConnection connection, long length) {
        this.connection = connection;
        this.chunked = length == CHUNKED;
        this.toTheEnd = length == TO_THE_END;
        this.left = Math.max(0, length);
        this.finished = length == 0;
    }

    static BodyStream of(HttpConnection connection, int status, Map<String, String> headers)
            throws IOException {
        if (status == 204 || status == 304) {
            return new BodyStream(connection, 0);
        }
        if (status == 101) {
            return new BodyStream(connection, TO_THE_END);
        }
        if (isChunked(headers.get("transfer-encoding"))) {
            return new BodyStream(connection, CHUNKED);
        }
        String length = headers.get("content-length");
        try {
            return new BodyStream(connection, length == null ? TO_THE_END : Long.parseLong(length));
        } catch (NumberFormatException e) {
            throw new IOException("bad Content-Length: " + length, e);
        }
    }

    private static boolean isChunked(@Nullable String encoding) {
        return encoding != null && encoding.equalsIgnoreCase("chunked");
    }

    boolean finished() {
        return finished && !toTheEnd;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (finished || length == 0) {
            return finished ? -1 : 0;
        }
        if (chunked && left == 0 && !nextChunk()) {
            finished = true;
            return -1;
        }
        int n =
                connection.readRaw(
                        target, offset, toTheEnd ? length : (int) Math.min(length, left));
        if (n < 0) {
            finished = true;
            if (!toTheEnd) {
                throw new EOFException("the answer is cut off");
            }
            return -1;
        }
        left -= n;
        // a chunked body ends with its last, empty chunk: look for it only when asked for more, it
        // may be long in coming
        finished = !chunked && !toTheEnd && left == 0;
        return n;
    }

    private boolean nextChunk() throws IOException {
        if (!firstChunk) {
            connection.line();
        }
        firstChunk = false;
        String line = connection.line();
        int extension = line.indexOf(';');
        try {
            left = Long.parseLong((extension < 0 ? line : line.substring(0, extension)).trim(), 16);
        } catch (NumberFormatException e) {
            throw new IOException("bad chunk size: " + line, e);
        }
        if (left == 0) {
            while (!connection.line().isEmpty()) {
                // trailers mean nothing to us
            }
            return false;
        }
        return true;
    }
}
