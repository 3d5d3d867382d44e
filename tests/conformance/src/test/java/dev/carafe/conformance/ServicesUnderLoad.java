package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A web server, a database, a cache, and a worker that counts in both of them over one connection
/// each, brought up by compose. The image has them all, from Debian's packages.
final class ServicesUnderLoad {
    private static final String PROJECT =
            """
            version: "3.7"
            services:
              web:
                image: services:1
                command: ["nginx", "-g", "daemon off;"]
                volumes: ["./keep.conf:/etc/nginx/conf.d/keep.conf:ro"]
                ports: ["127.0.0.1::80"]
                networks: [front]
              cache:
                image: services:1
                command: redis-server --protected-mode no --bind 0.0.0.0 --save ""
                networks:
                  back:
                    aliases: [redis]
              db:
                image: services:1
                user: postgres
                stop_signal: SIGINT
                command:
                  - sh
                  - -ec
                  - |
                    /usr/lib/postgresql/15/bin/initdb -N -A trust -D /var/lib/postgresql/load >/dev/null
                    echo "host all all all trust" >>/var/lib/postgresql/load/pg_hba.conf
                    exec /usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/load -k /tmp -h '*'
                volumes: ["data:/var/lib/postgresql"]
                networks: [back]
              worker:
                image: services:1
                stop_signal: SIGKILL
                depends_on: [cache, db]
                command:
                  - sh
                  - -c
                  - |
                    until redis-cli -h redis ping && psql -h db -U postgres -c 'create table counted (n int)'
                    do sleep 0.2; done >/dev/null 2>&1
                    redis-cli -h redis -r 1000000 -i 0.02 incr n | sed -u 's/^/cache /' &
                    seq 1000000 | while read n; do echo "insert into counted values ($$n) returning 'db ' || n;"; sleep 0.02; done |
                      psql -q -A -t -h db -U postgres
                networks: [front, back]
            volumes:
              data:
            networks:
              front:
              back:
                internal: true
            """;

    private final Carafe carafe;
    private final Path folder;

    ServicesUnderLoad(Carafe carafe) throws IOException {
        this.carafe = carafe;
        folder = Files.createDirectory(carafe.home().resolve("load"));
        Files.writeString(folder.resolve("docker-compose.yml"), PROJECT);
        Files.writeString(folder.resolve("keep.conf"), "keepalive_requests 1000000;\n");
    }

    Command compose(String... words) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "docker-compose",
                                "-p",
                                "load",
                                "-f",
                                folder.resolve("docker-compose.yml").toString()));
        all.addAll(List.of(words));
        return Command.run(
                all,
                new byte[0],
                Map.of(
                        "DOCKER_HOST",
                        "unix://" + carafe.socket(),
                        "DOCKER_CONFIG",
                        carafe.home().resolve("config").toString()));
    }

    /// Of the web server, on the host.
    int port() {
        String published = compose("port", "web", "80").ok();
        return Integer.parseInt(published.substring(published.lastIndexOf(':') + 1));
    }

    /// How far the worker has counted, by its log.
    ///
    /// @param service `cache` or `db`
    int counted(String service) {
        return numbers(service).size();
    }

    /// Returns when the worker has counted further with both.
    void awaitCounting() throws InterruptedException {
        int cache = counted("cache") + 10;
        int db = counted("db") + 10;
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (counted("cache") < cache || counted("db") < db) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the worker stands still:\n" + compose("logs").out());
            }
            Thread.sleep(50);
        }
    }

    /// Each number once and in order: nothing was done twice, no line of the log is lost.
    void assertCountedWithoutGap(String service) {
        List<Integer> numbers = numbers(service);
        assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    private List<Integer> numbers(String service) {
        String prefix = service + " ";
        return carafe.docker("logs", "load_worker_1")
                .out()
                .lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> Integer.valueOf(line.substring(prefix.length())))
                .toList();
    }
}
