package dev.carafe.linux.netlink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The attributes of a received message, by type. Of a type that comes twice the last counts; for
/// lists use {@link #each}.
final class Attributes {
    private static final int TYPE_MASK = 0x3fff;

    private final Map<Integer, byte[]> values = new LinkedHashMap<>();

    private Attributes() {}

    static Attributes parse(byte[] bytes, int offset) {
        Attributes result = new Attributes();
        each(bytes, offset, result.values::put);
        return result;
    }

    /// Receives each attribute in order.
    interface Visitor {
        void visit(int type, byte[] value);
    }

    static void each(byte[] bytes, int offset, Visitor visitor) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int at = offset;
        while (at + 4 <= bytes.length) {
            int length = Short.toUnsignedInt(in.getShort(at));
            if (length < 4 || at + length > bytes.length) {
                return;
            }
            byte[] value = new byte[length - 4];
            in.get(at + 4, value);
            visitor.visit(in.getShort(at + 2) & TYPE_MASK, value);
            at += length + 3 & ~3;
        }
    }

    Optional<byte[]> bytes(int type) {
        return Optional.ofNullable(values.get(type));
    }

    String text(int type) {
        byte[] value = values.get(type);
        if (value == null) {
            return "";
        }
        int end = 0;
        while (end < value.length && value[end] != 0) {
            end++;
        }
        return new String(value, 0, end, StandardCharsets.UTF_8);
    }

    int u32(int type, int orElse) {
        byte[] value = values.get(type);
        return value == null || value.length < 4
                ? orElse
                : ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt();
    }

    /// An address of either family.
    Optional<InetAddress> address(int type) {
        byte[] value = values.get(type);
        if (value == null || value.length != 4 && value.length != 16) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByAddress(value));
        } catch (UnknownHostException e) {
            // thrown for other lengths only
            throw new IllegalStateException(e);
        }
    }

    Attributes nested(int type) {
        byte[] value = values.get(type);
        return value == null ? new Attributes() : parse(value, 0);
    }
}
