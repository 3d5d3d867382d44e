package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.netlink.InterfaceAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the world beyond the host meets containers, by the network's options.
class GatewayModesIT {
    private static final int SHORT_MILLIS = 700;
    private static final String UNREACHED = "SocketTimeoutException";
    private static final PortBinding PUBLISHED = new PortBinding(80, "tcp", "", 8080);

    @TempDir Path state;

    private Networks networks(String option, String value) {
        Networks networks = new Networks(state, NetworkOptions.defaults().withPooledNamespaces(0));
        networks.create(
                CreateNetwork.bridge("net")
                        .withIpam(new Network.Ipam("10.7.0.0/24", null, "", Map.of()))
                        .withOptions(Map.of("com.docker.network.bridge." + option, value)));
        networks.create(
                CreateNetwork.bridge("other")
                        .withIpam(new Network.Ipam("10.8.0.0/24", null, "", Map.of())));
        return networks;
    }

    private static String fromOutside(TestHost host, String address, int port) {
        return EchoServer.ask(host.outside, address, port, SHORT_MILLIS);
    }

    @Test
    void routedContainersAreReachedAtTheirAddressesAndPublishedPortsOnly() {
        TestHost.run(host -> {
            try (Networks networks = networks("gateway_mode_ipv4", "routed");
                    Sandbox web =
                            networks.attach(AttachRequest.of("web", "net").publishing(PUBLISHED));
                    Sandbox other = networks.attach(AttachRequest.of("other", "other"));
                    EchoServer open = EchoServer.tcp(web.netns(), "web", 80);
                    EchoServer hidden = EchoServer.tcp(web.netns(), "hidden", 81);
                    EchoServer world = EchoServer.tcp(host.outside, "world", 80)) {
                assertThat(web.ports())
                        .as("that of IPv6, which it does not have, is the host's")
                        .extracting(PortBinding::toString)
                        .containsExactly("0.0.0.0:0->80/tcp", "[::]:8080->80/tcp");
                assertThat(fromOutside(host, "10.7.0.2", 80)).isEqualTo("web " + TestHost.OUTSIDE);
                assertThat(fromOutside(host, "10.7.0.2", 81)).isEqualTo(UNREACHED);
                assertThat(fromOutside(host, TestHost.ADDRESS, 8080)).isEqualTo("ConnectException");
                assertThat(EchoServer.ask(other.netns(), "10.7.0.2", 81, SHORT_MILLIS))
                        .isEqualTo(UNREACHED);
                assertThat(EchoServer.ask(web.netns(), TestHost.OUTSIDE, 80))
                        .as("nothing is translated on the way out")
                        .isEqualTo("world 10.7.0.2");
                networks.detach("web");
                networks.detach("other");
            }
        });
    }

    @Test
    void unprotectedContainersAreReachedAtAllPortsFromOutsideButNotFromOtherNetworks() {
        TestHost.run(host -> {
            try (Networks networks = networks("gateway_mode_ipv4", "nat-unprotected");
                    Sandbox web =
                            networks.attach(AttachRequest.of("web", "net").publishing(PUBLISHED));
                    Sandbox other = networks.attach(AttachRequest.of("other", "other"));
                    EchoServer open = EchoServer.tcp(web.netns(), "web", 80);
                    EchoServer further = EchoServer.tcp(web.netns(), "further", 81);
                    EchoServer world = EchoServer.tcp(host.outside, "world", 80)) {
                assertThat(fromOutside(host, TestHost.ADDRESS, 8080)).startsWith("web ");
                assertThat(fromOutside(host, "10.7.0.2", 81)).startsWith("further ");
                assertThat(EchoServer.ask(other.netns(), "10.7.0.2", 81, SHORT_MILLIS))
                        .isEqualTo(UNREACHED);
                assertThat(EchoServer.ask(web.netns(), TestHost.OUTSIDE, 80))
                        .isEqualTo("world " + TestHost.ADDRESS);
                networks.detach("web");
                networks.detach("other");
            }
        });
    }

