package dev.carafe.base;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream before another one through which single bytes go by the same way as many: what looks at
/// them has one method to override.
public abstract class BulkFilter extends FilterInputStream {
    protected BulkFilter(InputStream in) {
        super(in);
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] bytes, int offset, int length) throws IOException;
}
