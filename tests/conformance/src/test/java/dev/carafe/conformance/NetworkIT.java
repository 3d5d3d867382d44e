package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `docker network`, and containers on user-defined networks.
class NetworkIT {
    private static Carafe carafe;
    private static Leaks before;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("network");
        carafe.docker("run", "--rm", "busybox", "true").ok();
        before = Leaks.of(carafe);
    }

    @AfterEach
    void removeAll() {
        for (String id : carafe.docker("ps", "-aq").ok().lines().toList()) {
            carafe.docker("rm", "-f", id).ok();
        }
        carafe.docker("network", "prune", "-f").ok();
    }

    @AfterAll
    static void stop() {
        try {
            Leaks.assertNoneSince(before, carafe);
        } finally {
            carafe.close();
        }
    }

    private static String format(String kind, String name, String template) {
        return carafe.docker(kind, "inspect", "-f", template, name).ok();
    }

    private static void make(String name, String subnet) {
        carafe.docker("network", "create", "--subnet", subnet, name).ok();
    }

    @Test
    void aNetworkFromCreationToRemoval() {
        String id =
                carafe.docker(
                                "network",
                                "create",
                                "--subnet",
                                "10.111.0.0/16",
                                "--ip-range",
                                "10.111.5.0/24",
                                "--gateway",
                                "10.111.5.254",
                                "--aux-address",
                                "router=10.111.5.0",
                                "--label",
                                "a=b",
                                "-o",
                                "com.docker.network.driver.mtu=1400",
                                "blue")
                        .ok();
        assertThat(id).matches("[0-9a-f]{64}");
        assertThat(format("network", "blue", "{{json .IPAM.Config}}"))
                .isEqualTo(
                        "[{\"Subnet\":\"10.111.0.0/16\",\"IPRange\":\"10.111.5.0/24\","
                                + "\"Gateway\":\"10.111.5.254\","
                                + "\"AuxiliaryAddresses\":{\"router\":\"10.111.5.0\"}}]");
        assertThat(format("network", id.substring(0, 12), "{{.Name}} {{.Driver}} {{.Labels}}"))
                .isEqualTo("blue bridge map[a:b]");
        assertThat(carafe.docker("network", "ls", "-q", "--filter", "label=a=b").ok())
                .isEqualTo(id.substring(0, 12));
        assertThat(
                        carafe.docker(
                                        "network",
                                        "ls",
                                        "--format",
                                        "{{.Name}}",
                                        "--filter",
                                        "type=custom")
                                .ok())
                .isEqualTo("blue");
        assertThat(carafe.docker("run", "--rm", "--network", "blue", "busybox", "ip", "a").ok())
                .contains("inet 10.111.5.1/16", "mtu 1400");
        assertThat(carafe.docker("network", "create", "blue").err())
                .contains("network with name blue already exists");
        assertThat(carafe.docker("network", "create", "--subnet", "10.111.9.0/24", "x").err())
                .contains(
                        "invalid pool request: Pool overlaps with other one on this address space");
        carafe.docker("run", "-d", "--name", "cc", "--network", "blue", "busybox", "top").ok();
        assertThat(carafe.docker("network", "rm", "blue").err())
                .contains(
                        "error while removing network: network blue has active endpoints (name:\"cc\"");
        assertThat(carafe.docker("network", "rm", "bridge").err())
                .contains("bridge is a pre-defined network and cannot be removed");
        assertThat(carafe.docker("network", "inspect", "nope").err())
                .contains("network nope not found");
        carafe.docker("rm", "-f", "cc").ok();
        assertThat(carafe.docker("network", "rm", "blue").ok()).isEqualTo("blue");
    }

    @Test
    void aRunningContainerJoinsAndLeaves() {
        make("blue", "10.112.0.0/24");
        make("red", "10.113.0.0/24");
        carafe.docker("run", "-d", "--name", "cc", "--network", "red", "busybox", "top").ok();
        carafe.docker("network", "connect", "--ip", "10.112.0.99", "--alias", "db", "blue", "cc")
                .ok();
        assertThat(carafe.docker("exec", "cc", "ip", "-o", "-4", "a").ok())
                .contains("eth0    inet 10.113.0.2/24", "eth1    inet 10.112.0.99/24");
        assertThat(carafe.docker("exec", "cc", "cat", "/etc/hosts").ok())
                .contains("10.113.0.2\t", "10.112.0.99\t");
        assertThat(carafe.docker("exec", "cc", "ip", "route").ok())
                .contains("default via 10.112.0.1 dev eth1");
        assertThat(
                        format(
                                "container",
                                "cc",
                                "{{range $n, $e := .NetworkSettings.Networks}}{{$n}} {{$e.IPAddress}}"
                                        + " {{$e.Gateway}} {{$e.IPPrefixLen}} {{$e.Aliases}} {{end}}"))
                .isEqualTo("blue 10.112.0.99 10.112.0.1 24 [db] red 10.113.0.2 10.113.0.1 24 []");
        assertThat(
                        format(
                                "network",
                                "blue",
                                "{{range .Containers}}{{.Name}} {{.IPv4Address}}{{end}}"))
                .isEqualTo("cc 10.112.0.99/24");
        assertThat(carafe.docker("network", "connect", "blue", "cc").err())
                .contains("endpoint with name cc already exists in network blue");
        carafe.docker("network", "disconnect", "red", "cc").ok();
        assertThat(carafe.docker("exec", "cc", "ip", "-o", "-4", "a").ok()).doesNotContain("eth0");
        assertThat(carafe.docker("exec", "cc", "cat", "/etc/hosts").ok())
                .doesNotContain("10.113.0.2");
        assertThat(carafe.docker("network", "disconnect", "red", "cc").err())
                .contains("is not connected to network red");
        carafe.docker("restart", "-t", "0", "cc").ok();
        assertThat(carafe.docker("exec", "cc", "ip", "-o", "-4", "a").ok())
                .contains("eth0    inet 10.112.0.99/24");
    }

    @Test
    void aStoppedContainerJoinsAtItsNextStart() {
        make("blue", "10.114.0.0/24");
        carafe.docker("create", "--name", "cc", "busybox", "top").ok();
        carafe.docker("network", "connect", "blue", "cc").ok();
        carafe.docker("network", "disconnect", "bridge", "cc").ok();
        assertThat(
                        format(
                                "container",
                                "cc",
                                "{{range $n, $e := .NetworkSettings.Networks}}{{$n}}{{end}}"))
                .isEqualTo("blue");
        carafe.docker("start", "cc").ok();
        assertThat(carafe.docker("exec", "cc", "ip", "-o", "-4", "a").ok())
                .contains("10.114.0.2/24")
                .doesNotContain("eth1");
    }

    @Test
    void severalNetworksAtTheStart() {
        make("blue", "10.115.0.0/24");
        make("red", "10.116.0.0/24");
        String out =
                carafe.docker(
                                "run",
                                "--rm",
                                "--network",
                                "name=blue,ip=10.115.0.7",
                                "--network",
                                "name=red,gw-priority=1,mac-address=02:00:00:00:00:99",
                                "busybox",
                                "sh",
                                "-c",
                                "ip -o -4 a; ip route; cat /sys/class/net/eth1/address")
                        .ok();
        assertThat(out)
                .contains("eth0    inet 10.115.0.7/24", "eth1    inet 10.116.0.2/24")
                .contains("default via 10.116.0.1 dev eth1", "02:00:00:00:00:99");
    }

    @Test
    void whatANetworkCannotDoIsSaidAsDockerDoes() {
        make("blue", "10.117.0.0/24");
        carafe.docker("network", "create", "auto").ok();
        carafe.docker("run", "-d", "--name", "cc", "busybox", "top").ok();
        carafe.docker("run", "-d", "--name", "none", "--network", "none", "busybox", "top").ok();
        carafe.docker("run", "-d", "--name", "host", "--network", "host", "busybox", "top").ok();
        assertThat(carafe.docker("network", "connect", "--ip", "10.118.0.3", "blue", "cc").err())
                .contains("no configured subnet or ip-range contain the IP address 10.118.0.3");
        assertThat(carafe.docker("network", "connect", "--ip", "10.118.0.3", "auto", "cc").err())
                .contains(
                        "user specified IP address is supported only when connecting to networks"
                                + " with user configured subnets");
        assertThat(carafe.docker("run", "--ip", "172.17.0.9", "busybox", "true").err())
                .contains("user specified IP address is supported on user defined networks only");
        assertThat(carafe.docker("network", "connect", "blue", "none").err())
                .contains(
                        "container cannot be connected to multiple networks with one of the"
                                + " networks in private (none) mode");
        assertThat(carafe.docker("network", "connect", "blue", "host").err())
                .contains(
                        "container sharing network namespace with another container or host cannot"
                                + " be connected to any other network");
        assertThat(carafe.docker("network", "connect", "host", "cc").err())
                .contains("cannot connect container to host network");
    }

    @Test
    void ourOwnCommandsDoTheSame() {
        String id =
                carafe.carafe(
                                "network",
                                "create",
                                "--subnet",
                                "10.119.0.0/24",
                                "--label",
                                "x",
                                "own")
                        .ok();
        assertThat(id).matches("[0-9a-f]{64}");
        carafe.docker("run", "-d", "--name", "cc", "busybox", "top").ok();
        carafe.carafe("network", "connect", "--ip", "10.119.0.9", "own", "cc").ok();
        assertThat(carafe.docker("exec", "cc", "ip", "-o", "-4", "a").ok())
                .contains("10.119.0.9/24");
        carafe.carafe("network", "disconnect", "own", "cc").ok();
        Command pruned = carafe.carafe("network", "prune", "-f");
        assertThat(pruned.out()).isEqualTo("Deleted Networks:\nown\n\n");
        carafe.docker("network", "create", "own").ok();
        assertThat(carafe.carafe("network", "rm", "own").ok()).isEqualTo("own");
        assertThat(carafe.carafe("network", "rm", "own").exit()).isEqualTo(1);
        assertThat(carafe.carafe("network", "create", "--gateway", "10.1.1.1", "own").err())
                .contains("every ip-range or gateway must have a corresponding subnet");
    }

    @Test
    void portsOfARunningContainerComeAndGo() {
        carafe.docker("run", "-d", "--name", "web", "-p", "18080:80", "busybox", "top").ok();
        carafe.docker("exec", "web", "httpd", "-p", "81", "-h", "/etc").ok();
        carafe.carafe("update", "--publish-add", "18081:81", "--publish-add", "82/udp", "web").ok();
        String published = carafe.docker("port", "web").ok();
        assertThat(published)
                .contains("80/tcp -> 0.0.0.0:18080", "81/tcp -> 0.0.0.0:18081", "82/udp -> ");
        Command taken =
                carafe.docker("run", "-d", "--name", "late", "-p", "18081:1", "busybox", "top");
        assertThat(taken.err()).contains("Bind for 0.0.0.0:18081 failed: port is already");
        carafe.killDaemon();
        carafe.boot();
        assertThat(carafe.docker("port", "web").ok()).isEqualTo(published);
        assertThat(Command.shell("curl -sSg --max-time 20 http://[::1]:18081/passwd").ok())
                .startsWith("root:");
        carafe.carafe("update", "--publish-rm", "80", "--publish-rm", "82/udp", "web").ok();
        String left = "81/tcp -> 0.0.0.0:18081\n81/tcp -> [::]:18081";
        assertThat(carafe.docker("port", "web").ok()).isEqualTo(left);
        carafe.docker("restart", "-t", "0", "web").ok();
        assertThat(carafe.docker("port", "web").ok()).isEqualTo(left);
        assertThat(carafe.carafe("update", "--publish-rm", "80", "web").err())
                .contains("port 80/tcp is not published like that");
    }

    @Test
    void portsThatNobodyReachesAreNotShown() {
        for (String network : List.of("none", "host", "bridge")) {
            carafe.docker(
                            "run",
                            "-d",
                            "--name",
                            "ports-" + network,
                            "--network",
                            network,
                            "--expose",
                            "90",
                            "busybox",
                            "sleep",
                            "100")
                    .ok();
            String ports =
                    carafe.docker(
                                    "inspect",
                                    "-f",
                                    "{{json .NetworkSettings.Ports}}",
                                    "ports-" + network)
                            .ok();
            assertThat(ports)
                    .as(network)
                    .isEqualTo(network.equals("bridge") ? "{\"90/tcp\":null}" : "{}");
        }
        assertThat(carafe.docker("ps", "--format", "{{.Names}} {{.Ports}}").ok())
                .contains("ports-bridge 90/tcp")
                .doesNotContain("none 90")
                .doesNotContain("host 90");
    }

    @Test
    void linksOnTheDefaultBridgeAreInTheHostsFile() {
        carafe.docker("run", "-d", "--name", "db", "-h", "dbhost", "busybox", "top").ok();
        String address = format("container", "db", "{{.NetworkSettings.IPAddress}}");
        carafe.docker(
                        "create",
                        "--name",
                        "web",
                        "--link",
                        "db:alias",
                        "busybox",
                        "sh",
                        "-c",
                        "cat /etc/hosts; ping -c1 alias; ping -c1 db")
                .ok();
        assertThat(carafe.docker("start", "-a", "web").ok())
                .contains(address + "\talias dbhost db\n");
        carafe.docker("stop", "-t", "0", "db").ok();
        assertThat(carafe.docker("start", "web").err())
                .contains("Cannot link to a non running container: /db AS /web/alias");
    }

    @Test
    void linksAreNamesThatFollowRenames() {
        carafe.docker("run", "-d", "--name", "store", "busybox", "top").ok();
        carafe.docker("create", "--name", "page", "--link", "store:db", "busybox", "top").ok();
        assertThat(format("container", "page", "{{.HostConfig.Links}}"))
                .isEqualTo("[/store:/page/db]");
        assertThat(carafe.docker("ps", "--no-trunc", "--format", "{{.Names}}").ok())
                .contains("store,page/db");
        carafe.docker("rename", "page", "site").ok();
        carafe.docker("rename", "store", "shop").ok();
        assertThat(format("container", "site/db", "{{.Name}}")).isEqualTo("/shop");
        assertThat(format("container", "site", "{{.HostConfig.Links}}"))
                .isEqualTo("[/shop:/site/db]");
        carafe.docker("start", "site").ok();
        assertThat(carafe.docker("exec", "site", "cat", "/etc/hosts").ok()).contains("\tdb ");
        carafe.docker("rm", "--link", "site/db").ok();
        assertThat(carafe.docker("exec", "site", "cat", "/etc/hosts").ok()).doesNotContain("\tdb ");
        assertThat(format("container", "site", "{{.HostConfig.Links}}")).isEqualTo("[]");
        assertThat(carafe.docker("rm", "--link", "shop").err())
                .contains("Conflict, cannot remove the default link name of the container");
    }

    @Test
    void theHostsNetworkHasTheHostsFile() throws Exception {
        assertThat(
                        carafe.docker("run", "--network", "host", "busybox", "cat", "/etc/hosts")
                                .ok()
                                .strip())
                .isEqualTo(Files.readString(Path.of("/etc/hosts")).strip());
    }

    @Test
    void whatAnEndedContainerHeldIsFreeForWhoSawItsEnd() {
        carafe.docker("network", "create", "--subnet", "10.77.3.0/24", "held").ok();
        for (int i = 0; i < 5; i++) {
            carafe.docker(
                            "run",
                            "--name",
                            "h" + i,
                            "--network",
                            "held",
                            "--ip",
                            "10.77.3.9",
                            "-p",
                            "18077:80",
                            "busybox",
                            "true")
                    .ok();
        }
        carafe.docker("network", "rm", "held").ok();
    }

    @Test
    void aNetworkWithIpv6() {
        carafe.docker("network", "create", "--ipv6", "--subnet", "fd00:77::/64", "blue").ok();
        assertThat(format("network", "blue", "{{.EnableIPv6}} {{(index .IPAM.Config 1).Gateway}}"))
                .isEqualTo("true fd00:77::1");
        carafe.docker(
                        "run",
                        "-d",
                        "--name",
                        "six",
                        "--network",
                        "blue",
                        "--ip6",
                        "fd00:77::9",
                        "-p",
                        "18082:80",
                        "busybox",
                        "top")
                .ok();
        assertThat(
                        format(
                                "container",
                                "six",
                                "{{with .NetworkSettings.Networks.blue}}{{.GlobalIPv6Address}}/"
                                        + "{{.GlobalIPv6PrefixLen}} {{.IPv6Gateway}}{{end}}"))
                .isEqualTo("fd00:77::9/64 fd00:77::1");
        assertThat(carafe.docker("port", "six").ok())
                .isEqualTo("80/tcp -> 0.0.0.0:18082\n80/tcp -> [::]:18082");
        carafe.docker("run", "--rm", "--network", "blue", "busybox", "ping", "-6", "-c", "1", "six")
                .ok();
        carafe.docker("rm", "-f", "six").ok();
        carafe.docker("network", "rm", "blue").ok();
    }

    @Test
    void eventsTellOfNetworks() {
        String since =
                carafe.api("/info").ok().isEmpty()
                        ? ""
                        : carafe.docker("info", "-f", "{{.SystemTime}}").ok();
        carafe.docker("network", "create", "blue").ok();
        carafe.docker("run", "-d", "--name", "cc", "busybox", "top").ok();
        carafe.docker("network", "connect", "blue", "cc").ok();
        carafe.docker("network", "disconnect", "blue", "cc").ok();
        carafe.docker("network", "rm", "blue").ok();
        List<String> events =
                carafe.docker(
                                "events",
                                "--since",
                                since,
                                "--until",
                                carafe.docker("info", "-f", "{{.SystemTime}}").ok(),
                                "--filter",
                                "type=network",
                                "--format",
                                "{{.Action}} {{.Actor.Attributes.name}} {{.Actor.Attributes.type}}")
                        .ok()
                        .lines()
                        .toList();
        assertThat(events)
                .containsSubsequence(
                        "create blue bridge",
                        "connect bridge bridge",
                        "connect blue bridge",
                        "disconnect blue bridge",
                        "destroy blue bridge");
    }

    @Test
    void containersFindEachOtherByNameAlsoAfterTheDaemonWasKilled() {
        carafe.docker("network", "create", "blue").ok();
        carafe.docker("run", "-d", "--name", "db", "--network", "blue", "busybox", "top").ok();
        carafe.docker(
                        "run",
                        "-d",
                        "--name",
                        "other",
                        "--network",
                        "blue",
                        "--network-alias",
                        "postgres",
                        "--link",
                        "db:linked",
                        "busybox",
                        "top")
                .ok();
        assertThat(carafe.docker("exec", "db", "cat", "/etc/resolv.conf").ok())
                .contains("nameserver 127.0.0.11", "ndots:0");
        for (String name : List.of("other", "postgres", "postgres.blue", "host.docker.internal")) {
            carafe.docker("exec", "db", "ping", "-c", "1", name).ok();
        }
        carafe.docker("exec", "other", "ping", "-c", "1", "linked").ok();
        assertThat(carafe.docker("exec", "db", "nslookup", "nosuchname").exit()).isNotZero();
        carafe.docker("rename", "other", "renamed").ok();
        carafe.docker("exec", "db", "ping", "-c", "1", "renamed").ok();
        carafe.killDaemon();
        carafe.boot();
        carafe.docker("exec", "db", "ping", "-c", "1", "postgres").ok();
        carafe.docker("run", "--rm", "--network", "blue", "busybox", "ping", "-c", "1", "db").ok();
        assertThat(carafe.docker("run", "--rm", "busybox", "ping", "-c", "1", "db").exit())
                .as("the default bridge has no names")
                .isNotZero();
    }

    @Test
    void theHostHasANameInEveryKindOfNetwork() {
        carafe.docker("network", "create", "--internal", "shut").ok();
        String bridge = format("network", "bridge", "{{(index .IPAM.Config 0).Gateway}}");
        assertThat(hosts("bridge")).contains(bridge + "\thost.docker.internal", bridge + "\tgw");
        assertThat(hosts("host")).contains("127.0.0.1\thost.docker.internal", "127.0.0.1\tgw");
        assertThat(hosts("none")).contains(bridge + "\tgw").doesNotContain("host.docker.internal");
        assertThat(hosts("shut")).contains(bridge + "\tgw").doesNotContain("host.docker.internal");
    }

    @Test
    void theDaemonsOptionsSayWhatTheHostsAddressAndNetworksOptionsAre() {
        String mtu = "com.docker.network.driver.mtu";
        try (Carafe own =
                Carafe.startWith(
                        "hostgw",
                        "--host-gateway-ip",
                        "192.0.2.1",
                        "--default-network-opt",
                        "bridge=" + mtu + "=1300")) {
            assertThat(hosts(own, "bridge"))
                    .contains("192.0.2.1\tgw", "192.0.2.1\thost.docker.internal");
            own.docker("network", "create", "--subnet", "10.123.0.0/24", "small").ok();
            own.docker("network", "create", "--subnet", "10.124.0.0/24", "-o", mtu + "=1200", "own")
                    .ok();
            String template = "{{json .Options}}";
            assertThat(own.docker("network", "inspect", "-f", template, "small", "own").ok())
                    .isEqualTo("{\"" + mtu + "\":\"1300\"}\n{\"" + mtu + "\":\"1200\"}");
        }
    }

    private static String hosts(String network) {
        return hosts(carafe, network);
    }

    private static String hosts(Carafe daemon, String network) {
        return daemon.docker(
                        "run",
                        "--rm",
                        "--network",
                        network,
                        "--add-host",
                        "gw:host-gateway",
                        "busybox",
                        "cat",
                        "/etc/hosts")
                .ok();
    }
}
