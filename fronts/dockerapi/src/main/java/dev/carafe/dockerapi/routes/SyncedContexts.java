package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.context.BuildContext;
import dev.carafe.build.context.ContextArrival;
import dev.carafe.build.context.ContextSpool;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.RawStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Contexts that came before their builds: `POST /build/context?buildid=B&key=K`, an extension,
/// upgraded and as {@link ContextArrival} has it. K tells one folder of a client's from all others:
/// what the last build of it left here is not sent again. The context waits for its build, which
/// has `synced`, as long as the connection is open. Thread-safe.
final class SyncedContexts {
    private final ContextSpool spool;
    private final Map<String, BuildContext> waiting = new ConcurrentHashMap<>();

    SyncedContexts(ContextSpool spool) {
        this.spool = spool;
    }

    /// Takes a context, and keeps it until its build has it or the client leaves.
    void arrive(Exchange x) throws IOException {
        String build = x.query().text("buildid");
        String key = x.query().text("key");
        if (build.isEmpty() || key.isEmpty()) {
            throw new InvalidArgument("a context has a build (buildid) and a key");
        }
        BuildContext context = spool.kept("client/" + key);
        AtomicBoolean offered = new AtomicBoolean();
        try (RawStream raw = x.hijack("application/vnd.docker.raw-stream")) {
            Runnable then =
                    () -> {
                        offer(build, context);
                        offered.set(true);
                    };
            if (ContextArrival.run(context, raw.in(), raw.out(), then)) {
                // the end of the connection
                raw.in().read();
            }
        } finally {
            if (!offered.get() || waiting.remove(build, context)) {
                context.close();
            }
        }
    }

    private void offer(String build, BuildContext context) {
        if (waiting.putIfAbsent(build, context) != null) {
            throw new InvalidArgument("the build " + build + " has a context already");
        }
    }

    /// The context of a build; the caller closes it.
    ///
    /// @throws InvalidArgument when there is none
    BuildContext take(String build) {
        BuildContext context = waiting.remove(build);
        if (context == null) {
            throw new InvalidArgument("the context of the build " + build + " is not there");
        }
        return context;
    }
}
