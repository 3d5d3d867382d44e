package dev.carafe.dockerapi.jetty;

import dev.carafe.dockerapi.config.GrpcDoor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.jspecify.annotations.Nullable;

/// Connections that speak HTTP/2 from their first byte on (RFC 9113 section 3.3): clients of
/// BuildKit's services that know nothing of Docker's API, as buildx's driver `remote`. Jetty reads
/// the preface as a request and asks for the protocol `h2c`; the door gets the connection with the
/// preface before it.
final class PriorKnowledge extends AbstractConnectionFactory
        implements ConnectionFactory.Upgrading {
    /// The part of the preface that Jetty takes for a request's head.
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final GrpcDoor door;

    PriorKnowledge(GrpcDoor door) {
        super("h2c");
        this.door = door;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return new Handed(connector, endPoint, door);
    }

    /// Null for `Upgrade: h2c` on other requests, which routes answer.
    @Override
    public @Nullable Connection upgradeConnection(
            Connector connector,
            EndPoint endPoint,
            MetaData.Request request,
            HttpFields.Mutable response) {
        return request.getMethod().equals("PRI") ? newConnection(connector, endPoint) : null;
    }

    /// One such connection: nothing of Jetty's but its end point.
    private static final class Handed extends AbstractConnection implements Connection.UpgradeTo {
        private final GrpcDoor door;
        private @Nullable ByteBuffer early;

        Handed(Connector connector, EndPoint endPoint, GrpcDoor door) {
            super(endPoint, connector.getExecutor());
            this.door = door;
        }

        @Override
        public void onUpgradeTo(ByteBuffer buffer) {
            ByteBuffer copy = ByteBuffer.allocate(buffer.remaining());
            copy.put(buffer).flip();
            early = copy;
        }

        @Override
        public void onOpen() {
            super.onOpen();
            RawConnection raw = new RawConnection(getEndPoint(), early);
            Thread.ofVirtual().name("h2c").start(() -> serve(raw));
        }

        private void serve(RawConnection raw) {
            try {
                InputStream in =
                        new SequenceInputStream(new ByteArrayInputStream(PREFACE), raw.in());
                door.control(in, raw.out(), raw::close);
            } finally {
                raw.close();
            }
        }

        @Override
        public void onFillable() {
            // reads are the door's
        }
    }
}
