package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.Sysctls;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Networks with IPv6.
class Ipv6IT {
    private static final int SHORT_MILLIS = 700;

    @TempDir Path state;

    private Networks networks() {
        Networks networks = new Networks(state, NetworkOptions.defaults().withPooledNamespaces(0));
        if (networks.list().stream().noneMatch(n -> n.name().equals("six"))) {
            networks.create(
                    CreateNetwork.bridge("six")
                            .withIpv6()
                            .withIpam(
                                    new Network.Ipam("10.6.0.0/24", null, "", Map.of()),
                                    new Network.Ipam("fd00:6::/64", null, "", Map.of())));
        }
        return networks;
    }

    private static AttachRequest on(String id) {
        return AttachRequest.of(id, "six");
    }

    @Test
    void containersReachEachOtherAndTheWorld() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox a = networks.attach(on("a"));
                    Sandbox b =
                            networks.attach(
                                    new AttachRequest(
                                            "b",
                                            "b",
                                            List.of(JoinRequest.of("six").withIp6("fd00:6::99")),
                                            List.of(),
                                            ResolverSettings.NONE));
                    EchoServer server = EchoServer.tcp6(b.netns(), "b", 80);
                    EchoServer world = EchoServer.tcp6(host.outside, "world", 80)) {
                assertThat(a.endpoints().getFirst())
                        .returns("10.6.0.2", Endpoint::ipAddress)
                        .returns("fd00:6::2", Endpoint::ip6Address)
                        .returns(64, Endpoint::ip6PrefixLength)
                        .returns("fd00:6::1", Endpoint::ip6Gateway);
                assertThat(EchoServer.ask(a.netns(), "fd00:6::99", 80)).isEqualTo("b fd00:6::2");
                assertThat(EchoServer.ask(a.netns(), "10.6.0.3", 80)).isEqualTo("b 10.6.0.2");
                assertThat(EchoServer.ask(a.netns(), TestHost.OUTSIDE6, 80))
                        .isEqualTo("world " + TestHost.ADDRESS6);
                networks.detach("a");
                networks.detach("b");
            }
        });
    }

    @Test
    void aPublishedPortIsReachedByBothFamiliesAndThroughARestart() {
        TestHost.run(host -> {
            PortBinding any = new PortBinding(80, "tcp", "", 0);
            Networks before = networks();
            try (Sandbox web = before.attach(on("web").publishing(any));
                    EchoServer server = EchoServer.tcp6(web.netns(), "web", 80)) {
                assertThat(web.ports())
                        .extracting(PortBinding::hostIp)
                        .containsExactly("0.0.0.0", "::");
                int port = web.ports().getFirst().hostPort();
                assertThat(web.ports().getLast().hostPort()).isEqualTo(port);
                reached(host, port);
                assertThat(EchoServer.ask(host.outside, "fd00:6::2", 80, SHORT_MILLIS))
                        .as("not at its own address")
                        .isEqualTo("SocketTimeoutException");
                before.close();
                try (Networks after = networks()) {
                    after.recover(Set.of("web"));
                    reached(host, port);
                    after.detach("web");
                }
            }
        });
    }

    private static void reached(TestHost host, int port) {
        assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS6, port))
                .isEqualTo("web " + TestHost.OUTSIDE6);
        assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, port))
                .isEqualTo("web " + TestHost.OUTSIDE);
        assertThat(EchoServer.ask(null, TestHost.ADDRESS6, port)).startsWith("web ");
        assertThat(EchoServer.ask(null, "::1", port)).isEqualTo("web fd00:6::1");
        assertThat(EchoServer.ask(host.outside, TestHost.LINK_LOCAL + "%2", port))
                .isEqualTo("web fd00:6::1");
        int up0 = host.route.link("up0").orElseThrow().index();
        assertThat(EchoServer.ask(null, TestHost.LINK_LOCAL + "%" + up0, port))
                .isEqualTo("web fd00:6::1");
        assertThat(EchoServer.ask(null, "127.0.0.1", port)).startsWith("web ");
    }

    @Test
    void aContainerWithoutIpv6IsReachedByThatOfTheHost() {
        TestHost.run(host -> {
            Networks before = networks();
            AttachRequest request =
                    AttachRequest.of("web", "bridge")
                            .publishing(
                                    new PortBinding(80, "tcp", "", 0),
                                    new PortBinding(81, "tcp", "::1", 8081));
            try (Sandbox web = before.attach(request);
                    EchoServer server = EchoServer.tcp(web.netns(), "web", 80);
                    EchoServer local = EchoServer.tcp(web.netns(), "local", 81)) {
                assertThat(web.ports())
                        .extracting(PortBinding::hostIp)
                        .containsExactly("0.0.0.0", "::", "::1");
                int port = web.ports().getFirst().hostPort();
                assertThat(web.ports().get(1).hostPort()).isEqualTo(port);
                relayed(host, port);
                assertThat(EchoServer.ask(null, "::1", 8081)).startsWith("local ");
                before.close();
                try (Networks after = networks()) {
                    after.recover(Set.of("web"));
                    relayed(host, port);
                    after.publish("web", "web", List.of(new PortBinding(80, "tcp", "", 8082)));
                    assertThat(EchoServer.ask(null, "::1", port)).isEqualTo("ConnectException");
                    relayed(host, 8082);
                    after.detach("web");
                    assertThat(EchoServer.ask(null, "::1", 8082)).isEqualTo("ConnectException");
                }
            }
        });
    }

    private static void relayed(TestHost host, int port) {
        assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, port))
                .as("by rules, with the client's address")
                .isEqualTo("web " + TestHost.OUTSIDE);
        assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS6, port))
                .isEqualTo("web 172.17.0.1");
        assertThat(EchoServer.ask(null, "::1", port)).isEqualTo("web 172.17.0.1");
    }

    @Test
    void datagramsAreAnsweredFromTheAddressThatWasAsked() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox web =
                            networks.attach(
                                    AttachRequest.of("web", "bridge")
                                            .publishing(new PortBinding(53, "udp", "", 5353)));
                    EchoServer udp = EchoServer.udp(web.netns(), "names", 53)) {
                int up0 = host.route.link("up0").orElseThrow().index();
                host.add(up0, "2001:db8::5");
                assertThat(EchoServer.askUdp(host.outside, "2001:db8::5", 5353))
                        .isEqualTo("names 172.17.0.1");
                assertThat(EchoServer.askUdp(host.outside, TestHost.ADDRESS6, 5353))
                        .isEqualTo("names 172.17.0.1");
                assertThat(EchoServer.askUdp(null, "::1", 5353)).isEqualTo("names 172.17.0.1");
                networks.detach("web");
            }
        });
    }

    @Test
    void withoutTheRelayIpv4IsAllThatAContainerOfItHas() {
        TestHost.run(host -> {
            NetworkOptions options =
                    NetworkOptions.defaults().withPooledNamespaces(0).withRelay(false);
            try (Networks networks = new Networks(state, options);
                    Sandbox web =
                            networks.attach(
                                    AttachRequest.of("web", "bridge")
                                            .publishing(new PortBinding(80, "tcp", "", 8080)))) {
                assertThat(web.ports()).extracting(PortBinding::hostIp).containsExactly("0.0.0.0");
                assertThat(EchoServer.ask(null, "::1", 8080)).isEqualTo("ConnectException");
                networks.detach("web");
            }
        });
    }

    @Test
    void networksWithoutIpv6HaveNone() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox a = networks.attach(AttachRequest.of("a", "bridge"))) {
                String device =
                        networks.get("bridge").options().get("com.docker.network.bridge.name");
                assertThat(Sysctls.get("net/ipv6/conf/" + device + "/disable_ipv6")).hasValue("1");
                assertThat(Sysctls.get("net/ipv6/conf/" + device + "/accept_ra")).hasValue("0");
                assertThat(
                                host.inside(
                                        a.netns(),
                                        () -> Sysctls.get("net/ipv6/conf/eth0/disable_ipv6")))
                        .hasValue("1");
                assertThat(a.endpoints().getFirst().ip6Address()).isEmpty();
                networks.detach("a");
            }
        });
    }

    @Test
    void aNetworkOfIpv6Alone() {
        TestHost.run(host -> {
            try (Networks networks = networks()) {
                networks.create(
                        new CreateNetwork(
                                "only",
                                "bridge",
                                false,
                                false,
                                true,
                                false,
                                List.of(),
                                Map.of(),
                                Map.of(),
                                Configuration.OWN));
                try (Sandbox a = networks.attach(AttachRequest.of("a", "only"));
                        Sandbox b = networks.attach(AttachRequest.of("b", "only"));
                        EchoServer server = EchoServer.tcp6(b.netns(), "b", 80)) {
                    assertThat(a.endpoints().getFirst().ipAddress()).isEmpty();
                    String address = b.endpoints().getFirst().ip6Address();
                    assertThat(address).startsWith("fd").endsWith("::3");
                    assertThat(EchoServer.ask(a.netns(), address, 80)).startsWith("b fd");
                    networks.detach("a");
                    networks.detach("b");
                }
                networks.remove("only");
            }
        });
    }

    @Test
    void aContainerThatHasIpv6SwitchedOffGetsNoAddressOfIt() {
        TestHost.run(host -> {
            JoinRequest join = JoinRequest.of("six").withWithoutSix(true);
            AttachRequest request =
                    new AttachRequest("a", "a", List.of(join), List.of(), ResolverSettings.NONE);
            try (Networks networks = networks();
                    Sandbox a = networks.attach(request)) {
                assertThat(a.endpoints().getFirst())
                        .returns("10.6.0.2", Endpoint::ipAddress)
                        .returns("", Endpoint::ip6Address)
                        .returns("", Endpoint::ip6Gateway);
                networks.detach("a");
            }
        });
    }

    @Test
    void theDefaultBridgeGetsIpv6ByTheDaemonsSettings() {
        TestHost.run(host -> {
            NetworkOptions options =
                    NetworkOptions.defaults()
                            .withPooledNamespaces(0)
                            .withBridge(
                                    new DefaultBridge(
                                            null,
                                            "172.30.0.1/16",
                                            "172.30.5.0/24",
                                            null,
                                            true,
                                            null,
                                            "fd00:9::/64",
                                            null));
            try (Networks networks = new Networks(state, options);
                    Sandbox a = networks.attach(AttachRequest.of("a", "bridge"))) {
                assertThat(a.endpoints().getFirst())
                        .returns("172.30.5.0", Endpoint::ipAddress)
                        .returns("172.30.0.1", Endpoint::gateway)
                        .returns("fd00:9::2", Endpoint::ip6Address);
                assertThat(networks.get("bridge").ipv6()).isTrue();
                networks.detach("a");
            }
        });
    }
}
