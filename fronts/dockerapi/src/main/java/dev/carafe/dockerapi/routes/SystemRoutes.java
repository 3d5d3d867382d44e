package dev.carafe.dockerapi.routes;

import dev.carafe.dockerapi.config.ApiOptions;
import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockermodel.Version;
import dev.carafe.dockermodel.VersionComponent;
import dev.carafe.dockermodel.VersionPlatform;
import dev.carafe.engine.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is about the daemon as a whole: ping, version, info.
final class SystemRoutes {
    private final ApiOptions options;
    private final InfoAnswer info;
    private final Replies replies;

    SystemRoutes(Engine engine, ApiOptions options, Replies replies) {
        this.options = options;
        this.info = new InfoAnswer(engine, options);
        this.replies = replies;
    }

    void addTo(Router router) {
        router.getAtOnce("/_ping", this::ping);
        router.head("/_ping", this::ping);
        router.getAtOnce("/version", x -> replies.ok(x, version()));
        router.get("/info", x -> replies.ok(x, info.get(x.version())));
    }

    private void ping(Exchange x) throws IOException {
        x.header("Cache-Control", "no-cache, no-store, must-revalidate");
        x.header("Pragma", "no-cache");
        x.header("Builder-Version", options.live().get().buildkit() ? "2" : "1");
        x.header("Swarm", "inactive");
        x.send(200, "text/plain; charset=utf-8", "OK".getBytes(StandardCharsets.US_ASCII));
    }

    private Version version() {
        String kernel = HostFacts.kernelVersion();
        String java =
                "java"
                        + Runtime.version().feature()
                        + "."
                        + Runtime.version().interim()
                        + "."
                        + Runtime.version().update();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("ApiVersion", ApiVersion.CURRENT.toString());
        details.put("Arch", HostFacts.goArch());
        details.put("BuildTime", options.buildTime());
        details.put("Experimental", "false");
        details.put("GitCommit", options.gitCommit());
        details.put("GoVersion", java);
        details.put("KernelVersion", kernel);
        details.put("MinAPIVersion", ApiVersion.MINIMUM.toString());
        details.put("Os", "linux");
        return new Version(
                new VersionPlatform("Carafe " + options.productVersion()),
                List.of(new VersionComponent("Engine", options.serverVersion(), details)),
                options.serverVersion(),
                ApiVersion.CURRENT.toString(),
                ApiVersion.MINIMUM.toString(),
                options.gitCommit(),
                java,
                "linux",
                HostFacts.goArch(),
                kernel,
                null,
                options.buildTime());
    }
}
