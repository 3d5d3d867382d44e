package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.RawStream;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.websocket.WebSocket;
import dev.carafe.dockerapi.wire.Times;
import dev.carafe.engine.AttachContainer;
import dev.carafe.engine.Engine;
import dev.carafe.engine.ReadLogs;
import dev.carafe.engine.logs.LogQuery;
import dev.carafe.engine.streams.AttachSession;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Attaching to containers and reading their logs.
final class StreamRoutes {
    private final Engine engine;

    StreamRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.post("/containers/{id*}/attach", this::attach);
        router.get("/containers/{id*}/attach/ws", this::attachByWebSocket);
        router.get("/containers/{id*}/logs", this::logs);
    }

    private void attach(Exchange x) throws IOException {
        AttachContainer.Options options =
                new AttachContainer.Options(
                        x.query().flag("stdin"),
                        x.query().flag("stdout"),
                        x.query().flag("stderr"),
                        x.query().flag("logs"),
                        x.query().flag("stream"),
                        detachKeys(x));
        HijackSink sink = new HijackSink();
        try (AttachSession session =
                        engine.attachContainer().attach(x.parameter("id"), options, sink);
                RawStream raw = x.hijack(Frames.hijackedType(session.tty(), x))) {
            sink.carry(raw, session, options.stdin(), session.tty());
        } catch (IOException | RuntimeException e) {
            sink.fail(e);
            throw e;
        }
    }

    /// Without frames for stdout and stderr, whether there is a terminal or not. Before 1.42 all
    /// three streams come, whatever was asked.
    private void attachByWebSocket(Exchange x) throws IOException {
        boolean all = x.version().before(42);
        AttachContainer.Options options =
                new AttachContainer.Options(
                        all || x.query().flag("stdin"),
                        all || x.query().flag("stdout"),
                        all || x.query().flag("stderr"),
                        x.query().flag("logs"),
                        x.query().flag("stream"),
                        detachKeys(x));
        engine.inspectContainer().check(x.parameter("id"));
        WebSocket.Opening opening = WebSocket.Opening.of(x);
        HijackSink sink = new HijackSink();
        try (AttachSession session =
                        engine.attachContainer().attach(x.parameter("id"), options, sink);
                RawStream socket = opening.accept(!x.version().before(28))) {
            sink.carry(socket, session, true, true);
        } catch (IOException | RuntimeException e) {
            sink.fail(e);
            throw e;
        }
    }

    private static @Nullable String detachKeys(Exchange x) {
        String keys = x.query().text("detachKeys");
        return keys.isEmpty() ? null : keys;
    }

    private void logs(Exchange x) throws IOException {
        ReadLogs.Source container = engine.readLogs().source(x.parameter("id"));
        LogQuery query = query(x);
        if (!query.stdout() && !query.stderr()) {
            throw new InvalidArgument("Bad parameters: you must choose at least one stream");
        }
        String type = Frames.contentType(container.tty(), x.version());
        Gone gone = new Gone(Thread.currentThread());
        try (LazyOutput out =
                new LazyOutput(
                        () -> query.follow() ? x.live(200, type, gone) : x.stream(200, type))) {
            engine.readLogs()
                    .read(container.id(), query, new LogWriter(out, container.tty(), query));
            out.whole();
        } catch (RuntimeException e) {
            if (gone.seen()) {
                throw new IOException("the client left", e);
            }
            throw e;
        } finally {
            gone.over();
        }
    }

    /// Wakes the thread that reads a log when its client has left.
    private static final class Gone implements Runnable {
        private final ReentrantLock lock = new ReentrantLock();
        private final Thread reader;
        private boolean seen;
        private boolean over;

        Gone(Thread reader) {
            this.reader = reader;
        }

        @Override
        public void run() {
            lock.lock();
            try {
                seen = true;
                if (!over) {
                    reader.interrupt();
                }
            } finally {
                lock.unlock();
            }
        }

        boolean seen() {
            lock.lock();
            try {
                return seen;
            } finally {
                lock.unlock();
            }
        }

        /// From here on the thread is not interrupted any more, nor does it look as if it were.
        void over() {
            lock.lock();
            try {
                over = true;
                Thread.interrupted();
            } finally {
                lock.unlock();
            }
        }
    }

    private static LogQuery query(Exchange x) {
        return new LogQuery(
                x.query().flag("stdout"),
                x.query().flag("stderr"),
                x.query().flag("follow"),
                Times.parse(x.query().text("since").equals("0") ? "" : x.query().text("since")),
                Times.parse(x.query().text("until").equals("0") ? "" : x.query().text("until")),
                tail(x.query().text("tail")),
                x.query().flag("timestamps"),
                x.query().flag("details"));
    }

    /// `all`, a number, or anything else: all.
    private static int tail(String text) {
        try {
            return Math.max(-1, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
