package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Internal;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Sysctls;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworksIT {
    private static final String UNREACHED = "SocketTimeoutException";

    @TempDir Path state;

    private Networks networks() {
        return networks(NetworkOptions.defaults());
    }

    private Networks networks(NetworkOptions options) {
        return new Networks(state, options);
    }

    private static AttachRequest publish(String id, PortBinding... ports) {
        return AttachRequest.of(id, "bridge").publishing(ports);
    }

    private static AttachRequest at(String id, String address, String mac) {
        return new AttachRequest(
                id,
                id,
                List.of(JoinRequest.of("bridge").withAddress(address, mac)),
                List.of(),
                ResolverSettings.NONE);
    }

    private static PortBinding tcp(int containerPort, String hostIp, int hostPort) {
        return new PortBinding(containerPort, "tcp", hostIp, hostPort);
    }

    private static String ip(Sandbox sandbox) {
        return sandbox.endpoints().getFirst().ipAddress();
    }

    @Test
    void containersOnTheBridgeReachEachOther() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox a = networks.attach(AttachRequest.of("a", "bridge"));
                    Sandbox b = networks.attach(AttachRequest.of("b", "bridge"));
                    EchoServer server = EchoServer.tcp(b.netns(), "b", 80)) {
                assertThat(ip(a)).isEqualTo("172.17.0.2");
                assertThat(ip(b)).isEqualTo("172.17.0.3");
                assertThat(a.endpoints().getFirst())
                        .returns("172.17.0.1", Endpoint::gateway)
                        .returns(16, Endpoint::prefixLength)
                        .returns("02:42:ac:11:00:02", Endpoint::macAddress)
                        .returns("eth0", Endpoint::interfaceName);
                assertThat(EchoServer.ask(a.netns(), ip(b), 80)).isEqualTo("b 172.17.0.2");
                networks.detach("a");
                networks.detach("b");
            }
        });
    }

    @Test
    void containersReachTheWorldWithTheHostsAddress() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox a = networks.attach(AttachRequest.of("a", "bridge"));
                    EchoServer world = EchoServer.tcp(host.outside, "world", 80)) {
                assertThat(EchoServer.ask(a.netns(), TestHost.OUTSIDE, 80))
                        .isEqualTo("world " + TestHost.ADDRESS);
                networks.detach("a");
            }
        });
    }

    @Test
    void withoutMasqueradeTheWorldSeesTheContainersAddress() {
        TestHost.run(host -> {
            NetworkOptions options =
                    NetworkOptions.defaults().withSwitches(false, true, true, true);
            try (Networks networks = networks(options);
                    Sandbox a = networks.attach(AttachRequest.of("a", "bridge"));
                    EchoServer world = EchoServer.tcp(host.outside, "world", 80)) {
                assertThat(EchoServer.ask(a.netns(), TestHost.OUTSIDE, 80))
                        .isEqualTo("world 172.17.0.2");
                networks.detach("a");
            }
        });
    }

    @Test
    void aPublishedPortIsReachedFromEverywhere() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox web = networks.attach(publish("web", tcp(80, "", 8080)));
                    Sandbox other = networks.attach(AttachRequest.of("other", "bridge"));
                    EchoServer server = EchoServer.tcp(web.netns(), "web", 80)) {
                assertThat(web.ports())
                        .containsExactly(tcp(80, "0.0.0.0", 8080), tcp(80, "::", 8080));
                assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080))
                        .as("from outside, with the client's address")
                        .isEqualTo("web " + TestHost.OUTSIDE);
                assertThat(EchoServer.ask(null, "127.0.0.1", 8080))
                        .as("localhost")
                        .isEqualTo("web 172.17.0.1");
                assertThat(EchoServer.ask(null, TestHost.ADDRESS, 8080))
                        .as("the host's address")
                        .startsWith("web ");
                assertThat(EchoServer.ask(null, "172.17.0.1", 8080))
                        .as("the bridge's")
                        .startsWith("web ");
                assertThat(EchoServer.ask(other.netns(), TestHost.ADDRESS, 8080))
                        .as("from another container by the host's address")
                        .isEqualTo("web 172.17.0.1");
                assertThat(EchoServer.ask(other.netns(), "172.17.0.1", 8080))
                        .as("from another container by the gateway")
                        .isEqualTo("web 172.17.0.1");
                assertThat(EchoServer.ask(web.netns(), TestHost.ADDRESS, 8080))
                        .as("from itself by the host's address")
                        .isEqualTo("web 172.17.0.1");
                networks.detach("web");
                assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080))
                        .isEqualTo("ConnectException");
                assertThat(EchoServer.ask(null, "127.0.0.1", 8080)).isEqualTo("ConnectException");
                networks.detach("other");
            }
        });
    }

    @Test
    void udpPortsArePublished() {
        TestHost.run(host -> {
            PortBinding dns = new PortBinding(53, "udp", "", 5353);
            try (Networks networks = networks();
                    Sandbox web = networks.attach(publish("dns", dns));
                    EchoServer server = EchoServer.udp(web.netns(), "dns", 53)) {
                assertThat(EchoServer.askUdp(host.outside, TestHost.ADDRESS, 5353))
                        .isEqualTo("dns " + TestHost.OUTSIDE);
                assertThat(EchoServer.askUdp(null, "127.0.0.1", 5353)).isEqualTo("dns 172.17.0.1");
                networks.detach("dns");
            }
        });
    }

    @Test
    void aPortOnLocalhostIsNotReachedFromOutside() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox web = networks.attach(publish("web", tcp(80, "127.0.0.1", 8080)));
                    EchoServer server = EchoServer.tcp(web.netns(), "web", 80)) {
                assertThat(EchoServer.ask(null, "127.0.0.1", 8080)).isEqualTo("web 172.17.0.1");
                assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080))
                        .isEqualTo("ConnectException");
                networks.detach("web");
            }
        });
    }

    @Test
    void aPacketFromOutsideToLocalhostIsNotLetIn() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox web = networks.attach(publish("web", tcp(80, "127.0.0.1", 8080)));
                    Sandbox evil = networks.attach(AttachRequest.of("evil", "bridge"));
                    EchoServer server = EchoServer.tcp(web.netns(), "web", 80);
                    EchoServer local = EchoServer.tcp(null, "host", 9090)) {
                assertThat(EchoServer.ask(null, "127.0.0.1", 9090)).isEqualTo("host 127.0.0.1");
                Attackers.routeLocalhostThrough(host.outside, TestHost.ADDRESS);
                Attackers.routeLocalhostThrough(evil.netns(), "172.17.0.1");
                for (int port : new int[] {8080, 9090}) {
                    assertThat(EchoServer.ask(host.outside, "127.0.0.1", port, 500))
                            .isEqualTo("SocketTimeoutException");
                    assertThat(EchoServer.ask(evil.netns(), "127.0.0.1", port, 500))
                            .isEqualTo("SocketTimeoutException");
                }
                networks.detach("web");
                networks.detach("evil");
            }
        });
    }

    @Test
    void onlyPublishedPortsAreReachedFromOutside() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox web = networks.attach(publish("web", tcp(80, "", 8080)));
                    EchoServer server = EchoServer.tcp(web.netns(), "web", 80)) {
                // the outside routes everything to the host
                assertThat(EchoServer.ask(host.outside, ip(web), 80, 500))
                        .isEqualTo("SocketTimeoutException");
                assertThat(EchoServer.ask(null, ip(web), 80)).isEqualTo("web 172.17.0.1");
                networks.detach("web");
            }
        });
    }

    @Test
    void aTakenPortIsRefusedInDockersWords() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox web = networks.attach(publish("web", tcp(80, "", 8080)))) {
                assertThatThrownBy(() -> networks.attach(publish("two", tcp(80, "", 8080))))
                        .isInstanceOf(Internal.class)
                        .hasMessageMatching(
                                "driver failed programming external connectivity on endpoint two"
                                        + " \\([0-9a-f]{64}\\): Bind for 0\\.0\\.0\\.0:8080 failed: port is already allocated");
                assertThatThrownBy(
                                () -> networks.attach(publish("two", tcp(80, "127.0.0.1", 8080))))
                        .hasMessageContaining(
                                "Bind for 127.0.0.1:8080 failed: port is already allocated");
                assertThat(networks.attached("two")).isEmpty();
                try (Sandbox two =
                        networks.attach(publish("two", new PortBinding(80, "udp", "", 8080)))) {
                    assertThat(ip(two)).as("the failures took no address").isEqualTo("172.17.0.3");
                }
                networks.detach("web");
                networks.detach("two");
            }
        });
    }

    @Test
    void aPortOfAHostProcessIsRefusedAndAPublishedOneIsHeld() {
        TestHost.run(host -> {
            try (Networks networks = networks()) {
                try (ServerSocket own = new ServerSocket(8080)) {
                    assertThat(own.isBound()).isTrue();
                    assertThatThrownBy(() -> networks.attach(publish("web", tcp(80, "", 8080))))
                            .hasMessageContaining(
                                    "failed to bind host port 0.0.0.0:8080/tcp: address already in use");
                }
                try (Sandbox web = networks.attach(publish("web", tcp(80, "", 8080)))) {
                    assertThat(web.ports()).hasSize(2);
                    assertThatThrownBy(() -> new ServerSocket(8080))
                            .isInstanceOf(BindException.class);
                }
                networks.detach("web");
                new ServerSocket(8080).close();
            }
        });
    }

    @Test
    void portZeroIsAnyFreeOneOfTheLocalRange() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox web = networks.attach(publish("web", tcp(80, "", 0), tcp(81, "", 0)));
                    EchoServer server = EchoServer.tcp(web.netns(), "web", 81)) {
                assertThat(web.ports())
                        .extracting(PortBinding::hostPort)
                        .containsExactly(32768, 32768, 32769, 32769);
                assertThat(web.ports())
                        .allMatch(p -> p.hostPort() >= 32768 && p.hostPort() <= 60999);
                assertThat(
                                EchoServer.ask(
                                        host.outside,
                                        TestHost.ADDRESS,
                                        web.ports().getLast().hostPort()))
                        .startsWith("web");
                assertThat(networks.attached("web").orElseThrow().ports()).isEqualTo(web.ports());
                networks.detach("web");
            }
        });
    }

    @Test
    void aContainerWithoutNetworkTouchesNothingOfTheHost() {
        TestHost.run(host -> {
            List<String> before = host.deviceNames();
            String forwarding = Sysctls.get("net.ipv4.ip_forward").orElseThrow();
            try (Networks networks = networks();
                    Sandbox none = networks.attach(AttachRequest.of("a", "none"));
                    EchoServer server = EchoServer.tcp(none.netns(), "a", 80)) {
                assertThat(EchoServer.ask(none.netns(), "127.0.0.1", 80)).isEqualTo("a 127.0.0.1");
                assertThat(none.endpoints())
                        .extracting(Endpoint::networkName)
                        .containsExactly("none");
                assertThat(networks.attach(AttachRequest.of("h", "host")).netns()).isNull();
                assertThat(host.deviceNames()).isEqualTo(before);
                assertThat(Sysctls.get("net.ipv4.ip_forward")).contains(forwarding);
                assertThat(Rulesets.tables()).isEmpty();
            }
        });
    }

    @Test
    void withoutInterContainerTrafficContainersReachTheWorldOnly() {
        TestHost.run(host -> {
            NetworkOptions options =
                    NetworkOptions.defaults().withSwitches(true, false, true, true);
            try (Networks networks = networks(options);
                    Sandbox a = networks.attach(AttachRequest.of("a", "bridge"));
                    Sandbox b = networks.attach(AttachRequest.of("b", "bridge"));
                    EchoServer server = EchoServer.tcp(b.netns(), "b", 80);
                    EchoServer world = EchoServer.tcp(host.outside, "world", 80)) {
                assertThat(EchoServer.ask(a.netns(), ip(b), 80, 500)).isNotEqualTo("b 172.17.0.2");
                assertThat(EchoServer.ask(a.netns(), TestHost.OUTSIDE, 80)).startsWith("world");
                assertThat(EchoServer.ask(null, ip(b), 80)).isEqualTo("b 172.17.0.1");
                networks.detach("a");
                networks.detach("b");
            }
        });
    }

    @Test
    void withoutInterContainerTrafficLinksOpenTheirPorts() {
        TestHost.run(host -> {
            NetworkOptions options =
                    NetworkOptions.defaults().withSwitches(true, false, true, true);
            Networks before = networks(options);
            AttachRequest linked =
                    AttachRequest.of("a", "bridge").linkedTo(new LinkedPort("b", 80, "tcp"));
            try (Sandbox b = before.attach(AttachRequest.of("b", "bridge"));
                    Sandbox a = before.attach(linked);
                    Sandbox c = before.attach(AttachRequest.of("c", "bridge"));
                    EchoServer open = EchoServer.tcp(b.netns(), "b", 80);
                    EchoServer shut = EchoServer.tcp(b.netns(), "b", 81);
                    EchoServer back = EchoServer.tcp(a.netns(), "a", 80)) {
                assertThat(EchoServer.ask(a.netns(), ip(b), 80)).isEqualTo("b " + ip(a));
                assertThat(EchoServer.ask(a.netns(), ip(b), 81, 500)).isEqualTo(UNREACHED);
                assertThat(EchoServer.ask(b.netns(), ip(a), 80, 500)).isEqualTo(UNREACHED);
                assertThat(EchoServer.ask(c.netns(), ip(b), 80, 500)).isEqualTo(UNREACHED);
                before.close();
                try (Networks after = networks(options)) {
                    after.recover(Set.of("a", "b", "c"));
                    assertThat(EchoServer.ask(a.netns(), ip(b), 80)).isEqualTo("b " + ip(a));
                    after.detach("b");
                    try (Sandbox other = after.attach(AttachRequest.of("other", "bridge"));
                            EchoServer server = EchoServer.tcp(other.netns(), "other", 80)) {
                        assertThat(ip(other)).isEqualTo(ip(b));
                        assertThat(EchoServer.ask(a.netns(), ip(other), 80, 500))
                                .isEqualTo(UNREACHED);
                    }
                    List.of("a", "c", "other").forEach(after::detach);
                }
            }
        });
    }

    @Test
    void aHundredAttachmentsLeaveNothingBehind() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox first = networks.attach(publish("first", tcp(80, "", 0)))) {
                assertThat(ip(first)).isEqualTo("172.17.0.2");
                String rules = Rulesets.list();
                int descriptors = descriptors();
                for (int i = 0; i < 100; i++) {
                    try (Sandbox s =
                            networks.attach(publish("c" + i, tcp(80, "", 0), tcp(80, "", 9000)))) {
                        assertThat(ip(s)).isEqualTo("172.17.0.3");
                    }
                    networks.detach("c" + i);
                    networks.detach("c" + i);
                }
                host.awaitPorts("carafe0", 1);
                assertThat(Rulesets.list()).isEqualTo(rules);
                assertThat(networks.endpoints(networks.get("bridge").id()))
                        .containsOnlyKeys("first");
                assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 10);
                networks.detach("first");
            }
            host.awaitDevices(List.of("lo", "up0", "wire"));
            assertThat(Rulesets.tables()).isEmpty();
        });
    }

    private static int descriptors() {
        return Path.of("/proc/self/fd").toFile().list().length;
    }

    @Test
    void liveContainersKeepTheirNetworkAcrossARestart() {
        TestHost.run(host -> {
            Networks before = networks();
            try (Sandbox web = before.attach(publish("web", tcp(80, "", 8080)));
                    EchoServer server = EchoServer.tcp(web.netns(), "web", 80)) {
                Sandbox dead = before.attach(publish("dead", tcp(80, "", 8081)));
                before.close();
                dead.close();
                assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080)).startsWith("web ");
                String id = before.get("bridge").id();

                try (Networks after = networks()) {
                    after.recover(Set.of("web"));
                    assertThat(after.get("bridge").id()).isEqualTo(id);
                    assertThat(after.attached("web").orElseThrow().endpoints())
                            .isEqualTo(web.endpoints());
                    assertThat(after.attached("dead")).isEmpty();
                    assertThat(host.deviceNames()).filteredOn(n -> n.startsWith("cv")).hasSize(1);
                    assertThat(Rulesets.list()).contains("8080").doesNotContain("8081");
                    assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080))
                            .startsWith("web ");
                    assertThat(EchoServer.ask(null, "127.0.0.1", 8080)).startsWith("web ");
                    assertThatThrownBy(() -> after.attach(publish("two", tcp(80, "", 8080))))
                            .hasMessageContaining("port is already allocated");
                    try (Sandbox next = after.attach(publish("next", tcp(80, "", 8081)))) {
                        assertThat(ip(next)).isEqualTo("172.17.0.3");
                    }
                    after.detach("web");
                    after.detach("next");
                }
            }
            assertThat(Rulesets.tables()).isEmpty();
        });
    }

    @Test
    void missingRulesAndTheBridgeComeBackAtRecovery() {
        TestHost.run(host -> {
            Networks before = networks();
            try (Sandbox web = before.attach(publish("web", tcp(80, "", 8080)));
                    EchoServer server = EchoServer.tcp(web.netns(), "web", 80)) {
                before.close();
                Rulesets.flush();
                Rulesets.ip("link", "delete", "carafe0");
                assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080))
                        .isEqualTo("ConnectException");
                try (Networks after = networks()) {
                    after.recover(Set.of("web"));
                    assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080))
                            .startsWith("web ");
                    after.detach("web");
                }
            }
        });
    }

    @Test
    void flushedRulesComeBackWithTheNextPort() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    Sandbox web = networks.attach(publish("web", tcp(80, "", 8080)));
                    EchoServer server = EchoServer.tcp(web.netns(), "web", 80)) {
                Rulesets.flush();
                networks.attach(publish("two", tcp(80, "", 8081))).close();
                assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080)).startsWith("web ");
                Rulesets.flush();
                networks.detach("two");
                assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080)).startsWith("web ");
                networks.detach("web");
            }
        });
    }

    @Test
    void userDefinedNetworksAreApart() {
        TestHost.run(host -> {
            try (Networks networks = networks()) {
                Network blue = networks.create(CreateNetwork.bridge("blue"));
                assertThat(blue.ipam().getFirst().subnet()).isEqualTo("172.18.0.0/16");
                try (Sandbox a = networks.attach(AttachRequest.of("a", "bridge"));
                        Sandbox b = networks.attach(AttachRequest.of("b", "blue"));
                        Sandbox c =
                                networks.attach(AttachRequest.of("c", blue.id().substring(0, 12)));
                        EchoServer server = EchoServer.tcp(b.netns(), "b", 80)) {
                    assertThat(ip(b)).isEqualTo("172.18.0.2");
                    assertThat(EchoServer.ask(c.netns(), ip(b), 80)).isEqualTo("b 172.18.0.3");
                    assertThat(EchoServer.ask(a.netns(), ip(b), 80, 500))
                            .isEqualTo("SocketTimeoutException");
                    assertThatThrownBy(() -> networks.remove("blue"))
                            .hasMessageContaining("has active endpoints");
                    networks.detach("b");
                    networks.detach("c");
                    networks.remove("blue");
                    assertThat(host.deviceNames()).noneMatch(n -> n.startsWith("br-"));
                    networks.detach("a");
                }
            }
        });
    }

    @Test
    void aUdpClientThatGoesOnSendingFindsTheNextContainer() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    EchoServer.UdpClient client =
                            EchoServer.UdpClient.in(host.outside, TestHost.ADDRESS, 5353)) {
                assertThat(client.ask())
                        .as("nobody is there yet")
                        .isEqualTo("PortUnreachableException");
                for (String name : List.of("one", "two")) {
                    // a wanted address, so that the second is not at the first's by chance
                    AttachRequest request =
                            at(name, name.equals("one") ? "172.17.0.9" : "172.17.0.10", null)
                                    .publishing(new PortBinding(53, "udp", "", 5353));
                    try (Sandbox container = networks.attach(request);
                            EchoServer server = EchoServer.udp(container.netns(), name, 53)) {
                        assertThat(client.ask()).isEqualTo(name + " " + TestHost.OUTSIDE);
                    }
                    networks.detach(name);
                }
            }
        });
    }

    @Test
    void establishedConnectionsGoOnThroughARestart() {
        TestHost.run(host -> {
            Networks before = networks();
            try (Sandbox web = before.attach(publish("web", tcp(80, "", 8080)));
                    EchoServer.Conversation talk =
                            EchoServer.Conversation.between(
                                    host.outside, TestHost.ADDRESS, 8080, web.netns(), 80)) {
                assertThat(talk.say("one")).isEqualTo("one");
                before.close();
                assertThat(talk.say("two")).isEqualTo("two");
                try (Networks after = networks()) {
                    after.recover(Set.of("web"));
                    assertThat(talk.say("three")).isEqualTo("three");
                    after.detach("web");
                }
            }
        });
    }

    @Test
    void aRemovedBridgeComesBackWithTheNextContainer() {
        TestHost.run(host -> {
            try (Networks networks = networks();
                    EchoServer world = EchoServer.tcp(host.outside, "world", 80)) {
                networks.attach(AttachRequest.of("a", "bridge")).close();
                networks.detach("a");
                Rulesets.ip("link", "delete", "carafe0");
                try (Sandbox b = networks.attach(AttachRequest.of("b", "bridge"))) {
                    assertThat(EchoServer.ask(b.netns(), TestHost.OUTSIDE, 80)).startsWith("world");
                    networks.detach("b");
                }
            }
        });
    }

    @Test
    void wantedAddressesAreGivenOnce() {
        TestHost.run(host -> {
            AttachRequest request = at("a", "172.17.5.5", "02:00:00:00:00:05");
            AttachRequest same = at("b", "172.17.5.5", null);
            try (Networks networks = networks();
                    Sandbox a = networks.attach(request)) {
                assertThat(ip(a)).isEqualTo("172.17.5.5");
                assertThat(a.endpoints().getFirst().macAddress()).isEqualTo("02:00:00:00:00:05");
                assertThatThrownBy(() -> networks.attach(same))
                        .hasMessageContaining("Address already in use");
                networks.detach("a");
            }
        });
    }

    @Test
    void anAdministratorsBridgeIsUsedAndKept() {
        TestHost.run(host -> {
            Rulesets.ip("link", "add", "own0", "type", "bridge");
            Rulesets.ip("address", "add", "10.99.0.254/24", "dev", "own0");
            try (Networks networks = networks(NetworkOptions.defaults().withBridge("own0", null));
                    Sandbox a = networks.attach(AttachRequest.of("a", "bridge"))) {
                assertThat(a.endpoints().getFirst())
                        .returns("10.99.0.1", Endpoint::ipAddress)
                        .returns("10.99.0.254", Endpoint::gateway);
                networks.detach("a");
            }
            assertThat(host.deviceNames()).contains("own0");
        });
    }

    @Test
    void aChangedBridgeAddressReplacesTheOldOne() {
        TestHost.run(host -> {
            Networks old = networks(NetworkOptions.defaults().withBridge("carafe7", "10.7.0.1/24"));
            old.attach(AttachRequest.of("a", "bridge")).close();
            old.close();
            host.awaitDevices(List.of("carafe7", "lo", "up0", "wire"));
            try (Networks networks =
                    networks(NetworkOptions.defaults().withBridge("carafe7", "10.8.0.1/24"))) {
                networks.recover(Set.of());
                networks.attach(AttachRequest.of("a", "bridge")).close();
                assertThat(host.route.addresses())
                        .extracting(a -> Addresses.format(a.address()))
                        .contains("10.8.0.1")
                        .doesNotContain("10.7.0.1");
                networks.detach("a");
            }
        });
    }

    @Test
    void manyContainersAtOnceGetAddressesOfTheirOwn() {
        TestHost.run(host -> {
            try (Networks networks = networks()) {
                List<Sandbox> all = Collections.synchronizedList(new ArrayList<>());
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    String id = "c" + i;
                    threads.add(
                            Thread.ofPlatform()
                                    .start(() -> {
                                        networks.list();
                                        all.add(networks.attach(publish(id, tcp(80, "", 0))));
                                    }));
                }
                for (Thread thread : threads) {
                    thread.join();
                }
                assertThat(all).extracting(NetworksIT::ip).hasSize(30).doesNotHaveDuplicates();
                assertThat(all)
                        .extracting(s -> s.ports().getFirst().hostPort())
                        .doesNotHaveDuplicates();
                for (Sandbox sandbox : all) {
                    sandbox.close();
                }
                for (int i = 0; i < 30; i++) {
                    networks.detach("c" + i);
                }
            }
            host.awaitDevices(List.of("lo", "up0", "wire"));
        });
    }

    @Test
    void aBridgeAddressIsUsedAndTheHostsRoutesAreAvoided() {
        TestHost.run(host -> {
            Rulesets.ip("route", "add", "172.17.4.0/24", "via", TestHost.OUTSIDE);
            try (Networks networks = networks();
                    Sandbox a = networks.attach(AttachRequest.of("a", "bridge"))) {
                assertThat(ip(a)).isEqualTo("172.18.0.2");
                networks.detach("a");
            }
            try (Networks networks =
                            networks(
                                    NetworkOptions.defaults()
                                            .withBridge("carafe7", "10.7.0.1/24"));
                    Sandbox a = networks.attach(AttachRequest.of("a", "bridge"))) {
                assertThat(ip(a)).isEqualTo("10.7.0.2");
                assertThat(networks.get("bridge").ipam())
                        .containsExactly(
                                new Network.Ipam("10.7.0.0/24", null, "10.7.0.1", Map.of()));
                networks.detach("a");
            }
        });
    }

    @Test
    void aKilledEnginesContainersLiveOnAndNothingIsLost() {
        TestHost.run(host -> {
            Process engine =
                    new ProcessBuilder(
                                    ProcessHandle.current().info().command().orElseThrow(),
                                    "--enable-native-access=ALL-UNNAMED",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "dev.carafe.network.KilledEngine",
                                    state.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String line = engine.inputReader().readLine();
            assertThat(line).startsWith("netns ");
            try (Fd netns =
                            FileSystem.open(
                                    "/proc/" + engine.pid() + "/fd/" + line.substring(6),
                                    FileSystem.O_RDONLY);
                    EchoServer server = EchoServer.tcp(netns, "web", 80)) {
                engine.destroyForcibly().waitFor();
                assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080))
                        .isEqualTo("web " + TestHost.OUTSIDE);
                try (Networks after = networks()) {
                    after.recover(Set.of("web"));
                    assertThat(after.attached("web").orElseThrow().ports())
                            .containsExactly(tcp(80, "0.0.0.0", 8080), tcp(80, "::", 8080));
                    assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS6, 8080))
                            .as("what a relay led there is led again")
                            .isEqualTo("web 172.17.0.1");
                    assertThat(host.deviceNames()).filteredOn(n -> n.startsWith("cv")).hasSize(1);
                    assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080))
                            .startsWith("web ");
                    assertThatThrownBy(() -> new ServerSocket(8080))
                            .as("the port is held again")
                            .isInstanceOf(BindException.class);
                    try (Sandbox next = after.attach(publish("next", tcp(80, "", 8081)))) {
                        assertThat(ip(next)).isEqualTo("172.17.0.3");
                    }
                    after.detach("web");
                    after.detach("next");
                }
            }
            host.awaitDevices(List.of("lo", "up0", "wire"));
            assertThat(Rulesets.tables()).isEmpty();
        });
    }
}
