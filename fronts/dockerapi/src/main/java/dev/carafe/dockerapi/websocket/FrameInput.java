package dev.carafe.dockerapi.websocket;

import dev.carafe.base.BulkInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The content of a client's data frames, one after the other; answers pings, ends at a close.
final class FrameInput extends BulkInput {
    private static final int MOST_CONTROL_BYTES = 125;
    private final InputStream in;
    private final FrameOutput answers;
    private final byte[] mask = new byte[4];
    private long left;
    private int masked;
    private boolean ended;

    FrameInput(InputStream in, FrameOutput answers) {
        this.in = in;
        this.answers = answers;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (left == 0) {
            if (ended || !next()) {
                ended = true;
                return -1;
            }
        }
        int n = in.read(bytes, offset, (int) Math.min(length, left));
        if (n < 0) {
            ended = true;
            return -1;
        }
        unmask(bytes, offset, n);
        left -= n;
        return n;
    }

    /// Reads the next data frame's head.
    ///
    /// @return false when there is none
    private boolean next() throws IOException {
        while (true) {
            int first = in.read();
            if (first < 0) {
                return false;
            }
            int second = octet();
            long size = second & 0x7f;
            if (size >= 126) {
                size = number(size == 126 ? 2 : 8);
            }
            if ((second & 0x80) == 0 || (first & 0x70) != 0 || size < 0) {
                throw new IOException("not a websocket frame of a client");
            }
            masked = 0;
            if (in.readNBytes(mask, 0, 4) < 4) {
                throw new EOFException();
            }
            int opcode = first & 0xf;
            if (opcode <= FrameOutput.BINARY) {
                left = size;
                return true;
            }
            if (!control(opcode, size)) {
                return false;
            }
        }
    }

    /// @return false at a close
    private boolean control(int opcode, long size) throws IOException {
        if (size > MOST_CONTROL_BYTES) {
            throw new IOException("a websocket control frame is too long");
        }
        byte[] content = in.readNBytes((int) size);
        unmask(content, 0, content.length);
        if (opcode == FrameOutput.PING) {
            answers.frame(FrameOutput.PONG, content, 0, content.length);
        } else if (opcode == FrameOutput.CLOSE) {
            answers.end();
            return false;
        }
        return true;
    }

    private long number(int octets) throws IOException {
        long value = 0;
        for (int i = 0; i < octets; i++) {
            value = value << 8 | octet();
        }
        return value;
    }

    private int octet() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException();
        }
        return b;
    }

    private void unmask(byte[] bytes, int offset, int length) {
        for (int i = 0; i < length; i++) {
            bytes[offset + i] ^= mask[masked++ & 3];
        }
    }
}
