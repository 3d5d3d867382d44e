package dev.carafe.runtime.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The strings and structs a plan's steps point to. Addresses are absolute: the launcher maps the
/// plan where it was made for.
final class PlanMemory {
    private final long base;
    private final Map<String, Long> texts = new HashMap<>();
    private byte[] bytes = new byte[16 * 1024];
    private int size;

    PlanMemory(long base) {
        this.base = base;
    }

    /// The address of a copy of the text with a zero at its end; equal texts share one.
    long text(String text) {
        Long known = texts.get(text);
        if (known != null) {
            return known;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        for (byte b : encoded) {
            if (b == 0) {
                throw new IllegalArgumentException(
                        "text with a zero byte: " + text.replace('\0', '?'));
            }
        }
        long address = reserve(encoded.length + 1, 1);
        System.arraycopy(encoded, 0, bytes, offset(address), encoded.length);
        texts.put(text, address);
        return address;
    }

    long copy(byte[] content) {
        long address = reserve(Math.max(content.length, 1), 8);
        System.arraycopy(content, 0, bytes, offset(address), content.length);
        return address;
    }

    long room(int length) {
        return reserve(length, 8);
    }

    long words(long... values) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.nativeOrder());
        for (long value : values) {
            buffer.putLong(value);
        }
        return copy(buffer.array());
    }

    /// A null-terminated vector of texts, as execve(2) takes.
    long vector(List<String> list) {
        long[] addresses = new long[list.size() + 1];
        for (int i = 0; i < list.size(); i++) {
            addresses[i] = text(list.get(i));
        }
        return words(addresses);
    }

    byte[] content() {
        return Arrays.copyOf(bytes, size);
    }

    private long reserve(int length, int alignment) {
        int start = (size + alignment - 1) & -alignment;
        size = Math.addExact(start, length);
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size, 2 * bytes.length));
        }
        return base + start;
    }

    private int offset(long address) {
        return (int) (address - base);
    }
}
