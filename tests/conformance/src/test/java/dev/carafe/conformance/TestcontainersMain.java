package dev.carafe.conformance;

import com.github.dockerjava.api.model.HealthCheck;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.output.ToStringConsumer;
import org.testcontainers.containers.output.WaitingConsumer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/// What tests with Testcontainers do. A program of its own, since Testcontainers takes the daemon's
/// address from the environment. Prints `ok NAME` for each fact.
final class TestcontainersMain {
    private static final DockerImageName BUSYBOX = DockerImageName.parse("busybox:latest");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String SERVER = "while true; do sleep 1; done & httpd -f -p 8080 -h /www";

    private TestcontainersMain() {}

    interface Fact {
        void check() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        fact("http", TestcontainersMain::http);
        fact("ports", TestcontainersMain::ports);
        fact("logs", TestcontainersMain::logs);
        fact("oneShot", TestcontainersMain::oneShot);
        fact("health", TestcontainersMain::health);
        fact("networks", TestcontainersMain::networks);
        fact("files", TestcontainersMain::files);
        fact("failure", TestcontainersMain::failure);
        System.exit(0);
    }

    private static void fact(String name, Fact fact) throws Exception {
        long begin = System.currentTimeMillis();
        fact.check();
        System.out.println("ok " + name + " " + (System.currentTimeMillis() - begin) + " ms");
    }

    private static void require(boolean fact, Object what) {
        if (!fact) {
            throw new AssertionError(String.valueOf(what));
        }
    }

    private static GenericContainer<?> busybox(String script) {
        return new GenericContainer<>(BUSYBOX)
                .withCommand("sh", "-c", script)
                .withCreateContainerCmdModifier(c -> c.getHostConfig().withInit(true))
                .withStartupTimeout(LIMIT);
    }

    private static GenericContainer<?> server() {
        return busybox(SERVER)
                .withExposedPorts(8080)
                .withCopyToContainer(Transferable.of("hello from carafe"), "/www/index.html");
    }

    private static void http() throws Exception {
        try (GenericContainer<?> c =
                server().waitingFor(Wait.forHttp("/index.html").forStatusCode(200))) {
            c.start();
            var exec = c.execInContainer("wget", "-q", "-O", "-", "http://127.0.0.1:8080/");
            require(exec.getExitCode() == 0, exec.getStderr());
            require(exec.getStdout().equals("hello from carafe"), exec.getStdout());
            var bad = c.execInContainer("sh", "-c", "echo no >&2; exit 3");
            require(bad.getExitCode() == 3 && bad.getStderr().equals("no\n"), bad);
        }
    }

    private static void ports() {
        try (GenericContainer<?> c = server().waitingFor(Wait.forListeningPort())) {
            c.start();
            require(c.getMappedPort(8080) > 0 && c.isRunning(), c.getMappedPort(8080));
        }
    }

    private static void logs() throws Exception {
        try (GenericContainer<?> c =
                busybox("echo one; echo ready; sleep 0.3; echo last >&2; sleep 1000")
                        .waitingFor(Wait.forLogMessage(".*ready.*", 1))) {
            WaitingConsumer waiting = new WaitingConsumer();
            ToStringConsumer all = new ToStringConsumer();
            c.withLogConsumer(all.andThen(waiting));
            c.start();
            waiting.waitUntil(
                    (OutputFrame f) -> f.getUtf8String().contains("last"), 30, TimeUnit.SECONDS);
            require(all.toUtf8String().equals("one\nready\nlast\n"), all.toUtf8String());
            require(c.getLogs(OutputFrame.OutputType.STDERR).equals("last\n"), c.getLogs());
        }
    }

    private static void oneShot() {
        try (GenericContainer<?> c =
                busybox("echo done")
                        .withStartupCheckStrategy(
                                new OneShotStartupCheckStrategy().withTimeout(LIMIT))) {
            c.start();
            require(c.getLogs().equals("done\n"), c.getLogs());
        }
    }

    /// Built with the classic builder.
    private static void health() {
        ImageFromDockerfile image =
                new ImageFromDockerfile("carafe-tc-health", true)
                        .withFileFromTransferable("ok.sh", Transferable.of("test -e /tmp/ok"))
                        .withDockerfileFromBuilder(d ->
                                d.from("busybox:latest")
                                        .copy("ok.sh", "/ok.sh")
                                        .run("test -e /ok.sh")
                                        .cmd("sh", "-c", "sleep 0.3; touch /tmp/ok; sleep 1000")
                                        .build());
        try (GenericContainer<?> c =
                new GenericContainer<>(image)
                        .withCreateContainerCmdModifier(create -> {
                            create.getHostConfig().withInit(true);
                            create.withHealthcheck(
                                    new HealthCheck()
                                            .withTest(List.of("CMD", "sh", "/ok.sh"))
                                            .withInterval(100_000_000L)
                                            .withRetries(100));
                        })
                        .waitingFor(Wait.forHealthcheck().withStartupTimeout(LIMIT))) {
            c.start();
            require(c.isHealthy(), c.getCurrentContainerInfo().getState());
        }
    }

    private static void networks() throws Exception {
        try (Network network = Network.newNetwork();
                GenericContainer<?> server =
                        server().withNetwork(network)
                                .withNetworkAliases("www")
                                .waitingFor(Wait.forHttp("/"));
                GenericContainer<?> client = busybox("sleep 1000").withNetwork(network)) {
            server.start();
            client.start();
            var got = client.execInContainer("wget", "-q", "-O", "-", "http://www:8080/");
            require(got.getStdout().equals("hello from carafe"), got);
        }
    }

    private static void files() throws Exception {
        try (GenericContainer<?> c = busybox("sleep 1000")) {
            c.start();
            c.copyFileToContainer(Transferable.of("inside", 0640), "/tmp/f");
            String back =
                    c.copyFileFromContainer(
                            "/tmp/f", in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
            require(back.equals("inside"), back);
            String mode = c.execInContainer("stat", "-c", "%a", "/tmp/f").getStdout();
            require(mode.equals("640\n"), mode);
        }
    }

    private static void failure() {
        try (GenericContainer<?> c =
                busybox("echo broken; exit 1")
                        .waitingFor(
                                Wait.forLogMessage("never", 1)
                                        .withStartupTimeout(Duration.ofSeconds(2)))) {
            c.start();
            throw new AssertionError("started");
        } catch (ContainerLaunchException e) {
            // the cause tells that it ended
            StringBuilder text = new StringBuilder();
            for (Throwable t = e; t != null; t = t.getCause()) {
                text.append(t.getMessage()).append('\n');
            }
            require(
                    text.toString().contains("Container exited with code 1")
                            // it was gone before the first look
                            || text.toString().contains("did not start correctly")
                            || text.toString().contains("Timed out"),
                    text);
        }
    }
}
