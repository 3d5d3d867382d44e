package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Two hundred starts and stops, fifty at once: nothing is left behind, nothing fails.
class ManyContainersIT {
    private static final int TIMES = 200;
    private static final int AT_ONCE = 50;
    private static final int NETWORKS = 100;

    @Test
    void twoHundredStartsAndStopsLeaveNothing() throws Exception {
        try (Carafe carafe = Carafe.start("many")) {
            carafe.docker("run", "--rm", "busybox", "true").ok();
            Leaks before = Leaks.of(carafe);
            for (int i = 0; i < TIMES; i++) {
                Command created =
                        carafe.api(
                                "/containers/create?name=m" + i,
                                "-X",
                                "POST",
                                "-H",
                                "Content-Type: application/json",
                                "-d",
                                "{\"Image\":\"busybox\",\"Cmd\":[\"sleep\",\"600\"],\"HostConfig\":{\"NetworkMode\":\""
                                        + (i % 2 == 0 ? "bridge" : "none")
                                        + "\"}}");
                assertThat(created.ok()).contains("\"Id\"");
                assertThat(carafe.api("/containers/m" + i + "/start", "-X", "POST").ok()).isEmpty();
                assertThat(carafe.api("/containers/m" + i + "/kill", "-X", "POST").ok()).isEmpty();
                assertThat(carafe.api("/containers/m" + i + "/wait", "-X", "POST").ok())
                        .contains("\"StatusCode\":137");
                assertThat(carafe.api("/containers/m" + i, "-X", "DELETE").ok()).isEmpty();
            }
            Leaks.assertNoneSince(before, carafe);
        }
    }

