package dev.carafe.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.linux.netlink.LinkMessages.Veth;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Bytes as a little-endian machine sends them: header (length, type, flags, sequence, port), fixed
/// part, attributes (length, type, value, padding).
class MessagesTest {
    @BeforeAll
    static void littleEndian() {
        Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
    }

    private static String hex(Message message) {
        return HexFormat.of().formatHex(message.bytes());
    }

    /// Spaces are for the reader.
    private static String bytes(String text) {
        return text.replaceAll("\\s+", "");
    }

    @Test
    void anAddressIsAddedWithItsBroadcastAddress() {
        assertThat(hex(AddressMessages.add(2, InetAddress.ofLiteral("172.17.0.2"), 16)))
                .isEqualTo(
                        bytes(
                                """
                                30000000 1400 0105 00000000 00000000
                                02 10 00 00 02000000
                                0800 0200 ac110002
                                0800 0100 ac110002
                                0800 0400 ac11ffff
                                """));
    }

    @Test
    void theDefaultRouteGoesToTheMainTable() {
        assertThat(hex(AddressMessages.defaultRoute(2, InetAddress.ofLiteral("172.17.0.1"))))
                .isEqualTo(
                        bytes(
                                """
                                2c000000 1800 0105 00000000 00000000
                                02 00 00 00 fe 03 00 01 00000000
                                0800 0500 ac110001
                                0800 0400 02000000
                                """));
    }

    @Test
    void oneMessageMakesAPairOfDevices() {
        Message message =
                LinkMessages.createVeth(
                        new Veth(
                                "cv1",
                                7,
                                1400,
                                "eth0",
                                new byte[] {2, 0x42, (byte) 0xac, 17, 0, 2},
                                65));
        assertThat(hex(message))
                .isEqualTo(
                        bytes(
                                """
                                88000000 1000 0106 00000000 00000000
                                00 00 0000 00000000 01000000 01000000
                                0800 0300 63763100
                                0800 0400 78050000
                                0800 0a00 07000000
                                5000 1280
                                  0900 0100 7665746800 000000
                                  4000 0280
                                    3c00 0180
                                    00000000 00000000 00000000 00000000
                                    0900 0300 6574683000 000000
                                    0800 0400 78050000
                                    0a00 0100 0242ac110002 0000
                                    0800 1c00 41000000
                                """));
    }

    @Test
    void aTableIsDeletedByName() {
        assertThat(hex(new NfTables("carafe-1").deleteTable()))
                .isEqualTo(
                        bytes(
                                """
                                24000000 020a 0100 00000000 00000000
                                02 00 0000
                                0d00 0100 6361726166652d3100 000000
                                """));
    }

    @Test
    void aBaseChainHasItsHookAndPriority() {
        assertThat(hex(new NfTables("t").addChain("c", "nat", NfTables.Hook.POSTROUTING, -100)))
                .isEqualTo(
                        bytes(
                                """
                                40000000 030a 0104 00000000 00000000
                                02 00 0000
                                0600 0100 7400 0000
                                0600 0300 6300 0000
                                1400 0480
                                  0800 0100 00000004
                                  0800 0200 ffffff9c
                                0800 0700 6e617400
                                """));
    }

    @Test
    void aMapElementHasPaddedParts() {
        NfSet ports =
                NfSet.map(
                        "ports",
                        List.of(NfSet.Type.INET_PROTOCOL, NfSet.Type.INET_SERVICE),
                        List.of(NfSet.Type.IPV4_ADDRESS, NfSet.Type.INET_SERVICE));
        byte[] key = NfData.of().protocol(6).port(8080).bytes();
        byte[] value = NfData.of().address(InetAddress.ofLiteral("172.17.0.2")).port(80).bytes();
        assertThat(HexFormat.of().formatHex(key)).isEqualTo("06000000" + "1f900000");
        assertThat(HexFormat.of().formatHex(value)).isEqualTo("ac110002" + "00500000");
        assertThat(key).hasSize(NfSet.length(ports.key()));
        assertThat(value).hasSize(NfSet.length(ports.data()));
        assertThat(hex(new NfTables("t").addElements(ports, List.of(NfElement.of(key, value)))))
                .isEqualTo(
                        bytes(
                                """
                                50000000 0c0a 0104 00000000 00000000
                                02 00 0000
                                0600 0100 7400 0000
                                0a00 0200 706f72747300 0000
                                2800 0380
                                  2400 0180
                                    1000 0180  0c00 0100 06000000 1f900000
                                    1000 0280  0c00 0100 ac110002 00500000
                                """));
    }

    @Test
    void aSingleKeyHasItsOwnLength() {
        assertThat(NfSet.length(List.of(NfSet.Type.INET_SERVICE))).isEqualTo(2);
        assertThat(NfSet.length(List.of(NfSet.Type.INTERFACE_NAME, NfSet.Type.INTERFACE_NAME)))
                .isEqualTo(32);
        assertThatThrownBy(() -> NfData.of().interfaceName("sixteen-letters-"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void repliesAreSplitAtTheirLengths() {
        ByteBuffer two = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
        two.putInt(20).putShort((short) 2).putShort((short) 0).putInt(5).putInt(0).putInt(-17);
        two.putInt(18)
                .putShort((short) 3)
                .putShort((short) 2)
                .putInt(6)
                .putInt(0)
                .putShort((short) 7);
        List<Reply> replies = NetlinkSocket.split(two.array(), two.position());
        assertThat(replies).extracting(Reply::sequence).containsExactly(5, 6);
        assertThat(replies.getFirst().errno()).isEqualTo(17);
        assertThat(replies.get(1).body()).hasSize(2);
    }

    @Test
    void brokenAttributesEndTheList() {
        Attributes attributes =
                Attributes.parse(
                        new byte[] {8, 0, 1, 0, 1, 2, 3, 4, /* too long */ 99, 0, 2, 0}, 0);
        assertThat(attributes.bytes(1)).hasValue(new byte[] {1, 2, 3, 4});
        assertThat(attributes.bytes(2)).isEmpty();
        assertThat(attributes.address(1)).hasValue(InetAddress.ofLiteral("1.2.3.4"));
    }

    @Test
    void longMessagesGrow() {
        MessageWriter writer = Message.of("grow", 1, 0);
        for (int i = 0; i < 1000; i++) {
            writer.attributeU32(i, i);
        }
        assertThat(writer.build().bytes()).hasSize(16 + 8000);
    }
}
