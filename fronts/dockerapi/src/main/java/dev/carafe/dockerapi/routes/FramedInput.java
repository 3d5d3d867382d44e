package dev.carafe.dockerapi.routes;

import dev.carafe.base.BulkInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// One of several streams that come one after the other: pieces, each with its length before it as
/// four bytes, the highest first; a length of 0 is the end. Closing it skips what was not read, and
/// leaves the stream below open.
final class FramedInput extends BulkInput {
    private final InputStream in;
    private int left;
    private boolean over;

    FramedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0 && !over) {
            left = length();
            over = left == 0;
        }
        if (over) {
            return -1;
        }
        int n = in.read(target, offset, Math.min(length, left));
        if (n < 0) {
            throw new EOFException("a context ended early");
        }
        left -= n;
        return n;
    }

    private int length() throws IOException {
        byte[] bytes = in.readNBytes(4);
        if (bytes.length < 4) {
            throw new EOFException("a context ended early");
        }
        int length =
                (bytes[0] & 0xff) << 24
                        | (bytes[1] & 0xff) << 16
                        | (bytes[2] & 0xff) << 8
                        | bytes[3] & 0xff;
        if (length < 0) {
            throw new IOException("a piece of a context is too long");
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        byte[] rest = new byte[1 << 13];
        while (read(rest, 0, rest.length) >= 0) {}
    }
}
