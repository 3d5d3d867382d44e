package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `docker network create --config-only` and `--config-from`.
class NetworkSettingsIT {
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("netset");
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    private static String refused(String... words) {
        Command told = carafe.docker(words);
        assertThat(told.exit()).isNotZero();
        return told.err();
    }

    @Test
    void networksAreMadeOfSettings() {
        carafe.docker(
                        "network",
                        "create",
                        "--config-only",
                        "--subnet",
                        "10.131.0.0/24",
                        "--gateway",
                        "10.131.0.9",
                        "--label",
                        "a=b",
                        "-o",
                        "com.docker.network.driver.mtu=1400",
                        "cfg")
                .ok();
        assertThat(
                        carafe.docker(
                                        "network",
                                        "inspect",
                                        "cfg",
                                        "-f",
                                        "{{.Driver}} {{.ConfigOnly}} {{json .IPAM.Config}} {{.Labels}}")
                                .ok())
                .isEqualTo(
                        "null true [{\"Subnet\":\"10.131.0.0/24\",\"Gateway\":\"10.131.0.9\"}]"
                                + " map[a:b]");
        carafe.killDaemon();
        carafe.boot();
        carafe.docker("network", "create", "--config-from", "cfg", "made").ok();
        assertThat(
                        carafe.docker(
                                        "network",
                                        "inspect",
                                        "made",
                                        "-f",
                                        "{{.Driver}} {{.ConfigOnly}} {{.ConfigFrom.Network}}"
                                                + " {{json .Options}} {{.Labels}}")
                                .ok())
                .isEqualTo(
                        "bridge false cfg {\"com.docker.network.driver.mtu\":\"1400\"} map[a:b]");
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "--network",
                                        "made",
                                        "busybox",
                                        "sh",
                                        "-c",
                                        "ip addr show eth0; ip route")
                                .ok())
                .contains("10.131.0.1/24", "mtu 1400", "default via 10.131.0.9");
        assertThat(refused("network", "rm", "cfg"))
                .contains("error while removing network: configuration network \"cfg\" is in use");
        assertThat(refused("network", "create", "--config-from", "cfg", "second"))
                .contains("Pool overlaps with other one on this address space");
        carafe.docker("network", "prune", "-f").ok();
        assertThat(
                        carafe.docker(
                                        "network",
                                        "ls",
                                        "--filter",
                                        "type=custom",
                                        "--format",
                                        "{{.Name}}")
                                .ok())
                .isEqualTo("cfg");
        carafe.docker("network", "rm", "cfg").ok();
    }

    @Test
    void settingsAreNoNetworkToBeOn() {
        carafe.docker("network", "create", "--config-only", "only").ok();
        String sentence = "cannot create endpoint on configuration-only network";
        assertThat(refused("run", "--rm", "--network", "only", "busybox", "true"))
                .contains("failed to set up container networking: " + sentence);
        carafe.docker("run", "-d", "--name", "up", "busybox", "top").ok();
        assertThat(refused("network", "connect", "only", "up")).contains(sentence);
        carafe.docker("rm", "-f", "up").ok();
        assertThat(refused("network", "create", "--config-only", "--internal", "x"))
                .contains("[ ingress | internal | attachable | scope ] are not supported");
        assertThat(refused("network", "create", "--config-only", "--scope", "local", "x"))
                .contains("[ ingress | internal | attachable | scope ] are not supported");
        assertThat(refused("network", "create", "--config-from", "nope", "x"))
                .contains("configuration network \"nope\" does not exist");
        assertThat(refused("network", "create", "--config-from", "only", "--label", "a=b", "x"))
                .contains("user specified configurations are not supported");
        assertThat(refused("network", "create", "--config-from", "only", "-o", "a=b", "x"))
                .contains("network driver options are not supported");
        carafe.docker("network", "rm", "only").ok();
    }
}
