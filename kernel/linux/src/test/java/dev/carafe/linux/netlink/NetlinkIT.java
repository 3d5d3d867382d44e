package dev.carafe.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.netlink.LinkMessages.Veth;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetlinkIT {
    private static final byte[] MAC = {2, 0, 0, 0, 0, 9};

    private interface Work {
        void run(NetlinkSocket socket) throws Exception;
    }

    private static void inOwnNetns(Work work) {
        Namespaces.inNewNetns(() -> {
            try (NetlinkSocket socket = NetlinkSocket.route()) {
                work.run(socket);
            }
            return true;
        });
    }

    @Test
    void aBridgeIsMadeFoundAndRemoved() {
        inOwnNetns(socket -> {
            RtNetlink route = new RtNetlink(socket);
            assertThat(route.link("br9")).isEmpty();
            socket.run(
                    LinkMessages.createBridge("br9", MAC, 1400),
                    LinkMessages.aliasByName("br9", "somebody's"));
            Link made = route.link("br9").orElseThrow();
            assertThat(made)
                    .returns("bridge", Link::kind)
                    .returns(1400, Link::mtu)
                    .returns("somebody's", Link::alias)
                    .returns(false, Link::isUp);
            socket.run(
                    LinkMessages.up(made.index()),
                    AddressMessages.add(made.index(), InetAddress.ofLiteral("10.9.0.1"), 24));
            assertThat(route.link("br9").orElseThrow().isUp()).isTrue();
            assertThat(route.addresses())
                    .contains(
                            new InterfaceAddress(
                                    made.index(), InetAddress.ofLiteral("10.9.0.1"), 24));
            assertThat(route.routes())
                    .anyMatch(r ->
                            InetAddress.ofLiteral("10.9.0.0").equals(r.destination())
                                    && r.prefixLength() == 24
                                    && r.table() == Route.RT_TABLE_MAIN
                                    && r.type() == Route.RTN_UNICAST);
            socket.run(LinkMessages.delete("br9"));
            assertThat(route.links()).extracting(Link::name).doesNotContain("br9");
        });
    }

    @Test
    void theFirstErrorOfABatchIsReportedWithItsLabel() {
        inOwnNetns(socket -> {
            assertThatThrownBy(() ->
                            socket.run(
                                    LinkMessages.createBridge("br9", MAC, 1500),
                                    LinkMessages.createVeth(
                                            new Veth("v0", 4711, 1500, "p0", null, 999999)),
                                    LinkMessages.delete("nope"),
                                    LinkMessages.createBridge("br8", MAC, 1500)))
                    .isInstanceOfSatisfying(
                            ErrnoException.class,
                            e -> assertThat(e.call()).isEqualTo("create veth v0"));
            RtNetlink route = new RtNetlink(socket);
            assertThat(route.link("br8"))
                    .as("the later ones are done, and no answer of the failed batch is left over")
                    .isPresent();
            assertThatThrownBy(() -> socket.run(LinkMessages.createBridge("br8", MAC, 1500)))
                    .isInstanceOfSatisfying(
                            ErrnoException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
        });
    }

    @Test
    void aTransactionWithAnErrorChangesNothing() {
        inOwnNetns(unused -> {
            try (NetlinkSocket socket = NetlinkSocket.netfilter()) {
                NfTables table = new NfTables("carafe-it");
                NfSet set = NfSet.set("s", NfSet.Type.IPV4_ADDRESS);
                NfSet other = NfSet.set("other", NfSet.Type.IPV4_ADDRESS);
                byte[] key = NfData.of().address(InetAddress.ofLiteral("0.0.0.1")).bytes();
                assertThatThrownBy(() ->
                                socket.transaction(
                                        NfTables.SUBSYSTEM,
                                        List.of(
                                                table.addTable(),
                                                table.addSet(set, 1),
                                                table.addElements(
                                                        other, List.of(NfElement.of(key))),
                                                table.addChain("c"))))
                        .isInstanceOfSatisfying(
                                ErrnoException.class,
                                e -> assertThat(e.call()).isEqualTo("add to other"));
                assertThat(table.exists(socket)).isFalse();
                socket.transaction(
                        NfTables.SUBSYSTEM, List.of(table.addTable(), table.addSet(set, 1)));
                assertThat(table.exists(socket)).isTrue();
                socket.transaction(NfTables.SUBSYSTEM, List.of(table.deleteTable()));
                assertThat(table.exists(socket)).isFalse();
            }
        });
    }

    @Test
    void manyDevicesAreListed() {
        inOwnNetns(socket -> {
            for (int i = 0; i < 200; i++) {
                socket.run(LinkMessages.createBridge("many" + i, MAC, 1500));
            }
            assertThat(new RtNetlink(socket).links()).hasSizeGreaterThanOrEqualTo(201);
        });
    }
}
