package dev.carafe.buildkit.control;

import com.google.protobuf.ByteString;
import dev.carafe.buildkit.session.Sessions;
import dev.carafe.buildkit.transport.PieceStream;
import dev.carafe.buildkit.transport.StreamSocket;
import dev.carafe.buildkit.wire.control.BytesMessage;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A session within a call: its messages are the bytes of a connection on whose other end the
/// client serves us. For clients that have no `POST /session`.
final class SessionTunnel extends PieceStream implements StreamObserver<BytesMessage> {
    /// Messages that are asked for before they are read.
    private static final int AHEAD = 8;

    private static final ByteString END = ByteString.EMPTY;

    private final LinkedBlockingQueue<ByteString> arrived = new LinkedBlockingQueue<>();
    private final ServerCallStreamObserver<BytesMessage> out;
    private final StreamSocket socket;
    private volatile boolean ended;

    private SessionTunnel(ServerCallStreamObserver<BytesMessage> out) {
        this.out = out;
        Consumer<BytesMessage> paced = Replies.paced(out);
        this.socket = new StreamSocket(this, new Out(paced), this::end);
        out.disableAutoRequest();
        out.request(AHEAD);
    }

    /// Begins the session; it ends with the call.
    static StreamObserver<BytesMessage> open(
            StreamObserver<BytesMessage> out, Sessions sessions, String id, String sharedKey) {
        SessionTunnel tunnel = new SessionTunnel((ServerCallStreamObserver<BytesMessage>) out);
        Thread.ofVirtual()
                .name("session " + id)
                .start(() -> {
                    sessions.serve(id, sharedKey, tunnel.socket);
                    tunnel.complete();
                });
        return tunnel;
    }

    private void end() {
        ended = true;
        arrived.add(END);
    }

    private void complete() {
        if (!out.isCancelled()) {
            out.onCompleted();
        }
    }

    @Override
    public void onNext(BytesMessage message) {
        if (message.getData().isEmpty()) {
            out.request(1);
        } else {
            arrived.add(message.getData());
        }
    }

    @Override
    public void onError(Throwable t) {
        end();
    }

    @Override
    public void onCompleted() {
        end();
    }

    @Override
    protected @Nullable ByteString next() throws IOException {
        try {
            ByteString piece = arrived.take();
            if (piece.isEmpty()) {
                return null;
            }
            out.request(1);
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private final class Out extends OutputStream {
        private final Consumer<BytesMessage> messages;

        Out(Consumer<BytesMessage> messages) {
            this.messages = messages;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            if (ended) {
                throw new IOException("the session has ended");
            }
            try {
                messages.accept(
                        BytesMessage.newBuilder()
                                .setData(ByteString.copyFrom(bytes, offset, length))
                                .build());
            } catch (RuntimeException e) {
                throw new IOException(Status.fromThrowable(e).toString(), e);
            }
        }
    }
}
