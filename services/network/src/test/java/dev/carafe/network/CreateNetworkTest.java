package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CreateNetworkTest {
    private static final Map<String, Map<String, String>> DEFAULTS =
            Map.of("bridge", Map.of("mtu", "1400", "icc", "false"), "macvlan", Map.of("m", "x"));

    @Test
    void aDriversDefaultsAreForWhatIsNotNamed() {
        CreateNetwork wanted = CreateNetwork.bridge("net").withOptions(Map.of("mtu", "900"));
        assertThat(wanted.withDefaults(DEFAULTS).options())
                .containsOnly(Map.entry("mtu", "900"), Map.entry("icc", "false"));
    }

    @Test
    void otherDriversHaveNone() {
        CreateNetwork wanted = CreateNetwork.bridge("net");
        assertThat(wanted.withDefaults(Map.of()).options()).isEmpty();
    }
}
