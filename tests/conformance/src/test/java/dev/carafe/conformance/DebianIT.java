package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A Debian image: apt over the bridge, and real services installed by it.
class DebianIT {
    private static Carafe carafe;

    /// What a Dockerfile would do: apt in a container, made an image by export and import.
    @BeforeAll
    static void start() {
        carafe = Carafe.start("debian");
        carafe.docker(
                        "import",
                        "-c",
                        "CMD [\"bash\"]",
                        TestImages.debianRoot().toString(),
                        "debian:bookworm")
                .ok();
        carafe.docker(
                        "run",
                        "--name",
                        "setup",
                        "debian:bookworm",
                        "sh",
                        "-ec",
                        "apt-get update -q; DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends"
                                + " nginx-light redis-server postgresql python3-minimal openjdk-17-jdk-headless curl procps")
                .ok();
        Command.shell(
                        String.join(" ", carafe.dockerWords())
                                + " export setup | "
                                + String.join(" ", carafe.dockerWords())
                                + " import - services:1")
                .ok();
        carafe.docker("rm", "setup").ok();
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    @Test
    void nginxServesToItsNeighbourAndToTheHost() {
        carafe.docker(
                        "run",
                        "-d",
                        "--name",
                        "web",
                        "-p",
                        "127.0.0.1::80",
                        "services:1",
                        "nginx",
                        "-g",
                        "daemon off;")
                .ok();
        String ip = carafe.docker("inspect", "-f", "{{.NetworkSettings.IPAddress}}", "web").ok();
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "services:1",
                                        "curl",
                                        "-s",
                                        "--retry",
                                        "20",
                                        "--retry-connrefused",
                                        "http://" + ip)
                                .ok())
                .contains("Welcome to nginx");
        String port = carafe.docker("port", "web", "80/tcp").ok().lines().findFirst().orElseThrow();
        assertThat(Command.shell("curl -s --retry 20 --retry-connrefused http://" + port).ok())
                .contains("Welcome to nginx");
        assertThat(carafe.docker("stop", "web").exit()).isZero();
        assertThat(carafe.docker("inspect", "-f", "{{.State.ExitCode}}", "web").ok())
                .isEqualTo("0");
    }

    @Test
    void redisKeepsAValue() {
        carafe.docker(
                        "run",
                        "-d",
                        "--name",
                        "cache",
                        "services:1",
                        "redis-server",
                        "--protected-mode",
                        "no",
                        "--bind",
                        "0.0.0.0")
                .ok();
        assertThat(
                        carafe.docker(
                                        "exec",
                                        "cache",
                                        "sh",
                                        "-c",
                                        "until redis-cli ping; do sleep 0.1; done >/dev/null 2>&1; redis-cli set a 41; redis-cli incr a")
                                .ok())
                .endsWith("42");
    }

    @Test
    void postgresStartsAndAnswers() {
        carafe.docker(
                        "run",
                        "-d",
                        "--name",
                        "db",
                        "-u",
                        "postgres",
                        "-v",
                        "pgdata:/var/lib/postgresql/data",
                        "services:1",
                        "sh",
                        "-ec",
                        "rm -rf /tmp/pg; /usr/lib/postgresql/15/bin/initdb -D /tmp/pg >/dev/null; exec /usr/lib/postgresql/15/bin/postgres -D /tmp/pg -k /tmp")
                .ok();
        assertThat(
                        carafe.docker(
                                        "exec",
                                        "-u",
                                        "postgres",
                                        "db",
                                        "sh",
                                        "-c",
                                        "until psql -h /tmp -c 'select 1' >/dev/null 2>&1; do sleep 0.2; done; psql -h /tmp -At -c 'select sum(g) from generate_series(1,100) g'")
                                .ok())
                .isEqualTo("5050");
    }

    /// Connections of the host and between services, old and new, go on while no daemon lives, and
    /// the next one takes over names, ports, volumes and logs.
    @Test
    void servicesGoOnWhenTheDaemonIsKilledUnderTraffic() throws Exception {
        ServicesUnderLoad services = new ServicesUnderLoad(carafe);
        services.compose("up", "-d").ok();
        services.awaitCounting();
        int port = services.port();
        try (Traffic traffic = new Traffic(port)) {
            traffic.awaitMore(20);
            carafe.killDaemon();
            traffic.awaitMore(100);
            carafe.boot();
            traffic.awaitMore(100);
            services.awaitCounting();
        }
        assertThat(services.port()).isEqualTo(port);
        assertThat(services.compose("exec", "-T", "worker", "getent", "hosts", "redis", "web").ok())
                .contains("redis", "web");
        assertThat(
                        services.compose(
                                        "exec",
                                        "-T",
                                        "db",
                                        "psql",
                                        "-h",
                                        "/tmp",
                                        "-At",
                                        "-c",
                                        "select count(*) = max(n) from counted")
                                .ok())
                .isEqualTo("t");
        services.compose("kill", "worker").ok();
        services.assertCountedWithoutGap("cache");
        services.assertCountedWithoutGap("db");
        services.compose("stop").ok();
        assertThat(
                        carafe.docker(
                                        "inspect",
                                        "-f",
                                        "{{.State.ExitCode}}",
                                        "load_web_1",
                                        "load_cache_1",
                                        "load_db_1")
                                .ok())
                .isEqualTo("0\n0\n0");
        services.compose("down", "-v").ok();
    }

    /// A JVM reads its limits from the cgroup that it sees: a quarter of 1 GiB is its heap.
    @Test
    void aJdkCompilesRunsAndSeesItsLimits() {
        String program =
                "public class Limits { public static void main(String[] a) {"
                        + " System.out.println(Runtime.getRuntime().availableProcessors() + \" \""
                        + " + (Runtime.getRuntime().maxMemory() >> 20)); } }";
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "-m",
                                        "1g",
                                        "--cpus",
                                        "1",
                                        "-e",
                                        "PROGRAM=" + program,
                                        "services:1",
                                        "sh",
                                        "-ec",
                                        "cd /tmp; echo \"$PROGRAM\" >Limits.java; javac Limits.java; java -XX:+UseSerialGC Limits")
                                .ok())
                .matches("1 2[45]\\d");
    }

    @Test
    void pythonRuns() {
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "services:1",
                                        "python3",
                                        "-c",
                                        "import os,socket; print(os.getpid(), len(socket.gethostname()))")
                                .ok())
                .isEqualTo("1 12");
    }
}
