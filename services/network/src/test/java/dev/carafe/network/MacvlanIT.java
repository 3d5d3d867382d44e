package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotImplemented;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.linux.netlink.RtNetlink;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Containers with a device of their own on the host's wire.
class MacvlanIT {
    private static final int SHORT_MILLIS = 700;

    @TempDir Path state;

    private Networks networks() {
        return new Networks(state, NetworkOptions.defaults().withPooledNamespaces(0));
    }

    /// On the wire to the outside, which is the router.
    private static CreateNetwork wanted(Map<String, String> options) {
        return new CreateNetwork(
                "lan",
                "macvlan",
                false,
                false,
                false,
                true,
                List.of(
                        new Network.Ipam(
                                "198.51.100.0/24",
                                "198.51.100.64/26",
                                TestHost.OUTSIDE,
                                Map.of("host", TestHost.ADDRESS))),
                options,
                Map.of(),
                Configuration.OWN);
    }

    @Test
    void containersAreNeighboursOfTheWorld() {
        TestHost.run(host -> {
            Networks before = networks();
            before.create(wanted(Map.of("parent", "up0")));
            try (Sandbox a = before.attach(AttachRequest.of("a", "lan"));
                    Sandbox b = before.attach(AttachRequest.of("b", "lan"));
                    EchoServer server = EchoServer.tcp(b.netns(), "b", 80);
                    EchoServer world = EchoServer.tcp(host.outside, "world", 80)) {
                assertThat(a.endpoints().getFirst())
                        .returns("198.51.100.64", Endpoint::ipAddress)
                        .returns(TestHost.OUTSIDE, Endpoint::gateway)
                        .returns("eth0", Endpoint::interfaceName);
                assertThat(EchoServer.ask(a.netns(), "198.51.100.65", 80))
                        .isEqualTo("b 198.51.100.64");
                assertThat(EchoServer.ask(a.netns(), TestHost.OUTSIDE, 80))
                        .isEqualTo("world 198.51.100.64");
                assertThat(EchoServer.ask(host.outside, "198.51.100.65", 80))
                        .isEqualTo("b " + TestHost.OUTSIDE);
                before.close();
                try (Networks after = networks()) {
                    after.recover(Set.of("a", "b"));
                    try (Sandbox c = after.attach(AttachRequest.of("c", "lan"))) {
                        assertThat(c.endpoints().getFirst().ipAddress())
                                .as("the others keep theirs")
                                .isEqualTo("198.51.100.66");
                        assertThat(EchoServer.ask(c.netns(), "198.51.100.65", 80))
                                .isEqualTo("b 198.51.100.66");
                    }
                    List.of("a", "b", "c").forEach(after::detach);
                    after.remove("lan");
                }
            }
        });
    }

    @Test
    void aNetworkMayHaveSeveralSubnetsOfAFamily() {
        TestHost.run(host -> {
            Networks before = networks();
            before.create(
                    wanted(Map.of("parent", "up0"))
                            .withIpam(
                                    new Network.Ipam(
                                            "198.51.100.0/24",
                                            "198.51.100.64/32",
                                            TestHost.OUTSIDE,
                                            Map.of()),
                                    new Network.Ipam(
                                            "10.9.0.0/24",
                                            null,
                                            "10.9.0.254",
                                            Map.of("printer", "10.9.0.1"))));
            try (Sandbox a = before.attach(AttachRequest.of("a", "lan"));
                    Sandbox b = before.attach(AttachRequest.of("b", "lan"))) {
                assertThat(a.endpoints().getFirst())
                        .returns("198.51.100.64", Endpoint::ipAddress)
                        .returns(TestHost.OUTSIDE, Endpoint::gateway);
                assertThat(b.endpoints().getFirst())
                        .as("the first subnet is full")
                        .returns("10.9.0.2", Endpoint::ipAddress)
                        .returns("10.9.0.254", Endpoint::gateway);
                before.close();
                try (Networks after = networks()) {
                    after.recover(Set.of("a", "b"));
                    assertThat(after.get("lan").ipam())
                            .extracting(Network.Ipam::subnet)
                            .containsExactly("198.51.100.0/24", "10.9.0.0/24");
                    after.detach("a");
                    JoinRequest wish = JoinRequest.of("lan").withIp("10.9.0.77");
                    AttachRequest request =
                            new AttachRequest(
                                    "c", "c", List.of(wish), List.of(), ResolverSettings.NONE);
                    try (Sandbox c = after.attach(request);
                            EchoServer server = EchoServer.tcp(b.netns(), "b", 80)) {
                        assertThat(c.endpoints().getFirst())
                                .returns("10.9.0.77", Endpoint::ipAddress)
                                .returns(24, Endpoint::prefixLength)
                                .returns("10.9.0.254", Endpoint::gateway);
                        assertThat(EchoServer.ask(c.netns(), "10.9.0.2", 80))
                                .isEqualTo("b 10.9.0.77");
                    }
                    List.of("b", "c").forEach(after::detach);
                    after.remove("lan");
                }
            }
        });
    }

