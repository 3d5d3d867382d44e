package dev.carafe.dockerapi.routes;

import dev.carafe.base.NotFound;
import dev.carafe.base.NotImplemented;
import dev.carafe.base.Subject;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockermodel.VolumeList;
import java.io.IOException;
import java.util.List;

/// Volumes: there are none with a name yet.
final class VolumeRoutes {
    private final Replies replies;

    VolumeRoutes(Replies replies) {
        this.replies = replies;
    }

    void addTo(Router router) {
        router.get("/volumes", x -> replies.ok(x, new VolumeList(List.of(), null)));
        router.get("/volumes/{name}", VolumeRoutes::missing);
        router.delete("/volumes/{name}", this::remove);
        router.post(
                "/volumes/create",
                x -> {
                    throw new NotImplemented("named volumes are not supported yet");
                });
    }

    private void remove(Exchange x) throws IOException {
        if (x.query().flag("force")) {
            Replies.noContent(x);
        } else {
            missing(x);
        }
    }

    private static void missing(Exchange x) {
        String name = x.parameter("name");
        throw new NotFound(new Subject("volume", name), "get " + name + ": no such volume");
    }
}
