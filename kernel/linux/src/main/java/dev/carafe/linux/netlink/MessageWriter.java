package dev.carafe.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Writes a netlink message: fixed fields first, then attributes, each padded to 4 bytes. Numbers
/// go in the machine's order unless the method says big-endian.
public final class MessageWriter {
    private static final int NLA_F_NESTED = 0x8000;
    private static final int ATTRIBUTE_HEADER = 4;
    private static final int MAX_ATTRIBUTE = 0xffff;

    private final String label;
    private ByteBuffer out = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());

    MessageWriter(String label, int type, int flags) {
        this.label = label;
        out.putInt(0).putShort((short) type).putShort((short) flags).putInt(0).putInt(0);
    }

    public MessageWriter u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    public MessageWriter u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    public MessageWriter u16be(int value) {
        room(2).put((byte) (value >> 8)).put((byte) value);
        return this;
    }

    public MessageWriter u32(int value) {
        room(4).putInt(value);
        return this;
    }

    public MessageWriter attribute(int type, byte[] value) {
        int length = ATTRIBUTE_HEADER + value.length;
        room(length + 3).putShort((short) length).putShort((short) type).put(value);
        return pad();
    }

    /// With a terminating zero byte.
    public MessageWriter text(int type, String value) {
        return attribute(type, (value + '\0').getBytes(StandardCharsets.UTF_8));
    }

    public MessageWriter attributeU8(int type, int value) {
        return attribute(type, new byte[] {(byte) value});
    }

    public MessageWriter attributeU16(int type, int value) {
        return attribute(
                type,
                ByteBuffer.allocate(2)
                        .order(ByteOrder.nativeOrder())
                        .putShort((short) value)
                        .array());
    }

    public MessageWriter attributeU32(int type, int value) {
        return attribute(
                type, ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array());
    }

    /// Big-endian: IPv4 addresses, and all numbers of nf_tables.
    public MessageWriter attributeBe32(int type, int value) {
        return attribute(type, ByteBuffer.allocate(4).putInt(value).array());
    }

    public MessageWriter attributeBe64(int type, long value) {
        return attribute(type, ByteBuffer.allocate(8).putLong(value).array());
    }

    /// Attributes within an attribute.
    ///
    /// @throws IllegalArgumentException when they take more than 65535 bytes
    public MessageWriter nested(int type, Consumer<MessageWriter> content) {
        int start = out.position();
        u16(0);
        u16(type | NLA_F_NESTED);
        content.accept(this);
        int length = out.position() - start;
        if (length > MAX_ATTRIBUTE) {
            throw new IllegalArgumentException(label + ": attribute of " + length + " bytes");
        }
        out.putShort(start, (short) length);
        return this;
    }

    public MessageWriter pad() {
        while (out.position() % 4 != 0) {
            u8(0);
        }
        return this;
    }

    public Message build() {
        pad();
        byte[] bytes = new byte[out.position()];
        out.putInt(0, bytes.length);
        out.get(0, bytes);
        return new Message(label, bytes);
    }

    private ByteBuffer room(int length) {
        if (out.remaining() < length) {
            ByteBuffer larger =
                    ByteBuffer.allocate((out.capacity() + length) * 2)
                            .order(ByteOrder.nativeOrder());
            out = larger.put(out.flip());
        }
        return out;
    }
}