    @Test
    void privateContainersDoNotReachEachOther() {
        TestHost.run(host -> {
            try (Networks networks = networks()) {
                networks.create(wanted(Map.of("parent", "up0", "macvlan_mode", "private")));
                try (Sandbox a = networks.attach(AttachRequest.of("a", "lan"));
                        Sandbox b = networks.attach(AttachRequest.of("b", "lan"));
                        EchoServer server = EchoServer.tcp(b.netns(), "b", 80);
                        EchoServer world = EchoServer.tcp(host.outside, "world", 80)) {
                    assertThat(EchoServer.ask(a.netns(), "198.51.100.65", 80, SHORT_MILLIS))
                            .isIn("SocketTimeoutException", "NoRouteToHostException");
                    assertThat(EchoServer.ask(a.netns(), TestHost.OUTSIDE, 80))
                            .isEqualTo("world 198.51.100.64");
                }
                networks.detach("a");
                networks.detach("b");
            }
        });
    }

    @Test
    void withoutAParentTheNetworkLeadsNowhere() {
        TestHost.run(host -> {
            List<String> devices = host.deviceNames();
            try (Networks networks = networks()) {
                networks.create(
                        new CreateNetwork(
                                "inner",
                                "macvlan",
                                true,
                                false,
                                false,
                                true,
                                List.of(),
                                Map.of(),
                                Map.of(),
                                Configuration.OWN));
                try (Sandbox a = networks.attach(AttachRequest.of("a", "inner"));
                        Sandbox b = networks.attach(AttachRequest.of("b", "inner"));
                        EchoServer server = EchoServer.tcp(b.netns(), "b", 80)) {
                    assertThat(a.endpoints().getFirst().gateway()).isEmpty();
                    String address = b.endpoints().getFirst().ipAddress();
                    assertThat(EchoServer.ask(a.netns(), address, 80)).startsWith("b ");
                }
                networks.detach("a");
                networks.detach("b");
                networks.remove("inner");
            }
            host.awaitDevices(devices);
        });
    }

    private static CreateNetwork inner(@Nullable Boolean ipv4, Network.Ipam... ranges) {
        return new CreateNetwork(
                "inner",
                "macvlan",
                false,
                false,
                null,
                ipv4,
                List.of(ranges),
                Map.of(),
                Map.of(),
                Configuration.OWN);
    }

    /// RFC 3021: both addresses of a /31 are hosts', since nobody needs a gateway.
    @Test
    void twoContainersMayHaveAllAddressesOfATinyNetwork() {
        TestHost.run(host -> {
            try (Networks networks = networks()) {
                networks.create(inner(true, new Network.Ipam("10.5.0.0/31", null, "", Map.of())));
                try (Sandbox a = networks.attach(AttachRequest.of("a", "inner"));
                        Sandbox b = networks.attach(AttachRequest.of("b", "inner"));
                        EchoServer server = EchoServer.tcp(b.netns(), "b", 80)) {
                    assertThat(a.endpoints().getFirst().ipAddress()).isEqualTo("10.5.0.0");
                    assertThat(EchoServer.ask(a.netns(), "10.5.0.1", 80)).startsWith("b ");
                }
                networks.detach("a");
                networks.detach("b");
            }
        });
    }

    @Test
    void aNetworkMayLeaveAddressesToOthers() {
        TestHost.run(host -> {
            try (Networks networks = networks()) {
                networks.create(inner(false));
                assertThat(networks.get("inner").ipam()).isEmpty();
                try (Sandbox a = networks.attach(AttachRequest.of("a", "inner"))) {
                    assertThat(a.endpoints().getFirst().ipAddress()).isEmpty();
                    assertThat(a.endpoints().getFirst().macAddress())
                            .matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
                }
                networks.detach("a");
            }
        });
    }

