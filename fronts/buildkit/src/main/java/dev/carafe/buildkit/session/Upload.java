package dev.carafe.buildkit.session;

import com.google.protobuf.ByteString;
import dev.carafe.buildkit.transport.PieceStream;
import dev.carafe.buildkit.wire.upload.BytesMessage;
import dev.carafe.buildkit.wire.upload.UploadGrpc;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// What a client uploads, as a stream: `docker build - <context.tar` names it by an address with
/// the host `buildkit-session`.
public final class Upload extends PieceStream
        implements ClientResponseObserver<BytesMessage, BytesMessage> {
    private static final String HOST = "buildkit-session";

    /// Messages that are asked for before they are read.
    private static final int AHEAD = 8;

    private final LinkedBlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private @Nullable ClientCallStreamObserver<BytesMessage> stream;
    private boolean over;

    private record Ended(@Nullable Throwable why) {}

    private Upload() {}

    /// Whether an address is one of these.
    public static boolean isOne(String address) {
        return address.startsWith("http://" + HOST + "/");
    }

    /// @param address with that host
    public static InputStream open(Session session, String address) {
        Metadata head = new Metadata();
        URI uri = URI.create(address);
        head.put(key("urlpath"), uri.getPath());
        head.put(key("urlhost"), uri.getHost());
        Upload upload = new Upload();
        UploadGrpc.newStub(session.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head))
                .pull(upload);
        return upload;
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<BytesMessage> call) {
        stream = call;
        call.disableAutoRequestWithInitial(AHEAD);
    }

    @Override
    public void onNext(BytesMessage message) {
        arrived.add(message.getData());
    }

    @Override
    public void onError(Throwable t) {
        arrived.add(new Ended(t));
    }

    @Override
    public void onCompleted() {
        arrived.add(new Ended(null));
    }

    @Override
    protected @Nullable ByteString next() throws IOException {
        Object what;
        try {
            what = arrived.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (what instanceof Ended ended) {
            over = true;
            if (ended.why() != null) {
                // told again to who reads on
                arrived.add(ended);
                throw new IOException(
                        "the upload broke off: "
                                + Status.fromThrowable(ended.why()).getDescription(),
                        ended.why());
            }
            return null;
        }
        if (stream != null) {
            stream.request(1);
        }
        return (ByteString) what;
    }

    @Override
    public void close() {
        if (!over && stream != null) {
            stream.cancel("not needed", null);
        }
    }
}
