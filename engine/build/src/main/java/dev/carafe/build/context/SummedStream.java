package dev.carafe.build.context;

import dev.carafe.base.BulkFilter;
import dev.carafe.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Knows the digest of what came through it. Not thread-safe.
final class SummedStream extends BulkFilter {
    private final Digest.Hasher hasher = Digest.sha256();

    SummedStream(InputStream in) {
        super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = in.read(bytes, offset, length);
        if (n > 0) {
            hasher.update(bytes, offset, n);
        }
        return n;
    }

    /// Reads what is left, and ends the sum.
    Digest digest() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        return hasher.digest();
    }
}
