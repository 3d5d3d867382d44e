package dev.carafe.cli.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes a tar archive (POSIX.1-2017 pax, "pax Interchange Format"). After {@link #put} of a file
/// exactly its size in bytes follows.
public final class TarOutput {
    static final int BLOCK = 512;
    private static final long LARGEST_SIZE = (1L << 33) - 1;
    private static final long LARGEST_ID = (1L << 21) - 1;

    private final OutputStream out;
    private long written;

    public TarOutput(OutputStream out) {
        this.out = out;
    }

    public void put(TarHead head) throws IOException {
        pad();
        byte[] records = records(head);
        if (records.length > 0) {
            TarHead pax = TarHead.of("PaxHeaders", 'x', 0644, records.length, 0, "");
            out.write(header(pax));
            out.write(records);
            written = records.length;
            pad();
        }
        out.write(header(head));
    }

    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        written += length;
    }

    public void finish() throws IOException {
        pad();
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }

    private void pad() throws IOException {
        out.write(new byte[(int) (-written & (BLOCK - 1))]);
        written = 0;
    }

    private static byte[] records(TarHead head) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        if (utf8(head.name()).length > 100) {
            record(records, "path", head.name());
        }
        if (utf8(head.linkName()).length > 100) {
            record(records, "linkpath", head.linkName());
        }
        if (head.size() > LARGEST_SIZE) {
            record(records, "size", Long.toString(head.size()));
        }
        if (head.uid() > LARGEST_ID) {
            record(records, "uid", Long.toString(head.uid()));
        }
        if (head.gid() > LARGEST_ID) {
            record(records, "gid", Long.toString(head.gid()));
        }
        return records.toByteArray();
    }

    /// `length key=value\n`, where length counts itself.
    private static void record(ByteArrayOutputStream records, String key, String value) {
        int rest = utf8(" " + key + "=" + value + "\n").length;
        int length = rest + 1;
        while (length != rest + String.valueOf(length).length()) {
            length++;
        }
        records.writeBytes(utf8(length + " " + key + "=" + value + "\n"));
    }

    private static byte[] header(TarHead head) {
        byte[] block = new byte[BLOCK];
        text(block, 0, 100, head.name());
        octal(block, 100, 8, head.mode());
        octal(block, 108, 8, head.uid() > LARGEST_ID ? 0 : head.uid());
        octal(block, 116, 8, head.gid() > LARGEST_ID ? 0 : head.gid());
        octal(block, 124, 12, head.size() > LARGEST_SIZE ? 0 : head.size());
        octal(block, 136, 12, Math.max(0, head.seconds()));
        Arrays.fill(block, 148, 156, (byte) ' ');
        block[156] = (byte) head.type();
        text(block, 157, 100, head.linkName());
        text(block, 257, 8, "ustar\00000");
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        octal(block, 148, 7, sum);
        return block;
    }

    private static void text(byte[] block, int at, int room, String text) {
        byte[] bytes = utf8(text);
        System.arraycopy(bytes, 0, block, at, Math.min(room, bytes.length));
    }

    private static void octal(byte[] block, int at, int room, long value) {
        String digits = Long.toOctalString(value);
        text(block, at, room, "0".repeat(Math.max(0, room - 1 - digits.length())) + digits);
        block[at + room - 1] = 0;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
