package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.PermissionDenied;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.netlink.NetlinkSocket;
import dev.carafe.linux.netlink.RtNetlink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Containers on several networks at once, joined at the start or later.
class ManyNetworksIT {
    @TempDir Path state;

    private Networks networks() {
        Networks networks = new Networks(state, NetworkOptions.defaults());
        networks.create(
                CreateNetwork.bridge("blue")
                        .withIpam(new Network.Ipam("10.1.0.0/24", null, "", Map.of())));
        networks.create(
                CreateNetwork.bridge("red")
                        .withIpam(new Network.Ipam("10.2.0.0/24", null, "", Map.of())));
        return networks;
    }

    private static AttachRequest on(String id, String... networks) {
        return new AttachRequest(
                id,
                id,
                List.of(networks).stream().map(JoinRequest::of).toList(),
                List.of(),
                ResolverSettings.NONE);
    }

    private static List<String> devices(Fd netns) {
        return Namespaces.inNetns(
                netns,
                () -> {
                    try (NetlinkSocket socket = NetlinkSocket.route()) {
                        return new RtNetlink(socket)
                                .links().stream().map(l -> l.name()).sorted().toList();
                    }
                });
    }

    /// The gateway of the namespace's default route, `none` without one.
    private static String gateway(Fd netns) {
        return Namespaces.inNetns(
                netns,
                () -> {
                    try (NetlinkSocket socket = NetlinkSocket.route()) {
                        return new RtNetlink(socket)
                                .routes().stream()
                                        .filter(r -> r.prefixLength() == 0 && r.table() == 254)
                                        .map(r -> Addresses.format(r.gateway()))
                                        .findFirst()
                                        .orElse("none");
                    }
                });
    }