    @Test
    void aRunningContainerJoinsAndLeaves() {
        TestHost.run(host -> {
            try (Networks networks = networks()) {
                networks.create(wanted(Map.of("parent", "up0")));
                try (Sandbox a = networks.attach(AttachRequest.of("a", "bridge"))) {
                    assertThat(networks.connect("a", "a", a.netns(), JoinRequest.of("lan")))
                            .returns("eth1", Endpoint::interfaceName);
                    networks.disconnect("a", "a", a.netns(), "lan");
                    assertThat(
                                    host.inside(
                                            a.netns(),
                                            () -> {
                                                try (NetlinkSocket socket = NetlinkSocket.route()) {
                                                    return new RtNetlink(socket).link("eth1");
                                                }
                                            }))
                            .isEmpty();
                }
                networks.detach("a");
            }
        });
    }

    private static CreateNetwork ipvlan(String parent, String mode, String subnet) {
        return new CreateNetwork(
                "ip",
                "ipvlan",
                false,
                false,
                false,
                true,
                List.of(new Network.Ipam(subnet, null, "", Map.of())),
                Map.of("parent", parent, "ipvlan_mode", mode),
                Map.of(),
                Configuration.OWN);
    }

    private static void createWhereTheKernelCan(Networks networks, CreateNetwork wanted) {
        try {
            networks.create(wanted);
        } catch (NotImplemented e) {
            assumeTrue(false, e.text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"l3", "l3s"})
    void ipvlansLeadOutInEachMode(String mode) {
        TestHost.run(host -> {
            try (Networks networks = networks()) {
                createWhereTheKernelCan(networks, ipvlan("up0", mode, "203.0.113.0/24"));
                try (Sandbox a = networks.attach(AttachRequest.of("a", "ip"));
                        Sandbox b = networks.attach(AttachRequest.of("b", "ip"));
                        EchoServer server = EchoServer.tcp(b.netns(), "b", 80);
                        EchoServer world = EchoServer.tcp(host.outside, "world", 80)) {
                    assertThat(a.endpoints().getFirst().shownGateway()).isEmpty();
                    String from = a.endpoints().getFirst().ipAddress();
                    String to = b.endpoints().getFirst().ipAddress();
                    assertThat(EchoServer.ask(a.netns(), to, 80)).isEqualTo("b " + from);
                    assertThat(EchoServer.ask(a.netns(), TestHost.OUTSIDE, 80))
                            .isEqualTo("world " + from);
                }
                networks.detach("a");
                networks.detach("b");
                networks.remove("ip");
            }
        });
    }

    @Test
    void aParentWithAVlansNumberComesAndGoesWithTheNetwork() {
        TestHost.run(host -> {
            List<String> devices = host.deviceNames();
            try (Networks networks = networks()) {
                createWhereTheKernelCan(networks, wanted(Map.of("parent", "up0.30")));
                networks.attach(AttachRequest.of("a", "lan")).close();
                assertThat(host.deviceNames()).contains("up0.30");
                networks.detach("a");
                networks.remove("lan");
            }
            host.awaitDevices(devices);
        });
    }

    @Test
    void whatCannotBeIsSaidWhenTheNetworkIsMade() {
        TestHost.run(host -> {
            try (Networks networks = networks()) {
                assertThatThrownBy(() -> networks.create(wanted(Map.of("parent", "nope0"))))
                        .isInstanceOf(InvalidArgument.class)
                        .hasMessageContaining("the parent interface nope0 does not exist");
                assertThatThrownBy(() ->
                                networks.create(
                                        wanted(Map.of("parent", "up0", "macvlan_mode", "x"))))
                        .isInstanceOf(InvalidArgument.class)
                        .hasMessageContaining("requested macvlan mode 'x' is not valid");
                try {
                    networks.create(
                            new CreateNetwork(
                                    "ip",
                                    "ipvlan",
                                    false,
                                    false,
                                    false,
                                    true,
                                    List.of(),
                                    Map.of("parent", "up0"),
                                    Map.of(),
                                    Configuration.OWN));
                } catch (NotImplemented e) {
                    assertThat(e).hasMessageContaining("the kernel has no ipvlan devices");
                }
                assertThat(networks.list()).extracting(Network::name).doesNotContain("lan");
            }
        });
    }
}
