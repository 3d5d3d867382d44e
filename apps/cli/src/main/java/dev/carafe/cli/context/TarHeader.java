package dev.carafe.cli.context;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One header of a tar in POSIX.1-2001's form: what does not fit the old fields goes into a record
/// before it.
///
/// @param type `0` file, `2` symlink, `5` directory
/// @param modifiedSeconds since 1970
record TarHeader(String name, char type, String link, int mode, long size, long modifiedSeconds) {
    static final int BLOCK = 512;
    private static final long MAX_OCTAL = 0_77777777777L;
    private static final int NAME = 100;

    byte[] bytes() {
        StringBuilder records = new StringBuilder();
        if (!fits(name)) {
            record(records, "path", name);
        }
        if (!fits(link)) {
            record(records, "linkpath", link);
        }
        if (size > MAX_OCTAL) {
            record(records, "size", Long.toString(size));
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (records.length() > 0) {
            byte[] body = records.toString().getBytes(StandardCharsets.UTF_8);
            all.writeBytes(block("PaxHeaders/entry", 'x', "", 0644, body.length));
            all.writeBytes(body);
            all.writeBytes(new byte[padding(body.length)]);
        }
        all.writeBytes(
                block(
                        fits(name) ? name : "long-name",
                        type,
                        fits(link) ? link : "long-name",
                        mode,
                        size > MAX_OCTAL ? 0 : size));
        return all.toByteArray();
    }

    static int padding(long size) {
        return (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    private static boolean fits(String text) {
        return text.length() <= NAME && text.chars().allMatch(c -> c > 0 && c < 0x80);
    }

    /// `27 path=...\n`, where the number counts the whole line, itself too.
    private static void record(StringBuilder records, String key, String value) {
        int rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8).length;
        int length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        records.append(length).append(' ').append(key).append('=').append(value).append('\n');
    }

    private byte[] block(String shortName, char kind, String target, int bits, long length) {
        byte[] block = new byte[BLOCK];
        text(block, 0, shortName);
        octal(block, 100, 8, bits);
        octal(block, 108, 8, 0);
        octal(block, 116, 8, 0);
        octal(block, 124, 12, length);
        octal(block, 136, 12, Math.max(0, modifiedSeconds));
        block[156] = (byte) kind;
        text(block, 157, target);
        text(block, 257, "ustar");
        block[263] = '0';
        block[264] = '0';
        Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        octal(block, 148, 7, sum);
        return block;
    }

    private static void text(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, NAME));
    }

    private static void octal(byte[] block, int at, int width, long value) {
        long rest = value;
        for (int i = at + width - 2; i >= at; i--) {
            block[i] = (byte) ('0' + (rest & 7));
            rest >>= 3;
        }
        block[at + width - 1] = 0;
    }
}
