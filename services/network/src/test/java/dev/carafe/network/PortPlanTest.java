package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortPlanTest {
    private static final PortPlan.Host HOST = new PortPlan.Host("0.0.0.0", true, true);
    private static final PortPlan.Host NO_RELAY = new PortPlan.Host("0.0.0.0", false, true);
    private static final Endpoint FOUR = endpoint("172.17.0.2", "");
    private static final Endpoint BOTH = endpoint("172.17.0.2", "fd00::2");
    private static final Ways ONLY_FOUR = new Ways(Optional.of(FOUR), Optional.empty());
    private static final Ways ALL = new Ways(Optional.of(BOTH), Optional.of(BOTH));
    private static final Ways ONLY_SIX = new Ways(Optional.empty(), Optional.of(BOTH));

    private static Endpoint endpoint(String four, String six) {
        return Endpoint.plain("n", "n", "e", "bridge")
                .with()
                .ipAddress(four)
                .ip6Address(six)
                .build();
    }

    private static PortBinding port(String hostIp) {
        return new PortBinding(80, "tcp", hostIp, 8080);
    }

    private static List<String> plan(
            PortBinding port, Ways ways, PortPlan.Host host, Map<String, String> options) {
        NetworkRecord network =
                NetworkRecord.plain("n", "n", "bridge", "").with().options(options).build();
        return PortPlan.of(List.of(port), ways, unused -> network, host).all().stream()
                .map(PortBinding::toString)
                .toList();
    }

    private static List<String> plan(PortBinding port, Ways ways, PortPlan.Host host) {
        return plan(port, ways, host, Map.of());
    }

    @Test
    void bothFamiliesOfTheHostLeadToAContainerOfIpv4() {
        assertThat(plan(port(""), ONLY_FOUR, HOST))
                .containsExactly("0.0.0.0:8080->80/tcp", "[::]:8080->80/tcp");
        assertThat(plan(port("::"), ONLY_FOUR, HOST)).containsExactly("[::]:8080->80/tcp");
        assertThat(plan(port("::1"), ONLY_FOUR, HOST)).containsExactly("[::1]:8080->80/tcp");
        assertThat(plan(port("127.0.0.1"), ONLY_FOUR, HOST))
                .containsExactly("127.0.0.1:8080->80/tcp");
    }

    @Test
    void withoutRelayIpv4IsAll() {
        assertThat(plan(port(""), ONLY_FOUR, NO_RELAY)).containsExactly("0.0.0.0:8080->80/tcp");
        assertThatThrownBy(() -> plan(port("::"), ONLY_FOUR, NO_RELAY))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("--ipv6");
        assertThatThrownBy(() -> plan(port("::1"), ALL, NO_RELAY))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("--userland-proxy");
    }

    @Test
    void nothingIsRelayedOfProtocolsThatTheRelayDoesNotKnow() {
        PortBinding sctp = new PortBinding(80, "sctp", "", 8080);
        assertThat(plan(sctp, ONLY_FOUR, HOST)).containsExactly("0.0.0.0:8080->80/sctp");
    }

    @Test
    void aHostWithoutIpv6HasItOnlyWhereItIsAskedFor() {
        PortPlan.Host four = new PortPlan.Host("0.0.0.0", true, false);
        assertThat(plan(port(""), ONLY_FOUR, four)).containsExactly("0.0.0.0:8080->80/tcp");
        assertThat(plan(port("::"), ONLY_FOUR, four)).containsExactly("[::]:8080->80/tcp");
    }

    @Test
    void aStandardAddressOfOneFamilyIsForThatAlone() {
        PortPlan.Host local = new PortPlan.Host("127.0.0.1", true, true);
        assertThat(plan(port(""), ONLY_FOUR, local)).containsExactly("127.0.0.1:8080->80/tcp");
        PortPlan.Host local6 = new PortPlan.Host("::1", true, true);
        assertThat(plan(port(""), ONLY_FOUR, local6)).containsExactly("[::1]:8080->80/tcp");
        assertThat(
                        plan(
                                port(""),
                                ONLY_FOUR,
                                HOST,
                                Map.of("com.docker.network.bridge.host_binding_ipv4", "10.1.1.1")))
                .containsExactly("10.1.1.1:8080->80/tcp");
    }

    @Test
    void aContainerOfIpv6AloneIsNotReachedByIpv4() {
        assertThat(plan(port(""), ONLY_SIX, HOST)).containsExactly("[::]:8080->80/tcp");
        assertThat(plan(port("127.0.0.1"), ONLY_SIX, HOST)).isEmpty();
    }

    @Test
    void routedContainersKeepTheirOwnAddresses() {
        Map<String, String> routed =
                Map.of(
                        "com.docker.network.bridge.gateway_mode_ipv4", "routed",
                        "com.docker.network.bridge.gateway_mode_ipv6", "routed");
        assertThat(plan(port(""), ALL, HOST, routed))
                .containsExactly("0.0.0.0:0->80/tcp", "[::]:0->80/tcp");
        assertThat(plan(port(""), ONLY_FOUR, HOST, routed)).containsExactly("0.0.0.0:0->80/tcp");
    }

    @Test
    void whatRulesCannotLeadIsRelayed() {
        List<PortBinding> ports =
                List.of(port("0.0.0.0"), port("::"), port("::1"), port("2001:db8::1"));
        assertThat(Published.relayed(ports, ONLY_FOUR))
                .extracting(p -> p.binding().hostIp() + " " + p.address().getHostAddress())
                .containsExactly(":: 172.17.0.2", "::1 172.17.0.2", "2001:db8::1 172.17.0.2");
        assertThat(Published.relayed(ports, ALL))
                .extracting(p -> p.binding().hostIp() + " " + Addresses.format(p.address()))
                .containsExactly(":: fd00::2", "::1 fd00::2");
    }
}
