package dev.carafe.engine.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks at eight bytes at a time.
final class Words {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private Words() {}

    /// Index of the first newline in [from, to), or `to`.
    static int newline(byte[] data, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long hit = zero((long) LONG.get(data, i) ^ ('\n' * ONES));
            if (hit != 0) {
                return i + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        while (i < to && data[i] != '\n') {
            i++;
        }
        return i;
    }

    /// Index of the first byte in [from, to) that can't stand in a JSON string of Docker's as it
    /// is, or `to`: controls, `"`, `\`, `<`, `>`, `&`, and all that is not ASCII.
    static int special(byte[] data, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long word = (long) LONG.get(data, i);
            long hit =
                    (((word - 0x20 * ONES) & ~word)
                                    | word
                                    | zero(word ^ ('"' * ONES))
                                    | zero(word ^ ('\\' * ONES))
                                    | zero(word ^ ('&' * ONES))
                                    | zero((word & 0xfd * ONES) ^ ('<' * ONES)))
                            & HIGH;
            if (hit != 0) {
                return i + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        while (i < to && !special(data[i])) {
            i++;
        }
        return i;
    }

    private static boolean special(byte b) {
        return b < 0x20 || b == '"' || b == '\\' || b == '&' || b == '<' || b == '>';
    }

    /// Index of the first quote or backslash in [from, to), or `to`.
    static int quote(byte[] data, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long word = (long) LONG.get(data, i);
            long hit = zero(word ^ ('"' * ONES)) | zero(word ^ ('\\' * ONES));
            if (hit != 0) {
                return i + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        while (i < to && data[i] != '"' && data[i] != '\\') {
            i++;
        }
        return i;
    }

    /// The high bit of each byte that is zero; above the lowest such byte it may be wrong.
    private static long zero(long word) {
        return (word - ONES) & ~word & HIGH;
    }
}