    @Test
    void fiftyAtOnce() throws Exception {
        try (Carafe carafe = Carafe.start("fifty")) {
            carafe.docker("run", "--rm", "busybox", "true").ok();
            Leaks before = Leaks.of(carafe);
            try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                List<Future<String>> runs =
                        IntStream.range(0, AT_ONCE)
                                .mapToObj(i ->
                                        threads.submit(() ->
                                                carafe.docker(
                                                                "run", "--rm", "busybox", "echo",
                                                                "n" + i)
                                                        .ok()))
                                .toList();
                for (int i = 0; i < AT_ONCE; i++) {
                    assertThat(runs.get(i).get()).isEqualTo("n" + i);
                }
            }
            Leaks.assertNoneSince(before, carafe);
        }
    }

    /// What a host with much on it has: all of it lives through a killed daemon, and goes.
    @Test
    void aHundredNetworksAndTheirContainersComeBack() {
        try (Carafe carafe =
                Carafe.startWith("nets", "--default-address-pool", "base=10.192.0.0/12,size=24")) {
            carafe.docker("run", "--rm", "busybox", "true").ok();
            Leaks before = Leaks.of(carafe);
            requests(
                    carafe,
                    2 * NETWORKS,
                    i -> post("/networks/create", "{\"Name\":\"n" + i + "\"}"));
            requests(carafe, NETWORKS, i -> delete("/networks/n" + (NETWORKS + i)));
            requests(carafe, NETWORKS, i -> post("/containers/create?name=c" + i, server(i)));
            requests(carafe, NETWORKS, i -> post("/containers/c" + i + "/start", ""));
            List<String> ports = ports(carafe);
            assertThat(ports).hasSize(NETWORKS);
            carafe.killDaemon();
            assertAnswering(ports);
            carafe.boot();
            assertThat(carafe.docker("ps", "-q").ok().lines()).hasSize(NETWORKS);
            assertThat(ports(carafe)).isEqualTo(ports);
            assertAnswering(ports);
            assertThat(carafe.docker("exec", "c7", "nslookup", "name7").out()).contains("10.19");
            requests(carafe, NETWORKS, i -> delete("/containers/c" + i + "?force=1"));
            requests(carafe, NETWORKS, i -> delete("/networks/n" + i));
            Leaks.assertNoneSince(before, carafe);
        }
    }

    /// Bridges and rules come with the container, and all of it goes with the networks.
    @Test
    void oneContainerOnFiftyNetworksLeavesNothing() {
        try (Carafe carafe =
                Carafe.startWith("two", "--default-address-pool", "base=10.160.0.0/12,size=24")) {
            carafe.docker("run", "--rm", "busybox", "true").ok();
            Leaks before = Leaks.of(carafe);
            String rules = rules();
            requests(carafe, AT_ONCE, i -> post("/networks/create", "{\"Name\":\"n" + i + "\"}"));
            String endpoints =
                    IntStream.range(0, AT_ONCE)
                            .mapToObj(i -> "\"n" + i + "\":{}")
                            .collect(Collectors.joining(","));
            requests(
                    carafe,
                    1,
                    i ->
                            post(
                                    "/containers/create?name=all",
                                    "{\"Image\":\"busybox\",\"Cmd\":[\"top\"],\"HostConfig\":{"
                                            + "\"NetworkMode\":\"n0\"},\"NetworkingConfig\":"
                                            + "{\"EndpointsConfig\":{"
                                            + endpoints
                                            + "}}}"));
            carafe.docker("start", "all").ok();
            carafe.docker("run", "--rm", "--network", "n7", "busybox", "ping", "-c1", "all").ok();
            assertThat(carafe.docker("exec", "all", "ls", "/sys/class/net").ok().lines())
                    .hasSize(AT_ONCE + 1);
            carafe.docker("rm", "-f", "all").ok();
            requests(carafe, AT_ONCE, i -> delete("/networks/n" + i));
            Leaks.assertNoneSince(before, carafe);
            assertThat(rules()).isEqualTo(rules);
        }
    }

    /// All but what counters say.
    private static String rules() {
        return Command.shell("nft -s list ruleset").ok();
    }

    private static List<String> post(String path, String body) {
        return List.of(
                "-X",
                "POST",
                "-H",
                "Content-Type: application/json",
                "-d",
                body,
                "http://x" + path);
    }

    private static List<String> delete(String path) {
        return List.of("-X", "DELETE", "http://x" + path);
    }

    /// A container with an HTTP server on a network of its own, reached at any port of the host.
    private static String server(int i) {
        return "{\"Image\":\"busybox\",\"Cmd\":[\"httpd\",\"-f\",\"-p\",\"80\",\"-h\",\"/etc\"],"
                + "\"HostConfig\":{\"NetworkMode\":\"n"
                + i
                + "\",\"PortBindings\":{\"80/tcp\":[{\"HostIp\":\"127.0.0.1\"}]}},"
                + "\"NetworkingConfig\":{\"EndpointsConfig\":{\"n"
                + i
                + "\":{\"Aliases\":[\"name"
                + i
                + "\"]}}}}";
    }

    /// All in one process: a hundred of them would take longer than what they ask for.
    private static void requests(Carafe carafe, int count, IntFunction<List<String>> request) {
        List<String> words = new ArrayList<>(List.of("curl"));
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                words.add("--next");
            }
            words.addAll(
                    List.of("-sS", "-f", "-o", "/dev/null", "--max-time", "60", "--unix-socket"));
            words.add(carafe.socket().toString());
            words.addAll(request.apply(i));
        }
        Command.run(words).ok();
    }

    /// `127.0.0.1:PORT` of all containers, by name.
    private static List<String> ports(Carafe carafe) {
        return carafe.docker("ps", "--format", "{{.Names}} {{.Ports}}")
                .ok()
                .lines()
                .sorted()
                .map(line -> line.replaceAll(".* (127.0.0.1:\\d+)->80/tcp", "$1"))
                .toList();
    }

    private static void assertAnswering(List<String> ports) {
        List<String> words = new ArrayList<>(List.of("curl", "-sS", "-f", "--max-time", "60"));
        words.addAll(List.of("--retry", "20", "--retry-connrefused", "--retry-delay", "1"));
        ports.forEach(port -> words.add("http://" + port + "/passwd"));
        assertThat(Command.run(words).ok().lines().filter(l -> l.startsWith("root:")))
                .hasSize(ports.size());
    }
}
