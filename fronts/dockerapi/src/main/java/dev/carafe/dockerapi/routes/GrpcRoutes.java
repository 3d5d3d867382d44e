package dev.carafe.dockerapi.routes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.config.GrpcDoor;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.RawStream;
import dev.carafe.dockerapi.http.Router;
import java.io.IOException;

/// `POST /grpc` and `POST /session`: upgrades to HTTP/2 without TLS, for BuildKit's clients.
final class GrpcRoutes {
    private static final String SESSION = "X-Docker-Expose-Session-";

    private final GrpcDoor door;

    GrpcRoutes(GrpcDoor door) {
        this.door = door;
    }

    void addTo(Router router) {
        router.post("/grpc", this::control);
        router.post("/session", this::session);
    }

    private void control(Exchange x) throws IOException {
        check(x);
        RawStream raw = x.hijack("application/grpc");
        door.control(raw.in(), raw.out(), raw::close);
    }

    private void session(Exchange x) throws IOException {
        check(x);
        String id = x.header(SESSION + "Uuid");
        if (id == null || id.isEmpty()) {
            throw new InvalidArgument("no session id: the header " + SESSION + "Uuid is missing");
        }
        String key = x.header(SESSION + "Sharedkey");
        RawStream raw = x.hijack("application/grpc");
        door.session(id, key == null ? "" : key, raw.in(), raw.out(), raw::close);
    }

    private static void check(Exchange x) {
        String protocol = x.header("Upgrade");
        if (protocol == null || protocol.isEmpty()) {
            throw new InvalidArgument("no upgrade proto in request");
        }
        if (!protocol.equals("h2c")) {
            throw new InvalidArgument("protocol " + protocol + " not supported");
        }
    }
}
