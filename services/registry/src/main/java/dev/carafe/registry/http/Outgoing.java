package dev.carafe.registry.http;

import dev.carafe.base.BulkFilter;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.atomic.AtomicLong;

/// A request's body.
public sealed interface Outgoing {
    /// Opens the bytes once for each attempt.
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    /// No body.
    record None() implements Outgoing {}

    /// A small one.
    record Bytes(byte[] content) implements Outgoing {}

    /// A long one.
    ///
    /// @param length in bytes; -1 when it is not known
    /// @param sent counts the bytes given to the connection
    record Stream(Source source, long length, AtomicLong sent) implements Outgoing {}

    static Outgoing none() {
        return new None();
    }

    static Outgoing stream(Source source, long length) {
        return new Stream(source, length, new AtomicLong());
    }

    /// How many bytes went out, for a watch over progress.
    default long sentBytes() {
        return this instanceof Stream stream ? stream.sent.get() : 0;
    }

    default BodyPublisher publisher() {
        return switch (this) {
            case None none -> BodyPublishers.noBody();
            case Bytes bytes -> BodyPublishers.ofByteArray(bytes.content);
            case Stream stream -> {
                BodyPublisher unknown =
                        BodyPublishers.ofInputStream(() -> new Counted(stream).opened());
                yield stream.length < 0
                        ? unknown
                        : BodyPublishers.fromPublisher(unknown, stream.length);
            }
        };
    }

    /// Counts what is read, and shows a failure to open as one of reading.
    final class Counted {
        private final Stream stream;

        private Counted(Stream stream) {
            this.stream = stream;
        }

        private InputStream opened() {
            try {
                return new BulkFilter(stream.source.open()) {
                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        int count = in.read(bytes, offset, length);
                        stream.sent.addAndGet(Math.max(0, count));
                        return count;
                    }
                };
            } catch (IOException e) {
                return new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw e;
                    }
                };
            }
        }
    }
}
