package dev.carafe.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkVariablesTest {
    private static List<String> of(Set<String> ports, List<String> env) {
        return LinkVariables.of(
                LinkNames.Link.parse("redis:my-db"), "web", ports, env, "172.17.0.2");
    }

    @Test
    void tellsTheNameAndTheOthersVariables() {
        assertThat(of(Set.of(), List.of("A=x y", "PATH=/bin", "HOME=/x", "BARE", "PATHS=1")))
                .containsExactly("MY_DB_NAME=/web/my-db", "MY_DB_ENV_A=x y", "MY_DB_ENV_PATHS=1");
    }

    @Test
    void portsOfTcpComeFirst() {
        assertThat(of(Set.of("53/udp", "6379/tcp", "80"), List.of()))
                .containsExactly(
                        "MY_DB_PORT=tcp://172.17.0.2:80",
                        "MY_DB_PORT_80_TCP=tcp://172.17.0.2:80",
                        "MY_DB_PORT_80_TCP_ADDR=172.17.0.2",
                        "MY_DB_PORT_80_TCP_PORT=80",
                        "MY_DB_PORT_80_TCP_PROTO=tcp",
                        "MY_DB_PORT_6379_TCP=tcp://172.17.0.2:6379",
                        "MY_DB_PORT_6379_TCP_ADDR=172.17.0.2",
                        "MY_DB_PORT_6379_TCP_PORT=6379",
                        "MY_DB_PORT_6379_TCP_PROTO=tcp",
                        "MY_DB_PORT_53_UDP=udp://172.17.0.2:53",
                        "MY_DB_PORT_53_UDP_ADDR=172.17.0.2",
                        "MY_DB_PORT_53_UDP_PORT=53",
                        "MY_DB_PORT_53_UDP_PROTO=udp",
                        "MY_DB_NAME=/web/my-db");
    }

    @Test
    void portsThatFollowEachOtherHaveTheirEndsToo() {
        assertThat(of(Set.of("81/tcp", "80/tcp", "82/tcp", "83/udp", "90/tcp"), List.of()))
                .filteredOn(v -> v.contains("_START") || v.contains("_END"))
                .containsExactly(
                        "MY_DB_PORT_80_TCP_START=tcp://172.17.0.2:80",
                        "MY_DB_PORT_80_TCP_PORT_START=80",
                        "MY_DB_PORT_80_TCP_END=tcp://172.17.0.2:82",
                        "MY_DB_PORT_80_TCP_PORT_END=82");
    }
}
