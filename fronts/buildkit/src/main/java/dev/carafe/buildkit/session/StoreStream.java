package dev.carafe.buildkit.session;

import com.google.protobuf.ByteString;
import dev.carafe.buildkit.transport.PieceStream;
import dev.carafe.buildkit.wire.content.ReadContentResponse;
import dev.carafe.oci.Digest;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// A blob of the client's as it comes, checked at its end.
final class StoreStream extends PieceStream {
    private final Digest digest;
    private final Digest.Hasher hasher;
    private final Iterator<ReadContentResponse> pieces;
    private final Context.CancellableContext call;

    /// @param call in which the pieces come; ended when this is closed
    StoreStream(
            Digest digest, Iterator<ReadContentResponse> pieces, Context.CancellableContext call) {
        this.call = call;
        this.digest = digest;
        this.hasher = digest.hasher();
        this.pieces = pieces;
    }

    @Override
    protected @Nullable ByteString next() throws IOException {
        try {
            if (pieces.hasNext()) {
                ByteString piece = pieces.next().getData();
                byte[] bytes = piece.toByteArray();
                hasher.update(bytes, 0, bytes.length);
                return piece;
            }
        } catch (StatusRuntimeException e) {
            throw new IOException(String.valueOf(e.getStatus().getDescription()), e);
        }
        if (!hasher.digest().equals(digest)) {
            throw new IOException(ClientStore.damaged(digest));
        }
        return null;
    }

    @Override
    public void close() {
        call.close();
    }
}
