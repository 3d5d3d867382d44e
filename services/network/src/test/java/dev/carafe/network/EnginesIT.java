package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several engines on one host, at once or one after the other.
class EnginesIT {
    @TempDir Path state;

    private Networks networks() {
        return new Networks(state, NetworkOptions.defaults());
    }

    private static AttachRequest publish(String id, PortBinding... ports) {
        return AttachRequest.of(id, "bridge").publishing(ports);
    }

    private static PortBinding tcp(int containerPort, String hostIp, int hostPort) {
        return new PortBinding(containerPort, "tcp", hostIp, hostPort);
    }

    private static String ip(Sandbox sandbox) {
        return sandbox.endpoints().getFirst().ipAddress();
    }

    @Test
    void twoEnginesOnOneHostKeepApart(@TempDir Path otherState) {
        TestHost.run(host -> {
            try (Networks one = networks();
                    Networks two = new Networks(otherState, NetworkOptions.defaults());
                    Sandbox a = one.attach(publish("a", tcp(80, "", 8080)));
                    Sandbox b = two.attach(publish("b", tcp(80, "", 8081)));
                    EchoServer serverA = EchoServer.tcp(a.netns(), "a", 80);
                    EchoServer serverB = EchoServer.tcp(b.netns(), "b", 80)) {
                assertThat(ip(a)).isEqualTo("172.17.0.2");
                assertThat(ip(b)).isEqualTo("172.18.0.2");
                assertThat(host.deviceNames()).contains("carafe0", "carafe1");
                two.recover(Set.of("b"));
                assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8080)).startsWith("a ");
                assertThat(EchoServer.ask(host.outside, TestHost.ADDRESS, 8081)).startsWith("b ");
                assertThatThrownBy(() -> two.attach(publish("c", tcp(80, "", 8080))))
                        .hasMessageContaining("address already in use");
                two.detach("b");
                one.detach("a");
            }
        });
    }

    /// A network has no device before its first use, so another engine can't see its subnet.
    @Test
    void aSubnetThatAnotherEngineTookMeanwhileIsChosenAnew(@TempDir Path otherState) {
        TestHost.run(host -> {
            try (Networks one = networks();
                    Networks two = new Networks(otherState, NetworkOptions.defaults())) {
                Network blue = one.create(CreateNetwork.bridge("blue"));
                Network red = two.create(CreateNetwork.bridge("red"));
                assertThat(red.ipam().getFirst().subnet())
                        .isEqualTo(blue.ipam().getFirst().subnet());
                two.create(
                        CreateNetwork.bridge("wanted")
                                .withIpam(new Network.Ipam("10.1.0.0/24", null, "", Map.of())));
                try (Sandbox a = one.attach(AttachRequest.of("a", "blue"));
                        Sandbox b = two.attach(AttachRequest.of("b", "red"));
                        Sandbox c = two.attach(AttachRequest.of("c", "wanted"));
                        EchoServer server = EchoServer.tcp(a.netns(), "a", 80)) {
                    String other = two.get("red").ipam().getFirst().subnet();
                    assertThat(Subnet.parse(other).overlaps(Subnet.of(Addresses.parse(ip(a)))))
                            .isFalse();
                    assertThat(Subnet.parse(other).contains(Addresses.parse(ip(b)))).isTrue();
                    assertThat(ip(c)).isEqualTo("10.1.0.2");
                    assertThat(EchoServer.ask(b.netns(), ip(a), 80, 500))
                            .isEqualTo("SocketTimeoutException");
                    two.recover(Set.of("b", "c"));
                    assertThat(two.get("red").ipam().getFirst().subnet()).isEqualTo(other);
                    one.detach("a");
                    two.detach("b");
                    two.detach("c");
                }
            }
        });
    }

    @Test
    void aBridgeWhoseStateWasDeletedIsRemoved(@TempDir Path temp) throws Exception {
        Path lost = temp.resolve("lost");
        TestHost.run(host -> {
            Networks gone = new Networks(lost, NetworkOptions.defaults());
            gone.attach(publish("a", tcp(80, "", 8080))).close();
            gone.close();
            host.awaitDevices(List.of("carafe0", "lo", "up0", "wire"));
            deleteTree(lost);
            try (Networks networks = networks();
                    Sandbox b = networks.attach(AttachRequest.of("b", "bridge"))) {
                assertThat(ip(b)).isEqualTo("172.17.0.2");
                assertThat(Rulesets.tables()).hasSize(1);
                networks.detach("b");
            }
            host.awaitDevices(List.of("lo", "up0", "wire"));
        });
    }

    private static void deleteTree(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(p);
            }
        }
    }
}
