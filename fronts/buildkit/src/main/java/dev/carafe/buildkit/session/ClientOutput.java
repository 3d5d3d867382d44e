package dev.carafe.buildkit.session;

import com.google.protobuf.ByteString;
import dev.carafe.buildkit.wire.files.BytesMessage;
import dev.carafe.buildkit.wire.files.FileSendGrpc;
import dev.carafe.linux.Fd;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.concurrent.CompletionException;

/// Where a client wants a build's output: a file or a folder of its own, by the output's number.
public final class ClientOutput {
    private static final Metadata.Key<String> NUMBER =
            Metadata.Key.of("buildkit-attachable-exporter-id", Metadata.ASCII_STRING_MARSHALLER);
    private static final int PIECE = 1 << 17;

    private final ManagedChannel channel;
    private final Metadata head = new Metadata();

    /// @param number of the output in the request, from 0
    public ClientOutput(Session session, int number) {
        this.channel = session.channel();
        head.put(NUMBER, String.valueOf(number));
    }

    /// What writes a file's content.
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /// Sends one file. Returns when the client has it.
    ///
    /// @param what for the sentence of a failure
    public void file(String what, Content content) {
        PacedStream<BytesMessage, BytesMessage> stream = new PacedStream<>(answer -> {});
        FileSendGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head))
                .diffCopy(stream);
        try {
            OutputStream out = new BufferedOutputStream(new Pieces(stream), PIECE);
            content.write(out);
            out.flush();
        } catch (CompletionException e) {
            throw PacedStream.failure(what, e);
        } catch (IOException e) {
            stream.cancel(e);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            stream.cancel(e);
            throw e;
        }
        stream.end();
        stream.await(what);
    }

    /// Sends a folder with all in it. Returns when the client has it.
    public void folder(Fd root) {
        FolderPush.push(channel, head, root);
    }

    /// Sends several folders, each as one in the client's, by these names. Returns when the client
    /// has them.
    public void folders(SortedMap<String, Fd> roots) {
        FolderPush.push(channel, head, roots);
    }

    private static final class Pieces extends OutputStream {
        private final PacedStream<BytesMessage, BytesMessage> stream;

        Pieces(PacedStream<BytesMessage, BytesMessage> stream) {
            this.stream = stream;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            for (int at = 0; at < length; at += PIECE) {
                int n = Math.min(PIECE, length - at);
                stream.send(
                        BytesMessage.newBuilder()
                                .setData(ByteString.copyFrom(bytes, offset + at, n))
                                .build());
            }
        }
    }
}
