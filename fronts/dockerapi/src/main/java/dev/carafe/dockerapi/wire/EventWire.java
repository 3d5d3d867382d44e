package dev.carafe.dockerapi.wire;

import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockermodel.EventActor;
import dev.carafe.dockermodel.EventMessage;
import dev.carafe.engine.events.Event;
import java.time.Instant;
import java.util.TreeMap;

/// Lines of `GET /events`.
public final class EventWire {
    private EventWire() {}

    /// Containers and images have their old fields too, for clients before 1.52.
    public static EventMessage write(Event e, ApiVersion version) {
        boolean legacy =
                version.before(52) && (e.type().equals("container") || e.type().equals("image"));
        return new EventMessage(
                legacy ? e.action() : null,
                legacy ? e.actorId() : null,
                legacy && e.type().equals("container") ? e.attributes().get("image") : null,
                e.type(),
                e.action(),
                new EventActor(e.actorId(), new TreeMap<>(e.attributes())),
                "local",
                e.time().getEpochSecond(),
                nanos(e.time()));
    }

    private static long nanos(Instant time) {
        return Math.addExact(
                Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }
}
