package dev.carafe.buildkit.transport;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Bytes that come in pieces, as messages of a call do. One thread reads.
public abstract class PieceStream extends InputStream {
    private ByteString piece = ByteString.EMPTY;
    private int at;
    private boolean over;

    /// Waits for the next piece, which may be empty.
    ///
    /// @return null at the end, after which it is asked no more
    protected abstract @Nullable ByteString next() throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

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
