package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.PermissionDenied;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkDefinitionTest {
    private static final NetworkDefinition DEFINITION =
            new NetworkDefinition(List.of(), List.of(), List.of());

    private static CreateNetwork wanted(String driver, String... subnets) {
        return CreateNetwork.bridge("net")
                .with()
                .driver(driver)
                .ipv6(true)
                .ipam(
                        List.of(subnets).stream()
                                .map(s -> new Network.Ipam(s, null, "", Map.of()))
                                .toList())
                .build();
    }

    @Test
    void devicesOnAWireMayHaveSeveralSubnetsOfAFamily() {
        NetworkRecord made =
                DEFINITION.of(
                        wanted("macvlan", "10.1.0.0/24", "fd00::/64", "10.2.0.0/24", "fd01::/64"));
        assertThat(made.ipam())
                .extracting(Network.Ipam::subnet)
                .containsExactly("10.1.0.0/24", "10.2.0.0/24", "fd00::/64", "fd01::/64");
        assertThat(made.ipam())
                .extracting(Network.Ipam::gateway)
                .containsExactly("10.1.0.1", "10.2.0.1", "fd00::1", "fd01::1");
        assertThat(made.ranges(IpFamily.V4)).hasSize(2);
    }

    @Test
    void subnetsOfOneNetworkMustNotOverlap() {
        assertThatThrownBy(() ->
                        DEFINITION.of(wanted("ipvlan", "10.1.0.0/16", "10.1.2.0/24", "fd00::/64")))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("Pool overlaps");
    }

    @Test
    void bridgesHaveOne() {
        assertThatThrownBy(() ->
                        DEFINITION.of(wanted("bridge", "10.1.0.0/24", "10.2.0.0/24", "fd00::/64")))
                .isInstanceOf(PermissionDenied.class)
                .hasMessage("bridge driver doesn't support multiple subnets");
    }
}
