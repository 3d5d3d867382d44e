package dev.carafe.registryserver.jetty;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.base.Unavailable;
import dev.carafe.registryserver.http.Call;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// HTTP on one socket: one selector, requests on virtual threads.
public final class HttpServer implements AutoCloseable {
    /// A client that sends nothing for so long is gone.
    private static final long IDLE_MILLIS = 120_000;

    private static final int MAX_HEAD_BYTES = 64 << 10;

    private final Server server;
    private final ServerConnector connector;

    /// @param tls empty: plain http
    public HttpServer(String host, int port, Optional<SSLContext> tls, Call.Work work) {
        QueuedThreadPool threads = new QueuedThreadPool(32, 1, 30_000);
        threads.setName("registry");
        threads.setReservedThreads(0);
        server = new Server(threads);
        server.setHandler(new CallHandler(work));
        server.setStopTimeout(0);
        connector = connector(tls);
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
    }

    private ServerConnector connector(Optional<SSLContext> tls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEAD_BYTES);
        http.setUriCompliance(UriCompliance.DEFAULT);
        if (tls.isEmpty()) {
            return new ServerConnector(server, 0, 1, new HttpConnectionFactory(http));
        }
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(tls.get());
        ssl.setSniRequired(false);
        return new ServerConnector(
                server,
                0,
                1,
                new SslConnectionFactory(ssl, "http/1.1"),
                new HttpConnectionFactory(http));
    }

    /// Opens the socket.
    ///
    /// @throws Unavailable when the address can't be had
    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw new Unavailable(Subject.NONE, "can't listen: " + e.getMessage(), e);
        } catch (Exception e) {
            throw new Internal(Subject.NONE, "can't start the registry: " + e.getMessage(), e);
        }
    }

    /// The port that it listens on.
    public int port() {
        return connector.getLocalPort();
    }

    /// Breaks off what is under way.
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new Internal(Subject.NONE, "can't stop the registry: " + e.getMessage(), e);
        }
    }
}
