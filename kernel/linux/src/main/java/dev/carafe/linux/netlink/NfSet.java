package dev.carafe.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// A set or map of nf_tables.
///
/// @param key types of the key's parts
/// @param data types of the value's parts, empty for a set
/// @param intervals elements are starts and ends of ranges
public record NfSet(String name, List<Type> key, List<Type> data, boolean intervals) {
    private static final int FLAG_INTERVAL = 4;
    private static final int FLAG_MAP = 8;
    private static final int BITS_PER_TYPE = 6;

    /// A note for nft(8), which shows such a set's elements wrongly without.
    private static final byte[] NAMES_ARE_IN_MACHINE_ORDER =
            ByteBuffer.allocate(6)
                    .order(ByteOrder.nativeOrder())
                    .put((byte) 0)
                    .put((byte) 4)
                    .putInt(1)
                    .array();

    public NfSet {
        key = List.copyOf(key);
        data = List.copyOf(data);
    }

    public static NfSet set(String name, Type... key) {
        return new NfSet(name, List.of(key), List.of(), false);
    }

    public static NfSet map(String name, List<Type> key, List<Type> data) {
        return new NfSet(name, key, data, false);
    }

    public static NfSet intervals(String name, Type key) {
        return new NfSet(name, List.of(key), List.of(), true);
    }

    /// Data types with the numbers by which nft(8) knows how to print them, and their size in
    /// registers.
    public enum Type {
        IPV4_ADDRESS(7, 4),
        IPV6_ADDRESS(8, 16),
        INET_PROTOCOL(12, 1),
        INET_SERVICE(13, 2),
        INTERFACE_NAME(41, 16);

        final int number;
        final int bytes;

        Type(int number, int bytes) {
            this.number = number;
            this.bytes = bytes;
        }

        /// In a key of several parts each starts at a 4-byte register.
        int padded() {
            return bytes + 3 & ~3;
        }
    }

    Message write(MessageWriter out, int transactionId) {
        int flags = (intervals ? FLAG_INTERVAL : 0) | (data.isEmpty() ? 0 : FLAG_MAP);
        out.text(2, name)
                .attributeBe32(3, flags)
                .attributeBe32(4, typeNumber(key))
                .attributeBe32(5, length(key));
        if (!data.isEmpty()) {
            out.attributeBe32(6, typeNumber(data)).attributeBe32(7, length(data));
        }
        out.attributeBe32(10, transactionId);
        if (key.equals(List.of(Type.INTERFACE_NAME))) {
            out.attribute(13, NAMES_ARE_IN_MACHINE_ORDER);
        }
        return out.build();
    }

    private static int typeNumber(List<Type> types) {
        int number = 0;
        for (Type type : types) {
            number = number << BITS_PER_TYPE | type.number;
        }
        return number;
    }

    static int length(List<Type> types) {
        return types.size() == 1
                ? types.getFirst().bytes
                : types.stream().mapToInt(Type::padded).sum();
    }
}
