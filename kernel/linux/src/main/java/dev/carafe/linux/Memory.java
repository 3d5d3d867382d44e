package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// Kernel-shaped memory: C strings, string vectors, copies. Everything lives in the caller's arena.
final class Memory {
    static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private Memory() {}

    /// A zero-terminated copy, encoded as {@link RawText} does.
    ///
    /// @throws IllegalArgumentException when the text itself holds a zero, which the kernel would
    ///   silently cut
    static MemorySegment cString(Arena arena, String text) {
        byte[] bytes = RawText.encode(text);
        for (byte b : bytes) {
            if (b == 0) {
                throw new IllegalArgumentException(
                        "text with a zero byte: " + text.replace('\0', '?'));
            }
        }
        MemorySegment copy = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, copy, BYTE, 0, bytes.length);
        return copy;
    }

    static long cAddress(Arena arena, String text) {
        return cString(arena, text).address();
    }

    static MemorySegment copy(Arena arena, byte[] bytes, int offset, int length) {
        MemorySegment copy = arena.allocate(Math.max(length, 1), 8);
        MemorySegment.copy(bytes, offset, copy, BYTE, 0, length);
        return copy;
    }

    static MemorySegment copy(Arena arena, byte[] bytes) {
        return copy(arena, bytes, 0, bytes.length);
    }

    static byte[] bytes(MemorySegment segment, long offset, long length) {
        return segment.asSlice(offset, length).toArray(BYTE);
    }

    /// A null-terminated vector of C strings, as execve(2) takes.
    static MemorySegment stringVector(Arena arena, List<String> texts) {
        MemorySegment vector = arena.allocate(8L * (texts.size() + 1), 8);
        for (int i = 0; i < texts.size(); i++) {
            vector.set(LONG, 8L * i, cAddress(arena, texts.get(i)));
        }
        return vector;
    }
}
