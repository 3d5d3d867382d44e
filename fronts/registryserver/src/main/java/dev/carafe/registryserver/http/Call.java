package dev.carafe.registryserver.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// One request and its answer. Used by one thread.
public interface Call {
    /// Answers a request.
    @FunctionalInterface
    interface Work {
        void answer(Call call) throws IOException;
    }

    String method();

    /// As it came, without the query.
    String path();

    Optional<String> header(String name);

    /// The parameter's first value, decoded; empty when it is not there.
    ///
    /// @throws ApiError when the query can't be decoded
    default Optional<String> query(String name) {
        return queries(name).stream().findFirst();
    }

    /// Every value of the parameter, decoded, in order.
    ///
    /// @throws ApiError when the query can't be decoded
    List<String> queries(String name);

    /// The request's body; ends at once where there is none.
    InputStream body();

    /// Sets a header of the answer.
    Call with(String name, Object value);

    /// The whole answer; to HEAD only its head.
    void send(int status, byte[] content) throws IOException;

    /// Only the head of an answer of so many bytes.
    void head(int status, long length) throws IOException;

    /// Begins an answer of so many bytes; the caller writes them and closes the stream.
    OutputStream stream(int status, long length);

    boolean begun();

    /// An answer without a body.
    default void end(int status) throws IOException {
        send(status, new byte[0]);
    }

    default void json(int status, byte[] content) throws IOException {
        with("Content-Type", "application/json").send(status, content);
    }
}
