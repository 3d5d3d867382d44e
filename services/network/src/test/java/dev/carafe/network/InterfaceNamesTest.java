package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Internal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterfaceNamesTest {
    private static JoinRequest named(String name) {
        return new JoinRequest(
                "net",
                List.of(),
                Map.of(),
                null,
                null,
                null,
                0,
                name.isEmpty() ? Map.of() : Map.of("com.docker.network.endpoint.ifname", name),
                List.of(),
                false);
    }

    @Test
    void whatOneNetworkAsksForIsNotGivenToAnother() {
        assertThat(InterfaceNames.of(List.of(named(""), named(""))))
                .containsExactly("eth0", "eth1");
        assertThat(InterfaceNames.of(List.of(named("eth1"), named(""), named(""))))
                .containsExactly("eth1", "eth0", "eth2");
        assertThat(InterfaceNames.of(List.of(named(""), named("eth0"))))
                .containsExactly("eth1", "eth0");
    }

    @Test
    void aNameIsGivenOnce() {
        assertThatThrownBy(() -> InterfaceNames.of(List.of(named("lan"), named("lan"))))
                .isInstanceOf(Internal.class)
                .hasMessageContaining("error renaming interface")
                .hasMessageContaining("file exists");
        Endpoint there = Endpoint.plain("id", "other", "endpoint", "bridge");
        assertThat(InterfaceNames.of(named(""), List.of(there))).isEqualTo("eth0");
    }
}