    @Test
    void aTrustedDeviceOfTheHostReachesAllPorts() {
        TestHost.run(host -> {
            try (Networks networks = networks("trusted_host_interfaces", "nope:up0");
                    Sandbox web = networks.attach(AttachRequest.of("web", "net"));
                    Sandbox other = networks.attach(AttachRequest.of("other", "other"));
                    EchoServer one = EchoServer.tcp(web.netns(), "web", 81);
                    EchoServer two = EchoServer.tcp(other.netns(), "other", 81)) {
                assertThat(fromOutside(host, "10.7.0.2", 81)).startsWith("web ");
                assertThat(fromOutside(host, "10.8.0.2", 81)).isEqualTo(UNREACHED);
                networks.detach("web");
                networks.detach("other");
            }
        });
    }

    @Test
    void anIsolatedNetworkHasNoAddressOfTheHost() {
        TestHost.run(host -> {
            try (Networks networks = networks("enable_icc", "true")) {
                Map<String, String> isolated =
                        Map.of("com.docker.network.bridge.gateway_mode_ipv4", "isolated");
                assertThatThrownBy(() ->
                                networks.create(CreateNetwork.bridge("iso").withOptions(isolated)))
                        .isInstanceOf(InvalidArgument.class)
                        .hasMessage(
                                "gateway mode 'isolated' can only be used for an internal network");
                networks.create(
                        CreateNetwork.bridge("iso")
                                .withIpam(new Network.Ipam("10.9.0.0/24", null, "", Map.of()))
                                .withOptions(isolated)
                                .onlyInside());
                try (Sandbox a = networks.attach(AttachRequest.of("a", "iso"));
                        Sandbox b = networks.attach(AttachRequest.of("b", "iso"));
                        EchoServer server = EchoServer.tcp(b.netns(), "b", 80)) {
                    String address = b.endpoints().getFirst().ipAddress();
                    assertThat(EchoServer.ask(a.netns(), address, 80)).startsWith("b 10.9.0.");
                    assertThat(host.route.addresses())
                            .extracting(InterfaceAddress::address)
                            .noneMatch(Subnet.parse("10.9.0.0/24")::contains);
                    networks.detach("a");
                    networks.detach("b");
                }
            }
        });
    }

    @Test
    void portsOfARunningContainerAreAddedAndRemoved() {
        TestHost.run(host -> {
            try (Networks networks = networks("enable_icc", "true");
                    Sandbox web =
                            networks.attach(AttachRequest.of("web", "net").publishing(PUBLISHED));
                    Sandbox other =
                            networks.attach(
                                    AttachRequest.of("other", "other")
                                            .publishing(new PortBinding(80, "tcp", "", 8082)));
                    EchoServer one = EchoServer.tcp(web.netns(), "web", 80);
                    EchoServer two = EchoServer.tcp(web.netns(), "two", 81)) {
                PortBinding random = new PortBinding(81, "tcp", "", 0);
                List<PortBinding> both = networks.publish("web", "web", List.of(PUBLISHED, random));
                int chosen = both.getLast().hostPort();
                assertThat(fromOutside(host, TestHost.ADDRESS, 8080)).startsWith("web ");
                assertThat(fromOutside(host, TestHost.ADDRESS, chosen)).startsWith("two ");
                assertThatThrownBy(() ->
                                networks.publish(
                                        "web",
                                        "web",
                                        List.of(new PortBinding(80, "tcp", "", 8082))))
                        .hasMessageContaining("port is already allocated");
                assertThat(networks.attached("web").orElseThrow().ports()).isEqualTo(both);
                assertThat(fromOutside(host, TestHost.ADDRESS, 8080)).startsWith("web ");
                assertThat(networks.publish("web", "web", List.of(random)))
                        .as("a port that was chosen stays the same")
                        .extracting(PortBinding::hostPort)
                        .containsExactly(chosen, chosen);
                assertThat(fromOutside(host, TestHost.ADDRESS, 8080)).isEqualTo("ConnectException");
                assertThat(fromOutside(host, TestHost.ADDRESS, chosen)).startsWith("two ");
                networks.detach("web");
                networks.detach("other");
            }
        });
    }
}
