package dev.carafe.images.archive;

import dev.carafe.base.BulkInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/// Unpacks gzip (RFC 1952), any number of members in a row, verified. The JDK's own stream asks
/// `available()` whether another member follows, which ends it early on a socket, and it reads 512
/// bytes at a time unless told otherwise.
public final class GunzipStream extends BulkInput {
    private static final int PIECE = 64 << 10;
    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 sum = new CRC32();
    private final byte[] input = new byte[PIECE];
    private int at;
    private int end;
    private boolean ended;

    public GunzipStream(InputStream in) throws IOException {
        this.in = in;
        if (!header()) {
            throw new ZipException("gzip: empty stream");
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int count = inflate(bytes, offset, length);
            if (count > 0) {
                sum.update(bytes, offset, count);
                return count;
            }
            if (inflater.finished()) {
                nextMember();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("gzip: needs a dictionary");
            } else if (inflater.needsInput()) {
                feed();
            }
        }
        return -1;
    }

    private int inflate(byte[] bytes, int offset, int length) throws IOException {
        try {
            return inflater.inflate(bytes, offset, length);
        } catch (DataFormatException e) {
            ZipException broken = new ZipException("gzip: " + e.getMessage());
            broken.initCause(e);
            throw broken;
        }
    }

    private void feed() throws IOException {
        if (at == end && !refill()) {
            throw new EOFException("gzip: unexpected end of stream");
        }
        inflater.setInput(input, at, end - at);
        at = end;
    }

    /// Checks the trailer; then the next member's header, or the end. Zeros after the last member
    /// are padding.
    private void nextMember() throws IOException {
        at = end - inflater.getRemaining();
        long expected = little(4);
        long size = little(4);
        if (expected != sum.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ZipException("gzip: wrong checksum");
        }
        inflater.reset();
        sum.reset();
        ended = !header();
    }

    /// False when the stream ends here.
    private boolean header() throws IOException {
        int first = next();
        while (first == 0) {
            first = next();
        }
        if (first < 0) {
            return false;
        }
        if (first != 0x1f || must() != 0x8b || must() != 8) {
            throw new ZipException("gzip: no gzip header");
        }
        int flags = must();
        skip(6);
        if ((flags & 4) != 0) {
            skip((int) little(2));
        }
        for (int text = flags & 0x18; text != 0; text &= text - 1) {
            while (must() != 0) {
                continue;
            }
        }
        if ((flags & 2) != 0) {
            skip(2);
        }
        return true;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            must();
        }
    }

    private long little(int width) throws IOException {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (long) must() << 8 * i;
        }
        return value;
    }

    private int must() throws IOException {
        int value = next();
        if (value < 0) {
            throw new EOFException("gzip: unexpected end of stream");
        }
        return value;
    }

    private int next() throws IOException {
        if (at == end && !refill()) {
            return -1;
        }
        return input[at++] & 0xff;
    }

    private boolean refill() throws IOException {
        int count = in.read(input, 0, input.length);
        at = 0;
        end = Math.max(0, count);
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        inflater.end();
        in.close();
    }
}
