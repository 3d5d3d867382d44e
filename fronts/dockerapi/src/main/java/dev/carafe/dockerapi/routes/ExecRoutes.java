package dev.carafe.dockerapi.routes;

import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.RawStream;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.CreateWire;
import dev.carafe.dockerapi.wire.InspectWire;
import dev.carafe.dockermodel.ExecCreateRequest;
import dev.carafe.dockermodel.ExecStartRequest;
import dev.carafe.dockermodel.IdResponse;
import dev.carafe.engine.Engine;
import dev.carafe.engine.config.ConsoleSize;
import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.streams.AttachSession;
import dev.carafe.engine.view.ExecView;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Running further processes in containers.
final class ExecRoutes {
    private final Engine engine;
    private final Replies replies;

    ExecRoutes(Engine engine, Replies replies) {
        this.engine = engine;
        this.replies = replies;
    }

    void addTo(Router router) {
        router.post("/containers/{id*}/exec", this::create);
        router.post("/exec/{id}/start", this::start);
        router.post("/exec/{id}/resize", this::resize);
        router.get("/exec/{id}/json", this::inspect);
    }

    private void create(Exchange x) throws IOException {
        ExecConfig config = CreateWire.exec(replies.body(x, ExecCreateRequest.class));
        replies.send(x, 201, new IdResponse(engine.createExec().create(x.parameter("id"), config)));
    }

    private void start(Exchange x) throws IOException {
        ExecStartRequest r =
                replies.body(x, ExecStartRequest.class, new ExecStartRequest(null, null, null));
        boolean bare = Boolean.TRUE.equals(r.tty());
        ConsoleSize size =
                bare && !x.version().before(42) ? CreateWire.console(r.consoleSize()) : null;
        if (Boolean.TRUE.equals(r.detach())) {
            engine.startExec().detached(x.parameter("id"), size);
            Replies.empty(x);
            return;
        }
        attached(x, bare, size);
    }

    /// The answer's head is out before the program starts: clients that read the head with a buffer
    /// lose what comes with it.
    ///
    /// @param bare without frames, and so without stderr: as the client asks now, whatever terminal
    ///   the exec has
    private void attached(Exchange x, boolean bare, @Nullable ConsoleSize size) throws IOException {
        ExecView exec = engine.startExec().check(x.parameter("id"));
        HijackSink sink = new HijackSink();
        try (RawStream raw = x.hijack(Frames.hijackedType(bare, x));
                AttachSession session = engine.startExec().attached(exec.id(), !bare, size, sink)) {
            sink.carry(raw, session, exec.config().attachStdin(), bare);
        } catch (IOException | RuntimeException e) {
            sink.fail(e);
            throw e;
        }
    }

    private void resize(Exchange x) throws IOException {
        LifeRoutes.Size size = LifeRoutes.Size.of(x);
        engine.resizeExec().resize(x.parameter("id"), size.rows(), size.columns());
        Replies.empty(x);
    }

    private void inspect(Exchange x) throws IOException {
        replies.ok(x, InspectWire.exec(engine.inspectExec().inspect(x.parameter("id"))));
    }
}
