package dev.carafe.registryserver;

import dev.carafe.base.Unavailable;
import dev.carafe.registry.Registries;
import dev.carafe.registryserver.access.Htpasswd;
import dev.carafe.registryserver.jetty.HttpServer;
import dev.carafe.registryserver.routes.Routes;
import dev.carafe.registryserver.store.Shelves;
import dev.carafe.registryserver.upstream.Upstream;

/// A registry on one socket. Thread-safe.
public final class RegistryServer implements AutoCloseable {
    private final HttpServer server;

    private RegistryServer(HttpServer server) {
        this.server = server;
    }

    /// Opens store and socket.
    ///
    /// @param registries to reach the upstream by
    /// @throws Unavailable when the address can't be had
    public static RegistryServer start(RegistryServerOptions options, Registries registries) {
        Shelves shelves = new Shelves(options.root());
        Upstream upstream =
                options.upstream()
                        .map(host ->
                                new Upstream(
                                        shelves, registries, host, options.upstreamCredentials()))
                        .orElse(null);
        Htpasswd users = options.htpasswd().map(Htpasswd::new).orElse(null);
        HttpServer server =
                new HttpServer(
                        options.host(),
                        options.port(),
                        options.tls(),
                        new Routes(shelves, upstream, users, options.readOnly()));
        try {
            server.start();
            return new RegistryServer(server);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /// The port that it listens on.
    public int port() {
        return server.port();
    }

    /// Breaks off what is under way.
    @Override
    public void close() {
        server.close();
    }
}
