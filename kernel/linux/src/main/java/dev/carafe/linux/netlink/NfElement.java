package dev.carafe.linux.netlink;

/// An element of a set or map.
///
/// @param key as long as the set's key
/// @param data empty in a set
/// @param intervalEnd the first key after a range
public record NfElement(byte[] key, byte[] data, boolean intervalEnd) {
    private static final int FLAG_INTERVAL_END = 1;
    private static final byte[] NO_DATA = {};

    public static NfElement of(byte[] key) {
        return new NfElement(key, NO_DATA, false);
    }

    public static NfElement of(byte[] key, byte[] data) {
        return new NfElement(key, data, false);
    }

    public static NfElement end(byte[] key) {
        return new NfElement(key, NO_DATA, true);
    }

    void write(MessageWriter out) {
        out.nested(1, k -> k.attribute(1, key));
        if (data.length > 0) {
            out.nested(2, d -> d.attribute(1, data));
        }
        if (intervalEnd) {
            out.attributeBe32(3, FLAG_INTERVAL_END);
        }
    }
}