    @Test
    void aContainerStartsOnTwoNetworks() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox both = networks.attach(on("both", "red", "blue"));
                    Sandbox blue = networks.attach(on("blue1", "blue"));
                    Sandbox red = networks.attach(on("red1", "red"));
                    EchoServer onBlue = EchoServer.tcp(blue.netns(), "blue", 80);
                    EchoServer onRed = EchoServer.tcp(red.netns(), "red", 80);
                    EchoServer world = EchoServer.tcp(host.outside, "world", 80)) {
                assertThat(both.endpoints())
                        .extracting(Endpoint::interfaceName, Endpoint::ipAddress)
                        .containsExactly(
                                Tuple.tuple("eth0", "10.2.0.2"), Tuple.tuple("eth1", "10.1.0.2"));
                assertThat(EchoServer.ask(both.netns(), "10.1.0.3", 80)).isEqualTo("blue 10.1.0.2");
                assertThat(EchoServer.ask(both.netns(), "10.2.0.3", 80)).isEqualTo("red 10.2.0.2");
                assertThat(EchoServer.ask(red.netns(), "10.1.0.3", 80, 500))
                        .as("the two networks are apart")
                        .isEqualTo("SocketTimeoutException");
                assertThat(gateway(both.netns()))
                        .as("the first by name leads out")
                        .isEqualTo("10.1.0.1");
                assertThat(EchoServer.ask(both.netns(), TestHost.OUTSIDE, 80)).startsWith("world");
                assertThatThrownBy(() -> networks.remove("red"))
                        .isInstanceOf(PermissionDenied.class)
                        .hasMessageContaining("network red has active endpoints (name:");
                for (String id : List.of("both", "blue1", "red1")) {
                    networks.detach(id);
                }
            }
            host.awaitDevices(List.of("lo", "up0", "wire"));
        });
    }

    @Test
    void aRunningContainerJoinsAndLeaves() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox a = networks.attach(on("a", "red"));
                    Sandbox b = networks.attach(on("b", "blue"));
                    EchoServer onBlue = EchoServer.tcp(b.netns(), "blue", 80)) {
                assertThat(EchoServer.ask(a.netns(), "10.1.0.2", 80, 500))
                        .isEqualTo("SocketTimeoutException");
                Endpoint joined =
                        networks.connect(
                                "a",
                                "a",
                                a.netns(),
                                JoinRequest.of("blue")
                                        .withAddress("10.1.0.77", "02:00:00:00:00:77"));
                assertThat(joined)
                        .returns("eth1", Endpoint::interfaceName)
                        .returns("10.1.0.77", Endpoint::ipAddress)
                        .returns("02:00:00:00:00:77", Endpoint::macAddress);
                assertThat(EchoServer.ask(a.netns(), "10.1.0.2", 80)).isEqualTo("blue 10.1.0.77");
                assertThat(gateway(a.netns())).isEqualTo("10.1.0.1");
                assertThatThrownBy(
                                () -> networks.connect("a", "a", a.netns(), JoinRequest.of("blue")))
                        .isInstanceOf(PermissionDenied.class)
                        .hasMessage("endpoint with name a already exists in network blue");
                networks.disconnect("a", "a", a.netns(), "blue");
                assertThat(gateway(a.netns())).isEqualTo("10.2.0.1");
                assertThat(EchoServer.ask(a.netns(), "10.1.0.2", 80, 500))
                        .isEqualTo("SocketTimeoutException");
                assertThatThrownBy(() -> networks.disconnect("a", "a", a.netns(), "blue"))
                        .hasMessage("container a is not connected to network blue");
                networks.disconnect("a", "a", a.netns(), "red");
                assertThat(gateway(a.netns())).isEqualTo("none");
                assertThat(networks.attached("a").orElseThrow().endpoints()).isEmpty();
                networks.connect("a", "a", a.netns(), JoinRequest.of("blue"));
                assertThat(EchoServer.ask(a.netns(), "10.1.0.2", 80)).isEqualTo("blue 10.1.0.3");
                networks.detach("a");
                networks.detach("b");
            }
            host.awaitDevices(List.of("lo", "up0", "wire"));
            assertThat(Rulesets.tables()).isEmpty();
        });
    }

    @Test
    void thePriorityDecidesWhichNetworkLeadsOut() {
        TestHost.run(host -> {
            AttachRequest request =
                    new AttachRequest(
                            "a",
                            "a",
                            List.of(
                                    JoinRequest.of("blue"),
                                    JoinRequest.of("red").withGatewayPriority(1)),
                            List.of(),
                            ResolverSettings.NONE);
            try (Networks networks = networks();
                    Sandbox a = networks.attach(request)) {
                assertThat(gateway(a.netns())).isEqualTo("10.2.0.1");
                networks.connect(
                        "a", "a", a.netns(), JoinRequest.of("bridge").withGatewayPriority(5));
                assertThat(gateway(a.netns())).isEqualTo("172.17.0.1");
                networks.detach("a");
            }
        });
    }

    @Test
    void publishedPortsFollowTheWayOut() {
        TestHost.run(host -> {
            AttachRequest request =
                    on("web", "red").publishing(new PortBinding(80, "tcp", "", 8080));
            try (Networks networks = networks();
                    Sandbox web = networks.attach(request);
                    EchoServer server = EchoServer.tcp(web.netns(), "web", 80)) {
                networks.connect(
                        "web", "web", web.netns(), JoinRequest.of("blue").withGatewayPriority(1));
                assertThat(Rulesets.list()).contains("10.1.0.2").doesNotContain("10.2.0.2 . 80");
                assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080))
                        .isEqualTo("web " + TestHost.OUTSIDE);
                networks.disconnect("web", "web", web.netns(), "blue");
                assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080))
                        .isEqualTo("web " + TestHost.OUTSIDE);
                networks.disconnect("web", "web", web.netns(), "red");
                assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080))
                        .isEqualTo("ConnectException");
                assertThat(networks.attached("web").orElseThrow().ports()).isEmpty();
                networks.connect("web", "web", web.netns(), JoinRequest.of("red"));
                assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080))
                        .isEqualTo("web " + TestHost.OUTSIDE);
                networks.detach("web");
                assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080))
                        .isEqualTo("ConnectException");
            }
        });
    }

    @Test
    void severalNetworksLiveThroughARestart() {
        TestHost.run(host -> {
            Networks before = networks();
            try (Sandbox a =
                            before.attach(
                                    on("a", "blue", "red")
                                            .publishing(new PortBinding(80, "tcp", "", 8080)));
                    EchoServer server = EchoServer.tcp(a.netns(), "a", 80)) {
                before.close();
                try (Networks after = new Networks(state, NetworkOptions.defaults())) {
                    after.recover(Set.of("a"));
                    assertThat(after.attached("a").orElseThrow().endpoints())
                            .isEqualTo(a.endpoints());
                    assertThat(host.deviceNames()).filteredOn(n -> n.startsWith("cv")).hasSize(2);
                    try (Sandbox b = after.attach(on("b", "red"))) {
                        assertThat(EchoServer.ask(b.netns(), "10.2.0.2", 80))
                                .isEqualTo("a 10.2.0.3");
                    }
                    assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080))
                            .startsWith("a ");
                    after.detach("a");
                    after.detach("b");
                }
            }
            host.awaitDevices(List.of("lo", "up0", "wire"));
        });
    }

    @Test
    void anInternalNetworkHasNoWayOut() {
        TestHost.run(host -> {
            try (Networks networks = networks()) {
                networks.create(CreateNetwork.bridge("inside").onlyInside());
                AttachRequest request =
                        on("a", "inside").publishing(new PortBinding(80, "tcp", "", 8080));
                try (Sandbox a = networks.attach(request);
                        Sandbox b = networks.attach(on("b", "inside"));
                        EchoServer server = EchoServer.tcp(b.netns(), "b", 80);
                        EchoServer world = EchoServer.tcp(host.outside, "world", 80)) {
                    assertThat(a.ports()).as("nobody could reach them").isEmpty();
                    assertThat(gateway(a.netns())).isEqualTo("none");
                    String other = b.endpoints().getFirst().ipAddress();
                    assertThat(EchoServer.ask(a.netns(), other, 80)).startsWith("b ");
                    assertThat(EchoServer.ask(a.netns(), TestHost.OUTSIDE, 80, 500))
                            .doesNotStartWith("world");
                    Namespaces.inNetns(
                            a.netns(),
                            () -> {
                                Rulesets.ip("route", "add", "default", "dev", "eth0");
                                return true;
                            });
                    assertThat(EchoServer.ask(a.netns(), TestHost.OUTSIDE, 80, 500))
                            .as("also with a route of its own")
                            .doesNotStartWith("world");
                    networks.detach("a");
                    networks.detach("b");
                }
            }
        });
    }

    @Test
    void aRefusedJoinLeavesNothingBehind() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox a = networks.attach(on("a", "red"));
                    Sandbox b = networks.attach(on("b", "blue"))) {
                assertThatThrownBy(() ->
                                networks.connect(
                                        "a",
                                        "a",
                                        a.netns(),
                                        JoinRequest.of("blue").withAddress("10.1.0.2", null)))
                        .hasMessageContaining("Address already in use");
                assertThat(devices(a.netns())).containsExactly("eth0", "lo");
                assertThat(networks.attached("a").orElseThrow().endpoints())
                        .isEqualTo(a.endpoints());
                networks.detach("a");
                networks.detach("b");
            }
        });
    }

    @Test
    void aNetworkThatIsGoneDoesNotKeepTheOthersFromComingBack() {
        TestHost.run(host -> {
            Networks before = networks();
            String red = before.get("red").id();
            try (Sandbox a = before.attach(on("a", "blue", "red"));
                    EchoServer server = EchoServer.tcp(a.netns(), "a", 80)) {
                before.close();
                Files.delete(state.resolve("networks").resolve(red + ".json"));
                try (Networks after = new Networks(state, NetworkOptions.defaults())) {
                    after.recover(Set.of("a"));
                    assertThat(after.attached("a").orElseThrow().endpoints())
                            .extracting(Endpoint::networkName)
                            .containsExactly("blue");
                    try (Sandbox b = after.attach(on("b", "blue"))) {
                        assertThat(EchoServer.ask(b.netns(), "10.1.0.2", 80))
                                .isEqualTo("a 10.1.0.3");
                    }
                    after.detach("a");
                    after.detach("b");
                }
            }
        });
    }
}
