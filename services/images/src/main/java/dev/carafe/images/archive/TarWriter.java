package dev.carafe.images.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.carafe.base.InvalidArgument;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;

/// Writes a plain ustar stream in which equal contents give equal bytes: owner 0, time 0 unless
/// another is said, no names of users. Names are ASCII of at most 100 bytes. Not thread-safe;
/// closes nothing.
public final class TarWriter {
    private static final int BLOCK = 512;
    private static final long MAX_OCTAL = 077777777777L;
    private final OutputStream out;
    private long time;

    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /// The time of what is written from now on; whole seconds, and none before 1970.
    public void time(Instant moment) {
        time = Math.clamp(moment.getEpochSecond(), 0, MAX_OCTAL);
    }

    public void directory(String name) throws IOException {
        header(name + "/", '5', 0755, 0);
    }

    public void file(String name, byte[] content) throws IOException {
        file(name, content.length, 0644, into -> into.write(content));
    }

    /// @param body must write exactly `size` bytes
    /// @throws IOException when it does not: the archive is then useless
    public void file(String name, long size, int mode, Body body) throws IOException {
        header(name, '0', mode, size);
        Exactly exactly = new Exactly(out, size);
        body.writeTo(exactly);
        if (exactly.left != 0) {
            throw new IOException(
                    name + ": " + exactly.left + " of " + size + " bytes are missing");
        }
        out.write(new byte[(int) (-size & (BLOCK - 1))]);
    }

    /// Writes the end blocks.
    public void finish() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }

    private void header(String name, char type, int mode, long size) throws IOException {
        byte[] header = new byte[BLOCK];
        byte[] nameBytes = name.getBytes(US_ASCII);
        if (nameBytes.length > 100) {
            throw new InvalidArgument("name too long for this archive: " + name);
        }
        System.arraycopy(nameBytes, 0, header, 0, nameBytes.length);
        octal(header, 100, 8, mode);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        size(header, size);
        octal(header, 136, 12, time);
        header[156] = (byte) type;
        System.arraycopy("ustar\00000".getBytes(US_ASCII), 0, header, 257, 8);
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        octal(header, 148, 7, sum);
        out.write(header);
    }

    /// Octal up to 8 GiB, above that GNU's base 256.
    private static void size(byte[] header, long size) {
        if (size <= MAX_OCTAL) {
            octal(header, 124, 12, size);
            return;
        }
        header[124] = (byte) 0x80;
        for (int i = 0; i < 8; i++) {
            header[135 - i] = (byte) (size >> 8 * i);
        }
    }

    private static void octal(byte[] header, int offset, int width, long value) {
        long rest = value;
        for (int i = offset + width - 2; i >= offset; i--) {
            header[i] = (byte) ('0' + (rest & 7));
            rest >>= 3;
        }
        header[offset + width - 1] = 0;
    }

    /// Writes a file's content.
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    private static final class Exactly extends OutputStream {
        private final OutputStream out;
        private long left;

        Exactly(OutputStream out, long size) {
            this.out = out;
            this.left = size;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > left) {
                throw new IOException("content is longer than announced");
            }
            out.write(bytes, offset, length);
            left -= length;
        }
    }
}
