package dev.carafe.snapshots.tar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A header block written field by field, as old or broken writers do.
final class HandmadeHeader {
    private final byte[] block = new byte[512];

    HandmadeHeader(String name, char type, long size) {
        text(0, name);
        text(100, "0000644\0");
        text(108, "0000000\0");
        text(116, "0000000\0");
        text(124, String.format("%011o\0", size));
        text(136, "00000000000\0");
        block[156] = (byte) type;
    }

    HandmadeHeader text(int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
        return this;
    }

    HandmadeHeader octal(int offset, int length, long value) {
        return text(offset, String.format("%0" + (length - 1) + "o\0", value));
    }

    HandmadeHeader base256(int offset, int length, long value) {
        for (int i = length - 1; i > 0; i--) {
            block[offset + i] = (byte) value;
            value >>= 8;
        }
        block[offset] = (byte) (value < 0 ? 0xff : 0x80);
        return this;
    }

    HandmadeHeader posix() {
        return text(257, "ustar\00000");
    }

    HandmadeHeader gnu() {
        return text(257, "ustar  \0");
    }

    byte[] bytes() {
        Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        return text(148, String.format("%06o\0 ", sum)).block;
    }

    static byte[] archive(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
            all.writeBytes(new byte[-part.length & 511]);
        }
        all.writeBytes(new byte[1024]);
        return all.toByteArray();
    }
}
