package dev.carafe.buildkit.session;

import com.google.protobuf.ByteString;
import dev.carafe.build.client.AgentSocket;
import dev.carafe.buildkit.wire.ssh.BytesMessage;
import dev.carafe.buildkit.wire.ssh.SSHGrpc;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;

/// A connection to an agent of the client's, carried by one `ForwardAgent` stream.
final class AgentStream implements AgentSocket.Connection, StreamObserver<BytesMessage> {
    private static final int BUFFER = 1 << 16;
    private static final Metadata.Key<String> ID =
            Metadata.Key.of("buildkit.ssh.id", Metadata.ASCII_STRING_MARSHALLER);

    private final PipedInputStream in = new PipedInputStream(BUFFER);
    private final PipedOutputStream fromAgent;
    private final OutputStream out;

    private AgentStream(Session session, String id) throws IOException {
        fromAgent = new PipedOutputStream(in);
        Metadata head = new Metadata();
        head.put(ID, id);
        out =
                new ToAgent(
                        SSHGrpc.newStub(session.channel())
                                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head))
                                .forwardAgent(this));
    }

    static AgentSocket.Connection open(Session session, String id) throws IOException {
        return new AgentStream(session, id);
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public void onNext(BytesMessage message) {
        try {
            message.getData().writeTo(fromAgent);
            fromAgent.flush();
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void onError(Throwable t) {
        onCompleted();
    }

    @Override
    public void onCompleted() {
        quietly(fromAgent);
    }

    @Override
    public void close() {
        quietly(out);
        quietly(fromAgent);
        quietly(in);
    }

    private static void quietly(AutoCloseable end) {
        try {
            end.close();
        } catch (Exception e) {
            System.getLogger(AgentStream.class.getName())
                    .log(System.Logger.Level.DEBUG, "close a connection to an ssh agent", e);
        }
    }

    private static final class ToAgent extends OutputStream {
        private final StreamObserver<BytesMessage> stream;
        private boolean ended;

        ToAgent(StreamObserver<BytesMessage> stream) {
            this.stream = stream;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (!ended) {
                stream.onNext(
                        BytesMessage.newBuilder()
                                .setData(ByteString.copyFrom(bytes, offset, length))
                                .build());
            }
        }

        @Override
        public synchronized void close() {
            if (!ended) {
                ended = true;
                stream.onCompleted();
            }
        }
    }
}
