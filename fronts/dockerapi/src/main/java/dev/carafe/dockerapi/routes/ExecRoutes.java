package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.RawStream;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.wire.CreateWire;
import dev.carafe.dockerapi.wire.InspectWire;
import dev.carafe.dockermodel.ExecCreateRequest;
import dev.carafe.dockermodel.ExecStartRequest;
import dev.carafe.dockermodel.IdResponse;
import dev.carafe.engine.Engine;
import dev.carafe.engine.StartExec;
import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.streams.AttachSession;
import dev.carafe.engine.view.ExecView;
import java.io.IOException;

/// Running further processes in containers.
final class ExecRoutes {
    private final Engine engine;
    private final Replies replies;

    ExecRoutes(Engine engine, Replies replies) {
        this.engine = engine;
        this.replies = replies;
    }

    void addTo(Router router) {
        router.post("/containers/{id}/exec", this::create);
        router.post("/exec/{id}/start", this::start);
        router.post("/exec/{id}/resize", this::resize);
        router.get("/exec/{id}/json", this::inspect);
    }

    private void create(Exchange x) throws IOException {
        ExecConfig config = CreateWire.exec(replies.body(x, ExecCreateRequest.class));
        if (config.command().isEmpty()) {
            throw new InvalidArgument("no exec command specified");
        }
        replies.send(x, 201, new IdResponse(engine.createExec().create(x.parameter("id"), config)));
    }

    private void start(Exchange x) throws IOException {
        ExecStartRequest r =
                replies.body(x, ExecStartRequest.class, new ExecStartRequest(null, null, null));
        boolean detach = Boolean.TRUE.equals(r.detach());
        StartExec.Options options =
                new StartExec.Options(
                        detach, Boolean.TRUE.equals(r.tty()), CreateWire.console(r.consoleSize()));
        if (detach) {
            engine.startExec()
                    .start(x.parameter("id"), options, (kind, data, offset, length) -> {})
                    .close();
            Replies.empty(x);
            return;
        }
        attached(x, options);
    }

    private void attached(Exchange x, StartExec.Options options) throws IOException {
        ExecView exec = engine.inspectExec().inspect(x.parameter("id"));
        HijackSink sink = new HijackSink();
        try (AttachSession session = engine.startExec().start(exec.id(), options, sink);
                RawStream raw = x.hijack(Frames.contentType(session.tty(), x.version()))) {
            sink.carry(raw, session, exec.config().attachStdin(), session.tty());
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
