package dev.carafe.dockerapi.jetty;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.base.Unavailable;
import dev.carafe.dockerapi.config.GrpcDoor;
import dev.carafe.dockerapi.http.Front;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// An HTTP server on any number of sockets. Add listeners, then start. Few threads: one selector a
/// socket, requests run on virtual threads.
public final class JettyServer implements AutoCloseable {
    private static final int MAX_HEAD_BYTES = 512 * 1024;
    private static final long IDLE_MILLIS = 300_000;
    private static final int BACKLOG = 1024;

    private final Server server;
    private @Nullable GrpcDoor door;
    private final List<AbstractConnector> connectors = new ArrayList<>();

    public JettyServer(Front front) {
        QueuedThreadPool threads = new QueuedThreadPool(32, 1, 30_000);
        threads.setName("http");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        server = new Server(threads);
        server.setHandler(new ExchangeHandler(front));
        server.setErrorHandler(new JsonErrors());
        server.setStopTimeout(0);
    }

    /// Hands connections that begin with HTTP/2 to this door; to be said before listening.
    public void handHttp2To(GrpcDoor grpc) {
        door = grpc;
    }

    /// @param path must be free; its mode follows the umask
    public void listenUnix(Path path) {
        UnixConnector connector = new UnixConnector(server, new LenientHttpFactory(http()));
        connector.setUnixDomainPath(path);
        connector.setAcceptQueueSize(BACKLOG);
        add(connector);
    }

    /// @param tls null: plain text
    /// @param clientCertificates refuse clients without one that the context trusts
    /// @return the connector's port once started, for port 0
    public IntSupplier listenTcp(
            String host, int port, @Nullable SSLContext tls, boolean clientCertificates) {
        HttpConfiguration http = http();
        HttpConnectionFactory factory = new LenientHttpFactory(http);
        ServerConnector connector;
        if (tls == null) {
            connector = new ServerConnector(server, 0, 1, factory);
        } else {
            http.addCustomizer(new SecureRequestCustomizer(false));
            SslContextFactory.Server ssl = new SslContextFactory.Server();
            ssl.setSslContext(tls);
            ssl.setNeedClientAuth(clientCertificates);
            ssl.setSniRequired(false);
            connector =
                    new ServerConnector(
                            server, 0, 1, new SslConnectionFactory(ssl, "http/1.1"), factory);
        }
        connector.setHost(host);
        connector.setPort(port);
        connector.setAcceptQueueSize(BACKLOG);
        add(connector);
        return connector::getLocalPort;
    }

    private void add(AbstractConnector connector) {
        connector.setIdleTimeout(IDLE_MILLIS);
        if (door != null) {
            connector.addConnectionFactory(new PriorKnowledge(door));
        }
        connectors.add(connector);
        server.addConnector(connector);
    }

    private static HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // for HTTP/1.0 without Host on a unix socket, whose address is none that Jetty could take
        // instead
        http.setServerAuthority(new HostPort("docker"));
        http.setRequestHeaderSize(MAX_HEAD_BYTES);
        http.setResponseHeaderSize(32 * 1024);
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.setHttpCompliance(
                HttpCompliance.LEGACY.with("docker", HttpCompliance.Violation.UNSAFE_HOST_HEADER));
        http.setUseInputDirectByteBuffers(false);
        http.setUseOutputDirectByteBuffers(false);
        return http;
    }

    /// Opens the sockets.
    ///
    /// @throws Unavailable an address can't be had; the message names it
    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw new Unavailable(Subject.NONE, "can't listen: " + e.getMessage(), e);
        } catch (Exception e) {
            throw new Internal(Subject.NONE, "can't start the API server: " + e.getMessage(), e);
        }
    }

    /// Closes the sockets and breaks off what is under way.
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new Internal(Subject.NONE, "can't stop the API server: " + e.getMessage(), e);
        }
    }
}
