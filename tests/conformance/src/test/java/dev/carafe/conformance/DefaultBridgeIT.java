package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The daemon's options for the network `bridge`.
class DefaultBridgeIT {
    private static String addresses(Carafe carafe, String... network) {
        String[] words = new String[network.length + 7];
        System.arraycopy(new String[] {"run", "--rm"}, 0, words, 0, 2);
        System.arraycopy(network, 0, words, 2, network.length);
        System.arraycopy(
                new String[] {"busybox", "ip", "-o", "addr", "show"},
                0,
                words,
                network.length + 2,
                5);
        return carafe.docker(words).ok();
    }

    @Test
    void noneMeansThatThereIsNoSuchNetwork() {
        try (Carafe carafe = Carafe.startWith("nobr", "--bridge", "none")) {
            assertThat(carafe.docker("network", "ls", "--format", "{{.Name}}").ok())
                    .isEqualTo("host\nnone");
            assertThat(carafe.docker("network", "inspect", "bridge").err())
                    .contains("network bridge not found");
            assertThat(carafe.docker("network", "create", "bridge").err())
                    .contains("operation is not permitted on predefined bridge network");
            assertThat(addresses(carafe)).doesNotContain("eth0");
            assertThat(addresses(carafe, "--network", "bridge")).doesNotContain("eth0");
            carafe.docker("run", "-d", "--name", "up", "-p", "18086:80", "busybox", "top").ok();
            assertThat(carafe.docker("port", "up").out()).isEmpty();
            assertThat(carafe.docker("network", "connect", "bridge", "up").err())
                    .contains("network bridge not found");
            carafe.docker("network", "create", "--subnet", "10.141.0.0/24", "own").ok();
            carafe.docker("network", "connect", "own", "up").ok();
            assertThat(carafe.docker("exec", "up", "ip", "-o", "addr").ok())
                    .contains("10.141.0.2/24");
            carafe.docker("restart", "-t", "0", "up").ok();
            assertThat(carafe.docker("exec", "up", "ip", "-o", "addr").ok())
                    .contains("10.141.0.2/24");
            assertThat(
                            carafe.docker(
                                            "run",
                                            "--rm",
                                            "--add-host",
                                            "h:host-gateway",
                                            "busybox",
                                            "true")
                                    .err())
                    .contains("unable to derive the IP value for host-gateway");
        }
    }

    @Test
    void aRangeAloneIsTheSubnetAsWell() {
        try (Carafe carafe =
                Carafe.startWith(
                        "fixed",
                        "--fixed-cidr",
                        "10.142.3.0/24",
                        "--ipv6",
                        "--fixed-cidr-v6",
                        "fd00:142::/64")) {
            assertThat(addresses(carafe)).contains("10.142.3.2/24", "fd00:142::2/64");
            assertThat(
                            carafe.docker(
                                            "network",
                                            "inspect",
                                            "bridge",
                                            "-f",
                                            "{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}} {{end}}")
                                    .ok())
                    .isEqualTo("10.142.3.0/24 10.142.3.1 fd00:142::/64 fd00:142::1");
        }
    }

    @Test
    void anAdministratorsBridgeIsUsedAndKept() {
        Command.shell(
                        "ip link add cft-given type bridge && ip addr add 10.143.0.7/16 dev cft-given"
                                + " && ip link set cft-given up")
                .ok();
        try {
            try (Carafe carafe =
                    Carafe.startWith(
                            "given", "--bridge", "cft-given", "--fixed-cidr", "10.143.9.0/24")) {
                assertThat(addresses(carafe)).contains("10.143.9.0/16");
                assertThat(carafe.docker("run", "--rm", "busybox", "ip", "route").ok())
                        .contains("default via 10.143.0.7");
                carafe.docker("run", "-d", "--name", "up", "busybox", "top").ok();
                carafe.killDaemon();
                carafe.boot();
                assertThat(addresses(carafe)).contains("10.143.9.1/16");
                carafe.docker("exec", "up", "ping", "-c", "1", "10.143.0.7").ok();
                // the daemon takes no bridge away that it has not made: closing would say so
                carafe.docker("rm", "-f", "up").ok();
                carafe.terminateDaemon();
                assertThat(Command.shell("ip -o -4 addr show cft-given").ok())
                        .contains("10.143.0.7/16");
            }
        } finally {
            Command.shell("ip link delete cft-given 2>/dev/null");
        }
    }
}
