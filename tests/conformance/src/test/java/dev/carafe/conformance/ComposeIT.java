package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A project of three services, brought up and taken down by Debian's docker-compose.
class ComposeIT {
    private static final String PROJECT =
            """
            version: "3.7"
            services:
              web:
                image: busybox
                command: httpd -f -p 80 -h /site
                volumes:
                  - ./site:/site:ro
                  - data:/data
                ports:
                  - "127.0.0.1::80"
                depends_on: [cache]
                networks: [front, back]
              cache:
                image: busybox
                command: sh -c 'while :; do echo PONG | nc -l -p 6379; done'
                networks:
                  back:
                    aliases: [redis]
              client:
                image: busybox
                command: >
                  sh -c 'n=0; until wget -q -O - http://web/ && nc redis 6379 </dev/null;
                  do n=$$((n+1)); [ $$n -lt 300 ] || exit 1; usleep 100000; done;
                  echo $$MODE; exec sleep 1000'
                environment:
                  MODE: tested
                depends_on: [web, cache]
                networks: [front, back]
            volumes:
              data:
            networks:
              front:
              back:
                internal: true
                ipam:
                  config:
                    - subnet: 10.121.0.0/24
            """;

    private static Carafe carafe;
    private static Path folder;
    private static Leaks before;

    @BeforeAll
    static void start() throws IOException {
        carafe = Carafe.start("compose");
        folder = Files.createDirectory(carafe.home().resolve("project"));
        Files.writeString(folder.resolve("docker-compose.yml"), PROJECT);
        Files.writeString(
                Files.createDirectory(folder.resolve("site")).resolve("index.html"),
                "hello from web\n");
        carafe.docker("run", "--rm", "busybox", "true").ok();
        before = Leaks.of(carafe);
    }

    @AfterAll
    static void stop() {
        try {
            Leaks.assertNoneSince(before, carafe);
        } finally {
            carafe.close();
        }
    }

    private static Command compose(String... words) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "docker-compose",
                                "-p",
                                "three",
                                "-f",
                                folder.resolve("docker-compose.yml").toString()));
        all.addAll(List.of(words));
        Map<String, String> environment = new HashMap<>();
        environment.put("DOCKER_HOST", "unix://" + carafe.socket());
        environment.put("DOCKER_CONFIG", carafe.home().resolve("config").toString());
        return Command.run(all, new byte[0], environment);
    }

    private static String container(String service) {
        return carafe.docker("ps", "-q", "--filter", "label=com.docker.compose.service=" + service)
                .ok();
    }

    /// The logs of a service, as soon as they contain the text.
    private static String awaitLogs(String service, String text) throws InterruptedException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        String logs = compose("logs", service).out();
        while (!logs.contains(text) && System.nanoTime() < deadline) {
            Thread.sleep(100);
            logs = compose("logs", service).out();
        }
        assertThat(logs).contains(text);
        return logs;
    }

    @Test
    void threeServicesComeUpFindEachOtherAndGo() throws Exception {
        compose("up", "-d").ok();
        assertThat(awaitLogs("client", "tested")).contains("hello from web", "PONG");
        String published = compose("port", "web", "80").ok();
        assertThat(published).startsWith("127.0.0.1:");
        assertThat(
                        Command.run(
                                        List.of(
                                                "curl",
                                                "-sS",
                                                "--max-time",
                                                "30",
                                                "http://" + published))
                                .ok())
                .isEqualTo("hello from web");
        assertThat(
                        carafe.docker(
                                        "inspect",
                                        "-f",
                                        "{{range $n, $e := .NetworkSettings.Networks}}{{$n}} {{end}}",
                                        container("client"))
                                .ok())
                .isEqualTo("three_back three_front");
        assertThat(carafe.docker("volume", "ls", "-q").ok()).isEqualTo("three_data");
        String web = container("web");
        compose("up", "-d").ok();
        assertThat(container("web")).as("nothing has changed").isEqualTo(web);
        compose("up", "-d", "--scale", "cache=2").ok();
        assertThat(container("cache").lines()).hasSize(2);
        assertThat(compose("exec", "-T", "client", "nslookup", "redis").ok().lines())
                .filteredOn(line -> line.matches("Address: 10\\.121\\.0\\.\\d+"))
                .hasSize(2);
        assertThat(compose("exec", "-T", "cache", "wget", "-T", "1", "http://198.51.100.1/").exit())
                .as("an internal network has no way out")
                .isNotZero();
        compose("restart", "-t", "0", "web").ok();
        compose("down", "-v", "-t", "0").ok();
        assertThat(carafe.docker("ps", "-aq").ok()).isEmpty();
        assertThat(carafe.docker("volume", "ls", "-q").ok()).isEmpty();
        assertThat(carafe.docker("network", "ls", "-q", "--filter", "type=custom").ok()).isEmpty();
    }
}
