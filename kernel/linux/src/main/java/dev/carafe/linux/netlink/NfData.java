package dev.carafe.linux.netlink;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Builds keys and values of nf_tables' sets, each part padded to the 4-byte registers that it is
/// compared in.
public final class NfData {
    private static final int IFNAMSIZ = 16;

    private final ByteBuffer out = ByteBuffer.allocate(64);

    private NfData() {}

    public static NfData of() {
        return new NfData();
    }

    public NfData address(InetAddress address) {
        out.put(address.getAddress());
        return this;
    }

    public NfData protocol(int number) {
        out.put((byte) number).put((byte) 0).put((byte) 0).put((byte) 0);
        return this;
    }

    public NfData port(int port) {
        out.putShort((short) port).putShort((short) 0);
        return this;
    }

    /// @throws IllegalArgumentException for more than 15 bytes
    public NfData interfaceName(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= IFNAMSIZ) {
            throw new IllegalArgumentException("interface name too long: " + name);
        }
        out.put(bytes).put(new byte[IFNAMSIZ - bytes.length]);
        return this;
    }

    public byte[] bytes() {
        byte[] result = new byte[out.position()];
        out.get(0, result);
        return result;
    }
}
