package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.session.Stream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// The containers that `stats` shows, each followed by a thread of its own. Thread-safe.
final class StatsBoard {
    private final Session session;
    private final boolean stream;
    private final boolean whole;
    private final Map<String, Watched> all = new LinkedHashMap<>();

    /// @param stream go on after the first figures
    /// @param whole show whole ids
    StatsBoard(Session session, boolean stream, boolean whole) {
        this.session = session;
        this.stream = stream;
        this.whole = whole;
    }

    /// Starts to follow a container; does nothing when it is followed already.
    synchronized void add(String container) {
        if (!all.containsKey(container)) {
            Watched watched = new Watched(container);
            all.put(container, watched);
            Thread.startVirtualThread(watched::follow);
        }
    }

    synchronized void remove(String container) {
        Watched watched = all.remove(container);
        if (watched != null) {
            watched.close();
        }
    }

    /// In the order in which they were added.
    synchronized List<StatsRow> rows() {
        List<StatsRow> rows = new ArrayList<>();
        for (Watched watched : all.values()) {
            rows.add(new StatsRow(watched.container, watched.figures, whole));
        }
        return rows;
    }

    /// Waits until there are figures of every container.
    ///
    /// @throws Failure when there are none of some; names all of these
    void awaitFirst() {
        List<Watched> now;
        synchronized (this) {
            now = new ArrayList<>(all.values());
        }
        List<String> failures = new ArrayList<>();
        for (Watched watched : now) {
            try {
                watched.first.await();
            } catch (InterruptedException e) {
                throw new Failure("interrupted");
            }
            Failure failure = watched.failure;
            if (failure != null) {
                failures.add(failure.getMessage());
            }
        }
        if (!failures.isEmpty()) {
            throw new Failure(String.join("\n", failures));
        }
    }

    private final class Watched {
        private final String container;
        private final CountDownLatch first = new CountDownLatch(1);
        private volatile @Nullable StatsFigures figures;
        private volatile @Nullable Failure failure;
        private volatile @Nullable Stream open;
        private volatile boolean closed;

        Watched(String container) {
            this.container = container;
        }

        void follow() {
            String target =
                    Query.of("/containers/" + Query.segment(container) + "/stats")
                            .with("stream", stream ? "1" : "0")
                            .toString();
            try (Stream answers = session.api().stream("GET", target, null)) {
                open = answers;
                for (JsonObject answer = answers.next();
                        answer != null && !closed;
                        answer = answers.next()) {
                    figures = StatsFigures.of(answer);
                    first.countDown();
                }
            } catch (Failure e) {
                failure = e;
            } catch (IOException e) {
                failure = closed ? null : new Failure("error during connect: " + e.getMessage());
            } finally {
                first.countDown();
            }
        }

        void close() {
            closed = true;
            Stream stream = open;
            if (stream != null) {
                stream.close();
            }
        }
    }
}
