package dev.carafe.conformance;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.command.BuildImageResultCallback;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docker-java, as its users call it. Over a unix socket it never tells that its input has ended.
class DockerJavaIT {
    private static final long LIMIT = 30;
    private static Carafe carafe;
    private static Leaks before;
    private static DockerClient client;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("djava");
        carafe.docker("run", "--rm", "busybox", "true").ok();
        before = Leaks.of(carafe);
        var config =
                DefaultDockerClientConfig.createDefaultConfigBuilder()
                        .withDockerHost("unix://" + carafe.socket())
                        .build();
        client =
                DockerClientImpl.getInstance(
                        config,
                        new ZerodepDockerHttpClient.Builder()
                                .dockerHost(config.getDockerHost())
                                .connectionTimeout(Duration.ofSeconds(LIMIT))
                                .responseTimeout(Duration.ofSeconds(LIMIT))
                                .build());
    }

    @AfterAll
    static void stop() throws IOException {
        try {
            client.close();
            Leaks.assertNoneSince(before, carafe);
        } finally {
            carafe.close();
        }
    }

    /// What a callback was given, as the text of each stream: how a stream is cut into frames is
    /// not promised (a terminal may hand over the first letter of a line alone).
    private static final class Text extends ResultCallback.Adapter<Frame> {
        private final Map<StreamType, StringBuffer> streams = new ConcurrentHashMap<>();

        @Override
        public void onNext(Frame frame) {
            streams.computeIfAbsent(frame.getStreamType(), _ -> new StringBuffer())
                    .append(new String(frame.getPayload(), StandardCharsets.UTF_8));
        }

        Map<StreamType, String> whole() throws InterruptedException {
            assertThat(awaitCompletion(LIMIT, TimeUnit.SECONDS)).isTrue();
            return streams.entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, each -> each.getValue().toString()));
        }
    }

    private static final class Taken<T> extends ResultCallback.Adapter<T> {
        private final List<T> items = new CopyOnWriteArrayList<>();

        @Override
        public void onNext(T item) {
            items.add(item);
        }
    }

    private static String created(String... command) {
        return client.createContainerCmd("busybox").withCmd(command).exec().getId();
    }

    private static String sleeping() {
        String id =
                client.createContainerCmd("busybox")
                        .withCmd("sleep", "1000")
                        .withHostConfig(HostConfig.newHostConfig().withInit(true))
                        .exec()
                        .getId();
        client.startContainerCmd(id).exec();
        return id;
    }

    private static void remove(String id) {
        client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    }

    private static int awaited(String id) {
        return client.waitContainerCmd(id).start().awaitStatusCode(LIMIT, TimeUnit.SECONDS);
    }

    @Test
    void theDaemonTellsWhatItIs() {
        client.pingCmd().exec();
        assertThat(client.versionCmd().exec().getOperatingSystem()).isEqualTo("linux");
        assertThat(client.infoCmd().exec().getOsType()).isEqualTo("linux");
        assertThat(client.inspectImageCmd("busybox").exec().getRepoTags())
                .contains("busybox:latest");
        assertThat(client.listImagesCmd().withFilter("reference", List.of("busybox")).exec())
                .hasSize(1);
    }

    @Test
    void aContainerRunsToItsEndAndItsLogIsFollowed() throws Exception {
        String id = created("sh", "-c", "echo out; sleep 0.1; echo err >&2; exit 3");
        client.startContainerCmd(id).exec();
        Text log =
                client.logContainerCmd(id)
                        .withStdOut(true)
                        .withStdErr(true)
                        .withFollowStream(true)
                        .exec(new Text());
        assertThat(log.whole())
                .isEqualTo(Map.of(StreamType.STDOUT, "out\n", StreamType.STDERR, "err\n"));
        assertThat(awaited(id)).isEqualTo(3);
        InspectContainerResponse.ContainerState state =
                client.inspectContainerCmd(id).exec().getState();
        assertThat(state.getExitCodeLong()).isEqualTo(3L);
        assertThat(state.getOOMKilled()).isFalse();
        remove(id);
        assertThatThrownBy(() -> client.inspectContainerCmd(id).exec())
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("No such container: " + id);
    }

    @Test
    void attachingFeedsInputAndGivesOutput() throws Exception {
        String id =
                client.createContainerCmd("busybox")
                        .withCmd("sh", "-c", "read x; echo $x")
                        .withStdinOpen(true)
                        .withStdInOnce(true)
                        .exec()
                        .getId();
        Text text = new Text();
        InputStream in = new ByteArrayInputStream("hello\n".getBytes(StandardCharsets.UTF_8));
        client.attachContainerCmd(id)
                .withStdIn(in)
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .exec(text);
        text.awaitStarted(LIMIT, TimeUnit.SECONDS);
        client.startContainerCmd(id).exec();
        assertThat(text.whole()).isEqualTo(Map.of(StreamType.STDOUT, "hello\n"));
        assertThat(awaited(id)).isZero();
        remove(id);
    }

    @Test
    void execHasInputOutputAndACode() throws Exception {
        String id = sleeping();
        String exec =
                client.execCreateCmd(id)
                        .withCmd("sh", "-c", "read x; echo $x; echo $X >&2; exit 5")
                        .withAttachStdin(true)
                        .withAttachStdout(true)
                        .withAttachStderr(true)
                        .withEnv(List.of("X=y"))
                        .exec()
                        .getId();
        InputStream in = new ByteArrayInputStream("in\n".getBytes(StandardCharsets.UTF_8));
        Text text = client.execStartCmd(exec).withStdIn(in).exec(new Text());
        assertThat(text.whole())
                .isEqualTo(Map.of(StreamType.STDOUT, "in\n", StreamType.STDERR, "y\n"));
        assertThat(client.inspectExecCmd(exec).exec().getExitCodeLong()).isEqualTo(5L);
        remove(id);
    }

    @Test
    void argumentsAndLabelsMayBeLong() throws Exception {
        String longest = "abcdefghij".repeat(12_000);
        String id =
                client.createContainerCmd("busybox")
                        .withCmd("echo", longest)
                        .withLabels(Map.of("long", longest))
                        .exec()
                        .getId();
        client.startContainerCmd(id).exec();
        client.waitContainerCmd(id).start().awaitStatusCode(LIMIT, TimeUnit.SECONDS);
        assertThat(client.logContainerCmd(id).withStdOut(true).exec(new Text()).whole())
                .isEqualTo(Map.of(StreamType.STDOUT, longest + "\n"));
        remove(id);
        String other = sleeping();
        String exec =
                client.execCreateCmd(other)
                        .withCmd("echo", longest)
                        .withAttachStdout(true)
                        .exec()
                        .getId();
        assertThat(client.execStartCmd(exec).exec(new Text()).whole())
                .isEqualTo(Map.of(StreamType.STDOUT, longest + "\n"));
        remove(other);
    }

    @Test
    void anExecThatIsAboutToStartIsResized() throws Exception {
        String id = sleeping();
        String exec =
                client.execCreateCmd(id)
                        .withCmd("sh", "-c", "until stty size | grep '30 120'; do :; done")
                        .withTty(true)
                        .withAttachStdout(true)
                        .exec()
                        .getId();
        FutureTask<Void> resized =
                new FutureTask<>(() -> client.resizeExecCmd(exec).withSize(30, 120).exec());
        Thread.ofVirtual().start(resized);
        Text text = client.execStartCmd(exec).withTty(true).exec(new Text());
        resized.get(LIMIT, TimeUnit.SECONDS);
        assertThat(text.whole().get(StreamType.RAW)).contains("30 120");
        remove(id);
    }

    @Test
    void everyMoveHasItsError() {
        String id = sleeping();
        assertThatThrownBy(() -> client.startContainerCmd(id).exec())
                .isInstanceOf(NotModifiedException.class);
        client.pauseContainerCmd(id).exec();
        assertThatThrownBy(() -> client.execCreateCmd(id).withCmd("true").exec())
                .isInstanceOf(ConflictException.class);
        client.unpauseContainerCmd(id).exec();
        assertThatThrownBy(() -> client.unpauseContainerCmd(id).exec())
                .isInstanceOf(InternalServerErrorException.class)
                .hasMessageContaining("is not paused");
        assertThatThrownBy(() -> client.removeContainerCmd(id).exec())
                .isInstanceOf(ConflictException.class);
        client.renameContainerCmd(id).withName("djava-renamed").exec();
        client.updateContainerCmd(id).withMemory(64L << 20).withMemorySwap(64L << 20).exec();
        assertThat(client.inspectContainerCmd("djava-renamed").exec().getHostConfig().getMemory())
                .isEqualTo(64L << 20);
        assertThat(client.topContainerCmd(id).exec().getTitles()).contains("PID", "CMD");
        client.restartContainerCmd(id).withTimeout(1).exec();
        client.stopContainerCmd(id).withTimeout(1).exec();
        assertThatThrownBy(() -> client.stopContainerCmd(id).exec())
                .isInstanceOf(NotModifiedException.class);
        assertThatThrownBy(() -> client.killContainerCmd(id).exec())
                .isInstanceOf(ConflictException.class);
        remove(id);
        assertThatThrownBy(() -> client.createContainerCmd("no-such-image").exec())
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() ->
                        client.pullImageCmd("127.0.0.1:9/none")
                                .withTag("x")
                                .start()
                                .awaitCompletion(LIMIT, TimeUnit.SECONDS))
                .hasMessageContaining("connection refused");
    }

    @Test
    void eventsAndStatsStream() throws Exception {
        Taken<Event> events =
                client.eventsCmd().withLabelFilter("djava-events").exec(new Taken<>());
        events.awaitStarted(LIMIT, TimeUnit.SECONDS);
        String id =
                client.createContainerCmd("busybox")
                        .withCmd("sleep", "1000")
                        .withLabels(Map.of("djava-events", ""))
                        .exec()
                        .getId();
        client.startContainerCmd(id).exec();
        Taken<Statistics> stats = client.statsCmd(id).exec(new Taken<>());
        until(() -> stats.items.size() > 1);
        stats.close();
        assertThat(stats.items.getLast().getMemoryStats().getUsage()).isPositive();
        remove(id);
        until(() -> events.items.stream().anyMatch(e -> "destroy".equals(e.getAction())));
        events.close();
        assertThat(events.items.stream().map(Event::getAction))
                .containsSubsequence("create", "start", "kill", "die", "destroy");
    }

    private static void until(BooleanSupplier condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void filesGoInAndOut(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("in.txt"), "content");
        String id = created("cat", "/tmp/in.txt");
        client.copyArchiveToContainerCmd(id)
                .withHostResource(file.toString())
                .withRemotePath("/tmp")
                .exec();
        client.startContainerCmd(id).exec();
        assertThat(awaited(id)).isZero();
        try (InputStream tar = client.copyArchiveFromContainerCmd(id, "/tmp/in.txt").exec()) {
            assertThat(new String(tar.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains("in.txt\0", "content");
        }
        assertThat(client.containerDiffCmd(id).exec())
                .anyMatch(c -> c.getPath().equals("/tmp/in.txt") && c.getKind() == 1);
        String image = client.commitCmd(id).withRepository("djava-commit").withTag("t").exec();
        assertThat(client.inspectImageCmd("djava-commit:t").exec().getId()).isEqualTo(image);
        client.removeImageCmd("djava-commit:t").exec();
        remove(id);
    }

    @Test
    void imagesAreBuilt(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.txt"), "a");
        Path dockerfile =
                Files.writeString(
                        folder.resolve("Dockerfile"),
                        "FROM busybox\nARG V\nCOPY a.txt /\nRUN test \"$V\" = 1 && cat /a.txt\n");
        String id =
                client.buildImageCmd(dockerfile.toFile())
                        .withBuildArg("V", "1")
                        .withTags(Set.of("djava-built"))
                        .exec(new BuildImageResultCallback())
                        .awaitImageId(LIMIT, TimeUnit.SECONDS);
        assertThat(client.inspectImageCmd("djava-built").exec().getId()).contains(id);
        assertThat(client.inspectImageCmd("djava-built").exec().getParent())
                .isEqualTo(client.inspectImageCmd("busybox").exec().getId());
        Files.writeString(dockerfile, "LABEL a=b\n", StandardOpenOption.APPEND);
        String upper =
                client.buildImageCmd(dockerfile.toFile())
                        .withBuildArg("V", "1")
                        .exec(new BuildImageResultCallback())
                        .awaitImageId(LIMIT, TimeUnit.SECONDS);
        assertThat(client.inspectImageCmd(upper).exec().getParent()).contains(id);
        client.removeImageCmd(upper).exec();
        client.removeImageCmd("djava-built").exec();
        assertThatThrownBy(() ->
                        client.buildImageCmd(dockerfile.toFile())
                                .withBuildArg("V", "2")
                                .withForcerm(true)
                                .exec(new BuildImageResultCallback())
                                .awaitImageId(LIMIT, TimeUnit.SECONDS))
                .isInstanceOf(DockerClientException.class)
                .hasMessageContaining("returned a non-zero code: 1");
    }

    @Test
    void networksVolumesPortsAndHealth() throws Exception {
        String network =
                client.createNetworkCmd().withName("djava-net").withDriver("bridge").exec().getId();
        client.createVolumeCmd().withName("djava-vol").exec();
        String id =
                client.createContainerCmd("busybox")
                        .withCmd("sleep", "1000")
                        .withExposedPorts(ExposedPort.tcp(80))
                        .withAliases("other")
                        .withHealthcheck(
                                new HealthCheck()
                                        .withTest(List.of("CMD", "true"))
                                        .withInterval(100_000_000L))
                        .withHostConfig(
                                HostConfig.newHostConfig()
                                        .withInit(true)
                                        .withNetworkMode("djava-net")
                                        .withPortBindings(PortBinding.parse("127.0.0.1::80"))
                                        .withMounts(
                                                List.of(
                                                        new Mount()
                                                                .withType(MountType.VOLUME)
                                                                .withSource("djava-vol")
                                                                .withTarget("/v"))))
                        .exec()
                        .getId();
        client.startContainerCmd(id).exec();
        InspectContainerResponse c = client.inspectContainerCmd(id).exec();
        assertThat(c.getNetworkSettings().getPorts().getBindings().get(ExposedPort.tcp(80)))
                .hasSize(1);
        assertThat(c.getNetworkSettings().getNetworks().get("djava-net").getAliases())
                .contains("other");
        assertThat(c.getMounts().getFirst().getName()).isEqualTo("djava-vol");
        until(() ->
                "healthy"
                        .equals(
                                client.inspectContainerCmd(id)
                                        .exec()
                                        .getState()
                                        .getHealth()
                                        .getStatus()));
        assertThat(
                        client.listContainersCmd()
                                .withNetworkFilter(List.of("djava-net"))
                                .withStatusFilter(List.of("running"))
                                .exec())
                .hasSize(1);
        client.disconnectFromNetworkCmd().withNetworkId(network).withContainerId(id).exec();
        client.connectToNetworkCmd().withNetworkId(network).withContainerId(id).exec();
        assertThatThrownBy(() -> client.removeVolumeCmd("djava-vol").exec())
                .isInstanceOf(ConflictException.class);
        remove(id);
        client.removeVolumeCmd("djava-vol").exec();
        client.removeNetworkCmd(network).exec();
        assertThatThrownBy(() -> client.inspectNetworkCmd().withNetworkId(network).exec())
                .isInstanceOf(NotFoundException.class);
    }
}
