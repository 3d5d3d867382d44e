package dev.carafe.dockerapi;

import dev.carafe.build.BuildImage;
import dev.carafe.dockerapi.config.ApiOptions;
import dev.carafe.dockerapi.config.GrpcDoor;
import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockerapi.http.Front;
import dev.carafe.dockerapi.jetty.JettyServer;
import dev.carafe.dockerapi.routes.Routes;
import dev.carafe.engine.Engine;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The Engine API on sockets: add listeners, {@link #start}, and close at the end. The engine is
/// the caller's to close.
public final class DockerApi implements AutoCloseable {
    private final JettyServer server;

    public DockerApi(Engine engine, BuildImage builds, GrpcDoor grpc, ApiOptions options) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Api-Version", ApiVersion.CURRENT.toString());
        headers.put("Docker-Experimental", "false");
        headers.put("Ostype", "linux");
        headers.put("Server", "Docker/" + options.serverVersion() + " (linux)");
        server = new JettyServer(new Front(Routes.all(engine, builds, grpc, options), headers));
        server.handHttp2To(grpc);
    }

    /// @param path must be free; its mode follows the umask
    public void listenUnix(Path path) {
        server.listenUnix(path);
    }

    /// @param tls null: plain text
    /// @param clientCertificates refuse clients without a certificate that the context trusts
    /// @return the port once started, for port 0
    public IntSupplier listenTcp(
            String host, int port, @Nullable SSLContext tls, boolean clientCertificates) {
        return server.listenTcp(host, port, tls, clientCertificates);
    }

    /// Opens the sockets.
    ///
    /// @throws dev.carafe.base.Unavailable an address can't be had
    public void start() {
        server.start();
    }

    /// Closes the sockets and breaks off what is under way.
    @Override
    public void close() {
        server.close();
    }
}
