package dev.carafe.snapshots;

import dev.carafe.oci.Digest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Passes bytes on and adds up their sha256.
final class SummedOutput extends FilterOutputStream {
    private final Digest.Hasher sum = Digest.sha256();

    SummedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        sum.update(bytes, offset, length);
        out.write(bytes, offset, length);
    }

    /// Of all bytes so far; once.
    Digest digest() {
        return sum.digest();
    }
}
