package dev.carafe.dockerapi.routes;

import dev.carafe.base.CarafeException;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.steps.BuildOutput;
import dev.carafe.build.steps.StepFailed;
import dev.carafe.dockerapi.http.Errors;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockermodel.ErrorDetail;
import dev.carafe.dockermodel.ProgressMessage;
import dev.carafe.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The answer of a build: one JSON object a line with CRLF. It begins with its first line, so that
/// an error before that is a plain answer; from then on a client that leaves cancels the build.
final class BuildStream implements BuildOutput, AutoCloseable {
    /// What a step writes to stderr is red, whether the client has a terminal or not: bright red,
    /// and back (ECMA-48 SGR, and its extension for bright colours).
    private static final String RED = "\u001b[91m";

    private static final String PLAIN = "\u001b[0m";

    private final LazyOutput out;
    private final Replies replies;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean quiet;

    BuildStream(Exchange x, Replies replies, Runnable gone) {
        this.out = new LazyOutput(() -> x.live(200, Replies.JSON, gone));
        this.replies = replies;
    }

    /// Runs the build and ends the stream. An error after the first line is told in the stream.
    ///
    /// @param quiet hold the build's words back, to be shown only when it fails
    void run(boolean quiet, BuildRoutes.Work work) throws IOException {
        run(quiet, false, work);
    }

    /// @param bySteps whether the client is told of steps: then failures have BuildKit's words, and
    ///   their lines
    void run(boolean quiet, boolean bySteps, BuildRoutes.Work work) throws IOException {
        this.quiet = quiet;
        try {
            work.run(this);
        } catch (StepFailed e) {
            error(e.code(), withHeld(bySteps ? e.process() : e.text()));
        } catch (RuntimeException e) {
            Optional<Source> place =
                    e instanceof CarafeException known && bySteps
                            ? Source.of(known.subject())
                            : Optional.empty();
            if (e instanceof UncheckedIOException || place.isEmpty() && out.giveUp()) {
                throw e;
            }
            if (place.isPresent()) {
                line(StepLines.place(place.get()));
            }
            error(null, withHeld(Errors.message(e)));
        }
        out.whole();
    }

    private String withHeld(String message) {
        return held.size() == 0 ? message : held.toString(StandardCharsets.UTF_8) + message;
    }

    private void error(@Nullable Integer code, String text) throws IOException {
        line(
                new ProgressMessage(
                        null, null, null, null, null, text, new ErrorDetail(code, text), null));
    }

    /// Text for the client, also of a quiet build.
    void text(String text) throws IOException {
        line(new ProgressMessage(text, null, null, null, null, null, null, null));
    }

    @Override
    public void write(boolean stderr, byte[] bytes, int offset, int length) {
        if (quiet) {
            held.write(bytes, offset, length);
            return;
        }
        try {
            String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
            text(stderr ? RED + text + PLAIN : text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void image(Digest id) {
        if (quiet) {
            return;
        }
        try {
            line(
                    new ProgressMessage(
                            null, null, null, null, null, null, null, Map.of("ID", id.toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void line(ProgressMessage message) throws IOException {
        byte[] line = replies.line(message);
        byte[] crlf = new byte[line.length + 1];
        System.arraycopy(line, 0, crlf, 0, line.length - 1);
        crlf[line.length - 1] = '\r';
        crlf[line.length] = '\n';
        out.write(crlf);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
