package dev.carafe.buildkit.session;

import com.google.protobuf.ByteString;
import dev.carafe.base.DataLoss;
import dev.carafe.base.Ids;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.base.Unavailable;
import dev.carafe.buildkit.wire.content.ContentGrpc;
import dev.carafe.buildkit.wire.content.InfoRequest;
import dev.carafe.buildkit.wire.content.ReadContentRequest;
import dev.carafe.buildkit.wire.content.WriteAction;
import dev.carafe.buildkit.wire.content.WriteContentRequest;
import dev.carafe.buildkit.wire.content.WriteContentResponse;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// A folder of the client's with blobs in it (an OCI layout), by the name that the client gave it.
public final class ClientStore {
    private static final Metadata.Key<String> NAME =
            Metadata.Key.of("buildkit-attachable-store-id", Metadata.ASCII_STRING_MARSHALLER);
    private static final int PIECE = 1 << 17;
    private static final long PATIENCE_SECONDS = 60;

    private final Session session;
    private final Metadata head = new Metadata();

    /// @param name `local:<folder>` for caches, `export` for images
    public ClientStore(Session session, String name) {
        this.session = session;
        head.put(NAME, name);
    }

    /// The whole of a small blob, checked.
    ///
    /// @throws NotFound when it is not there
    public byte[] read(Digest digest, int maxBytes) {
        try (InputStream in = open(digest)) {
            byte[] bytes = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                throw new InvalidArgument(
                        "blob " + digest + " is longer than " + maxBytes + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new Unavailable(subject(digest), "read " + digest + ": " + e.getMessage(), e);
        }
    }

    /// A blob, checked against its digest at the stream's end. The caller closes it.
    public InputStream open(Digest digest) throws IOException {
        ContentGrpc.ContentBlockingStub stub =
                ContentGrpc.newBlockingStub(session.channel())
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head));
        Context.CancellableContext call = Context.current().withCancellation();
        try {
            ReadContentRequest.Builder request =
                    ReadContentRequest.newBuilder()
                            .setDigest(digest.toString())
                            .setSize(size(stub, digest));
            return new StoreStream(digest, call.call(() -> stub.read(request.build())), call);
        } catch (Exception e) {
            call.close();
            throw failed(digest, e);
        }
    }

    private static long size(ContentGrpc.ContentBlockingStub stub, Digest digest) {
        return stub.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .info(InfoRequest.newBuilder().setDigest(digest.toString()).build())
                .getInfo()
                .getSize();
    }

    private static IOException failed(Digest digest, Exception failure) {
        if (failure instanceof StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                throw new NotFound(subject(digest), "blob not found: " + digest, e);
            }
            return new IOException(String.valueOf(e.getStatus().getDescription()), e);
        }
        return new IOException(failure.toString(), failure);
    }

    /// Adds a document.
    public Descriptor write(String mediaType, byte[] bytes) {
        return write(mediaType, new ByteArrayInputStream(bytes));
    }

    /// Adds a blob; one that is there already stays.
    ///
    /// @param content not closed
    public Descriptor write(String mediaType, InputStream content) {
        PacedStream<WriteContentRequest, WriteContentResponse> stream =
                new PacedStream<>(answer -> {});
        ContentGrpc.newStub(session.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head))
                .write(stream);
        String reference = "carafe-" + Ids.shortId(Ids.random());
        Digest.Hasher hasher = Digest.sha256();
        long offset = 0;
        try {
            byte[] buffer = new byte[PIECE];
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                hasher.update(buffer, 0, n);
                stream.send(
                        WriteContentRequest.newBuilder()
                                .setAction(WriteAction.WRITE)
                                .setRef(reference)
                                .setOffset(offset)
                                .setData(ByteString.copyFrom(buffer, 0, n))
                                .build());
                offset += n;
            }
            Digest digest = hasher.digest();
            commit(stream, reference, offset, digest);
            return Descriptor.of(mediaType, digest, offset);
        } catch (CompletionException e) {
            throw PacedStream.failure("a blob", e);
        } catch (IOException e) {
            stream.cancel(e);
            throw new Unavailable(
                    new Subject("blob", reference), "read a blob to be sent: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            stream.cancel(e);
            throw e;
        }
    }

    private static void commit(
            PacedStream<WriteContentRequest, WriteContentResponse> stream,
            String reference,
            long size,
            Digest digest) {
        stream.send(
                WriteContentRequest.newBuilder()
                        .setAction(WriteAction.COMMIT)
                        .setRef(reference)
                        .setOffset(size)
                        .setTotal(size)
                        .setExpected(digest.toString())
                        .build());
        stream.end();
        try {
            stream.await("a blob");
        } catch (Unavailable e) {
            if (Status.fromThrowable(e).getCode() != Status.Code.ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    static DataLoss damaged(Digest digest) {
        return new DataLoss(subject(digest), "the client's blob " + digest + " is damaged");
    }

    private static Subject subject(Digest digest) {
        return new Subject("blob", digest.toString());
    }
}
