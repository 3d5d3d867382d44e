package dev.carafe.content;

import dev.carafe.base.BulkFilter;
import dev.carafe.base.DataLoss;
import dev.carafe.base.Subject;
import dev.carafe.oci.Digest;
import java.io.IOException;
import java.io.InputStream;

/// Passes bytes through and fails at the end of the stream when they are not those of the digest.
final class VerifiedStream extends BulkFilter {
    private final Digest expected;
    private final Digest.Hasher hasher;
    private boolean ended;

    VerifiedStream(InputStream in, Digest expected) {
        super(in);
        this.expected = expected;
        this.hasher = expected.hasher();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        if (count > 0) {
            hasher.update(bytes, offset, count);
        } else if (count < 0 && !ended) {
            ended = true;
            if (!hasher.digest().equals(expected)) {
                String text = "blob " + expected + " is damaged on disk";
                throw new IOException(
                        text, new DataLoss(new Subject("blob", expected.toString()), text));
            }
        }
        return count;
    }

    /// Skipped bytes count too.
    @Override
    public long skip(long count) throws IOException {
        byte[] waste = new byte[(int) Math.min(count, 8192)];
        long left = count;
        while (left > 0) {
            int got = read(waste, 0, (int) Math.min(left, waste.length));
            if (got < 0) {
                break;
            }
            left -= got;
        }
        return count - left;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
