package dev.carafe.engine.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a file into whole lines, from a place on; the file may grow meanwhile. Not thread-safe.
final class Lines {
    /// The JDK copies through memory off the heap, and keeps pieces up to this size for the next
    /// time; larger ones are made, cleared and given back at each read.
    private static final int BLOCK = 1 << 16;

    private static final int FIRST_BLOCK = 1 << 13;

    /// No record of ours is longer; a file that somebody damaged must not take all memory.
    private static final int LONGEST = 8 << 20;

    /// Of a file that is not there.
    static final Lines NONE = new Lines(null, 0);

    private final @Nullable FileChannel channel;
    private byte[] data = new byte[0];
    private long position;
    private int at;
    private int end;
    private int from;
    private int to;
    private boolean wasFull;

    Lines(@Nullable FileChannel channel, long position) {
        this.channel = channel;
        this.position = position;
    }

    /// Moves to the next line.
    ///
    /// @return false: there is no whole line now
    boolean next() throws IOException {
        int searched = at;
        while (true) {
            int newline = Words.newline(data, searched, end);
            if (newline < end) {
                from = at;
                to = newline;
                at = newline + 1;
                return true;
            }
            searched = end - at;
            if (!fill()) {
                return false;
            }
        }
    }

    /// Where the next line begins in the file.
    long position() {
        return position - (end - at);
    }

    byte[] data() {
        return data;
    }

    int from() {
        return from;
    }

    /// Index of the newline.
    int to() {
        return to;
    }

    /// Moves the unread rest to the front and reads on.
    private boolean fill() throws IOException {
        if (channel == null) {
            return false;
        }
        int rest = end - at;
        if (at > 0) {
            System.arraycopy(data, at, data, 0, rest);
            at = 0;
            end = rest;
        } else if (rest == data.length && rest >= LONGEST) {
            at = end; // what has no end is no record
            return fill();
        }
        if (rest == data.length || wasFull) {
            grow();
        }
        int n = channel.read(ByteBuffer.wrap(data, end, data.length - end), position);
        if (n <= 0) {
            return false;
        }
        wasFull = n == data.length - end;
        position += n;
        end += n;
        return true;
    }

    /// A short rest of a file needs little, and a long line much.
    private void grow() {
        if (data.length == 0) {
            data = new byte[FIRST_BLOCK];
        } else if (data.length < BLOCK) {
            data = Arrays.copyOf(data, BLOCK);
        } else if (end == data.length) {
            data = Arrays.copyOf(data, data.length * 2);
        }
    }
}
