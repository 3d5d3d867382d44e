package dev.carafe.buildkit.session;

import dev.carafe.buildkit.wire.content.ReadContentResponse;
import dev.carafe.oci.Digest;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

/// A blob of the client's as it comes, checked at its end.
final class StoreStream extends InputStream {
    private final Digest digest;
    private final Digest.Hasher hasher;
    private final Iterator<ReadContentResponse> pieces;
    private final Context.CancellableContext call;
    private byte[] piece = new byte[0];
    private int at;
    private boolean ended;

    /// @param call in which the pieces come; ended when this is closed
    StoreStream(
            Digest digest, Iterator<ReadContentResponse> pieces, Context.CancellableContext call) {
        this.call = call;
        this.digest = digest;
        this.hasher = digest.hasher();
        this.pieces = pieces;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == piece.length) {
            if (!next()) {
                return -1;
            }
        }
        int n = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, bytes, offset, n);
        at += n;
        return n;
    }

    private boolean next() throws IOException {
        if (ended) {
            return false;
        }
        try {
            if (pieces.hasNext()) {
                piece = pieces.next().getData().toByteArray();
                at = 0;
                hasher.update(piece, 0, piece.length);
                return true;
            }
        } catch (StatusRuntimeException e) {
            throw new IOException(String.valueOf(e.getStatus().getDescription()), e);
        }
        ended = true;
        if (!hasher.digest().equals(digest)) {
            throw new IOException(ClientStore.damaged(digest));
        }
        return false;
    }

    @Override
    public void close() {
        call.close();
    }
}
