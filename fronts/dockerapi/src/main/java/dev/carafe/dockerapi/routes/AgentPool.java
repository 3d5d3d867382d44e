package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.client.AgentSocket;
import dev.carafe.dockerapi.http.RawStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Connections to the ssh agents of builds' clients. A client that forwards an agent keeps one
/// connection waiting here (`POST /build/agent?buildid=B&id=ID`, upgraded); when a step needs it,
/// one byte goes to the client, and from then on the agent's protocol goes both ways. The client
/// then offers the next. Thread-safe.
final class AgentPool {
    private static final long PATIENCE_SECONDS = 30;
    private static final int MOST_WAITING = 8;

    private final Map<String, LinkedBlockingQueue<Offer>> waiting = new ConcurrentHashMap<>();

    /// Makes the connection a raw one.
    @FunctionalInterface
    interface Upgrade {
        RawStream run() throws IOException;
    }

    private static final class Offer implements AgentSocket.Connection {
        private final RawStream raw;
        private final CountDownLatch over = new CountDownLatch(1);

        Offer(RawStream raw) {
            this.raw = raw;
        }

        @Override
        public InputStream in() {
            return raw.in();
        }

        @Override
        public OutputStream out() {
            return raw.out();
        }

        @Override
        public void close() {
            raw.close();
            over.countDown();
        }
    }

    /// Keeps the connection until it was used, or its build is over.
    void offer(String build, String id, Upgrade upgrade) throws IOException {
        LinkedBlockingQueue<Offer> queue = waiting.get(key(build, id));
        if (queue == null) {
            throw new InvalidArgument("no build with this id asks for an ssh agent " + id);
        }
        Offer offer = new Offer(upgrade.run());
        if (!queue.offer(offer) || waiting.get(key(build, id)) != queue) {
            offer.close();
            return;
        }
        try {
            offer.over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            offer.close();
        }
    }

    private static String key(String build, String id) {
        return build + "\0" + id;
    }

    /// From now on connections for these agents of a build are kept, until {@link #end}.
    void expect(String build, Set<String> ids) {
        ids.forEach(id -> waiting.put(key(build, id), new LinkedBlockingQueue<>(MOST_WAITING)));
    }

    /// Takes one of the waiting connections, or the next that comes.
    AgentSocket.Connection connect(String build, String id) throws IOException {
        LinkedBlockingQueue<Offer> queue = waiting.get(key(build, id));
        Offer offer = queue == null ? null : take(queue);
        if (offer == null) {
            throw new IOException("the client offers no connection to its ssh agent " + id);
        }
        offer.out().write(1);
        offer.out().flush();
        return offer;
    }

    private static @Nullable Offer take(LinkedBlockingQueue<Offer> queue) throws IOException {
        try {
            return queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// The build is over: what waits for it is let go.
    void end(String build, Set<String> ids) {
        for (String id : ids) {
            LinkedBlockingQueue<Offer> queue = waiting.remove(key(build, id));
            if (queue != null) {
                queue.forEach(Offer::close);
            }
        }
    }
}
