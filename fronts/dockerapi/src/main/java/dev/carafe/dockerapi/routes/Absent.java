package dev.carafe.dockerapi.routes;

import dev.carafe.base.NotFound;
import dev.carafe.base.NotImplemented;
import dev.carafe.base.Subject;
import dev.carafe.base.Unavailable;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Handler;
import dev.carafe.dockerapi.http.Router;
import java.util.List;
import java.util.Map;

/// Parts of Docker's API that this engine does not have: swarm (503, as from a dockerd that is in
/// none), plugins, and what is still to come (501).
final class Absent {
    private static final List<String> METHODS = List.of("GET", "POST", "DELETE", "PUT", "HEAD");
    private static final List<String> SWARM =
            List.of("/swarm", "/nodes", "/services", "/tasks", "/secrets", "/configs");
    private static final Map<String, String> TO_COME =
            Map.of(
                    "/session", "building images with BuildKit",
                    "/grpc", "building images with BuildKit");

    private Absent() {}

    static void addTo(Router router, Replies replies) {
        Handler noSwarm =
                x -> {
                    throw new Unavailable(
                            "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to connect this node to swarm and try again.");
                };
        for (String method : METHODS) {
            for (String path : SWARM) {
                router.add(method, path, noSwarm).add(method, path + "/{rest*}", noSwarm);
            }
        }
        router.get("/plugins/{name}/json", Absent::noPlugin);
        router.get("/plugins", x -> replies.ok(x, List.of()));
        for (String method : METHODS) {
            router.add(method, "/plugins/{rest*}", notYet("plugins"));
        }
        for (String method : List.of("GET", "POST")) {
            router.add(method, "/containers/{id*}/checkpoints", Absent::notExperimental);
        }
        TO_COME.forEach((path, what) -> router.post(path, notYet(what)));
    }

    private static void noPlugin(Exchange x) {
        String name = x.parameter("name");
        throw new NotFound(new Subject("plugin", name), "plugin \"" + name + "\" not found");
    }

    private static void notExperimental(Exchange x) {
        throw new NotImplemented(
                "This experimental feature is disabled by default. Start the Docker daemon in"
                        + " experimental mode in order to enable it.");
    }

    private static Handler notYet(String what) {
        return x -> {
            throw new NotImplemented(what + " is not supported yet");
        };
    }
}
