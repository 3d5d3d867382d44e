package dev.carafe.buildkit.transport;

import io.grpc.BindableService;
import io.grpc.ForwardingChannelBuilder2;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.okhttp.OkHttpServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/// Servers and channels of gRPC on given sockets.
public final class Grpc {
    /// What BuildKit's clients and servers allow each other.
    private static final int MAX_MESSAGE_BYTES = 16 << 20;

    private static final int WINDOW_BYTES = 1 << 20;
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static final ScheduledExecutorService TIMER =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("grpc timer").factory());

    /// It warns of every client that just leaves. Kept, since the logging library would not.
    private static final Logger QUIET = Logger.getLogger("io.grpc");

    static {
        QUIET.setLevel(Level.SEVERE);
    }

    private Grpc() {}

    /// A started server whose connections come by the doorstep.
    public static Server serve(
            Doorstep door, List<BindableService> services, ServerInterceptor interceptor)
            throws IOException {
        OkHttpServerBuilder builder =
                OkHttpServerBuilder.forPort(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                                InsecureServerCredentials.create())
                        .socketFactory(door.factory())
                        .transportExecutor(THREADS)
                        .scheduledExecutorService(TIMER)
                        .flowControlWindow(WINDOW_BYTES)
                        .permitKeepAliveTime(1, TimeUnit.SECONDS)
                        .permitKeepAliveWithoutCalls(true)
                        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                        .maxInboundMetadataSize(1 << 20)
                        .executor(THREADS)
                        .intercept(interceptor);
        services.forEach(builder::addService);
        return builder.build().start();
    }

    /// A channel on one connection, which is not made anew when it breaks.
    public static ManagedChannel connect(Socket socket) {
        ForwardingChannelBuilder2<?> builder =
                OkHttpChannelBuilder.forAddress("127.0.0.1", 1)
                        .usePlaintext()
                        .socketFactory(new Once(socket))
                        .transportExecutor(THREADS)
                        .scheduledExecutorService(TIMER)
                        .flowControlWindow(WINDOW_BYTES)
                        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                        .proxyDetector(address -> null)
                        .idleTimeout(Long.MAX_VALUE, TimeUnit.DAYS)
                        .disableRetry()
                        .executor(THREADS);
        return builder.overrideAuthority("localhost").build();
    }

    /// Gives out its socket once.
    private static final class Once extends SocketFactory {
        private final AtomicReference<@Nullable Socket> socket;

        Once(Socket socket) {
            this.socket = new AtomicReference<>(socket);
        }

        @Override
        public Socket createSocket() throws IOException {
            Socket mine = socket.getAndSet(null);
            if (mine == null) {
                throw new IOException("the client has left");
            }
            return mine;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return createSocket();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort)
                throws IOException {
            return createSocket();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return createSocket();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
                throws IOException {
            return createSocket();
        }
    }
}
