package dev.carafe.cli.context;

import dev.carafe.base.BulkInput;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A stream of unknown length among others: in pieces, each after its length as four bytes, the
/// highest first; a length of 0 ends it.
final class FramedStream extends BulkInput {
    private static final int HEAD = 4;

    /// Opens the content.
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    private final Source source;
    private final byte[] piece = new byte[HEAD + (1 << 16)];
    private @Nullable InputStream in;
    private int at;
    private int end;
    private boolean over;

    FramedStream(Source source) {
        this.source = source;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (at == end && !fill()) {
            return -1;
        }
        int n = Math.min(length, end - at);
        System.arraycopy(piece, at, target, offset, n);
        at += n;
        return n;
    }

    private boolean fill() throws IOException {
        if (over) {
            return false;
        }
        InputStream content = in;
        if (content == null) {
            content = source.open();
            in = content;
        }
        int n = content.readNBytes(piece, HEAD, piece.length - HEAD);
        for (int i = 0; i < HEAD; i++) {
            piece[i] = (byte) (n >> 8 * (HEAD - 1 - i));
        }
        over = n == 0;
        at = 0;
        end = HEAD + n;
        return true;
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
