package dev.carafe.dockerapi;

import dev.carafe.dockerapi.config.ApiOptions;
import dev.carafe.dockerapi.http.Front;
import dev.carafe.dockerapi.jetty.JettyServer;
import dev.carafe.dockerapi.routes.Routes;
import dev.carafe.engine.Engine;
import java.util.Map;
import java.util.function.IntSupplier;

/// Serves `/metrics` for Prometheus on a port of its own, as dockerd's `--metrics-addr` does, and
/// nothing else: who may read figures may not start containers.
public final class MetricsServer implements AutoCloseable {
    private final JettyServer server;

    public MetricsServer(Engine engine, ApiOptions options) {
        server = new JettyServer(new Front(Routes.metrics(engine, options), Map.of()));
    }

    /// @return the port once started, for port 0
    public IntSupplier listen(String host, int port) {
        return server.listenTcp(host, port, null, false);
    }

    /// @throws dev.carafe.base.Unavailable the address can't be had
    public void start() {
        server.start();
    }

    @Override
    public void close() {
        server.close();
    }
}
