package dev.carafe.buildkit.transport;

import com.google.protobuf.ByteString;
import dev.carafe.base.BulkInput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Bytes that come in pieces, as messages of a call do. One thread reads.
public abstract class PieceStream extends BulkInput {
    private ByteString piece = ByteString.EMPTY;
    private int at;
    private boolean over;

    /// Waits for the next piece, which may be empty.
    ///
    /// @return null at the end, after which it is asked no more
    protected abstract @Nullable ByteString next() throws IOException;

    @Override
    public final int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == piece.size()) {
            ByteString more = over ? null : next();
            if (more == null) {
                over = true;
                return -1;
            }
            piece = more;
            at = 0;
        }
        int n = Math.min(length, piece.size() - at);
        piece.copyTo(bytes, at, offset, n);
        at += n;
        return n;
    }
}
