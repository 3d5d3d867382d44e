package dev.carafe.cli.context;

import dev.carafe.base.BulkInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// As many bytes as the header has announced, whatever becomes of the file meanwhile: cut off, or
/// filled up with zeros, and the padding after them.
final class ExactStream extends BulkInput {
    private final InputStream in;
    private long content;
    private long zeros;

    ExactStream(InputStream in, long content, int padding) {
        this.in = in;
        this.content = content;
        this.zeros = padding;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (content > 0) {
            int n = in.read(bytes, offset, (int) Math.min(length, content));
            if (n >= 0) {
                content -= n;
                return n;
            }
            zeros += content;
            content = 0;
        }
        if (zeros == 0) {
            return -1;
        }
        int n = (int) Math.min(length, zeros);
        Arrays.fill(bytes, offset, offset + n, (byte) 0);
        zeros -= n;
        return n;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
