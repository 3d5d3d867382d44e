package dev.carafe.engine;

import static dev.carafe.engine.EngineFixture.noNetwork;
import static dev.carafe.engine.EngineFixture.sh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.AlreadyExists;
import dev.carafe.base.Conflict;
import dev.carafe.base.Internal;
import dev.carafe.base.NotFound;
import dev.carafe.base.NotModified;
import dev.carafe.engine.EngineFixture.Collected;
import dev.carafe.engine.EngineFixture.Output;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.HostNetworkConfig;
import dev.carafe.engine.config.NamespaceModes;
import dev.carafe.engine.config.ResourceConfig;
import dev.carafe.engine.config.SecurityConfig;
import dev.carafe.engine.config.StorageConfig;
import dev.carafe.engine.events.Event;
import dev.carafe.engine.events.EventQuery;
import dev.carafe.engine.logs.StreamKind;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.view.ContainerView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real containers from create to removal.
class RunIT {
    private static EngineFixture box;

    @BeforeAll
    static void open() {
        box = EngineFixture.open();
    }

    @AfterAll
    static void close() {
        box.close();
    }

    @Test
    void aContainerRunsAndItsStreamsAndCodeComeBack() {
        assertThat(box.run("echo hi; echo oops >&2; exit 7"))
                .isEqualTo(new Output("hi\n", "oops\n", 7));
    }

    @Test
    void theImagesCommandAndEnvironmentAreTheDefault() {
        assertThat(box.run(ContainerConfig.of(EngineFixture.IMAGE, null), noNetwork()).stdout())
                .isEqualTo("default\n");
        assertThat(box.run(sh("echo $FROM $MINE").withEnv(List.of("MINE=1")), noNetwork()).stdout())
                .isEqualTo("image 1\n");
    }

    @Test
    void aSignalShowsAs128AndItsNumber() {
        String id = box.start("sleep 100");
        box.engine().killContainer().kill(id, "SIGUSR1");
        box.engine().killContainer().kill(id, "9");
        assertThat(box.await(id)).isEqualTo(137);
        assertThatThrownBy(() -> box.engine().killContainer().kill(id, "NOPE"))
                .hasMessageContaining("NOPE");
    }

    @ParameterizedTest
    @CsvSource({
        "nope, 127, executable file not found in $PATH",
        "/no/such, 127, no such file or directory",
        "/bin/notexec, 126, permission denied",
        "/etc, 126, is a directory",
    })
    void whatCannotBeExecutedFailsTheStartWithDockersWords(String program, int code, String words) {
        String id = box.create(ContainerConfig.of(EngineFixture.IMAGE, List.of(program)));
        assertThatThrownBy(() -> box.engine().startContainer().start(id))
                .hasMessageContaining(words);
        ContainerState state = box.engine().inspectContainer().inspect(id).state();
        assertThat(state.word()).isEqualTo("created");
        assertThat(state.lastExit().status().shellCode()).isEqualTo(code);
        assertThat(state.lastExit().status().error()).contains(words);
        box.engine().removeContainer().remove(id, false, false);
    }

    @Test
    void anUnknownUserFailsTheStart() {
        String id = box.create(sh("true").withUser("nope"));
        assertThatThrownBy(() -> box.engine().startContainer().start(id))
                .hasMessageContaining(
                        "unable to find user nope: no matching entries in passwd file");
        box.engine().removeContainer().remove(id, false, false);
    }

    @Test
    void usersAndGroupsComeFromTheImage() {
        assertThat(
                        box.run(
                                        sh("id; echo $HOME; grep -E 'CapEff|CapPrm' /proc/self/status")
                                                .withUser("www"),
                                        noNetwork())
                                .stdout())
                .startsWith("uid=33(www) gid=34(www) groups=")
                .contains("29(audio)", "/var/www\n")
                .contains("CapEff:\t0000000000000000");
    }

    @Test
    void theContainerIsConfined() {
        String out =
                box.run(
                                "grep -E 'CapEff|Seccomp:' /proc/self/status; ps -o pid,comm; cat /proc/kcore | wc -c;"
                                        + " touch /proc/sys/x; test -e /.dockerenv && echo dockerenv; ls /sys/class/net;"
                                        + " grep -c /containers/ /proc/self/mountinfo; hostname")
                        .stdout();
        assertThat(out).contains("CapEff:\t00000000a80425fb", "Seccomp:\t2", "dockerenv\nlo\n3\n");
        assertThat(out.lines().toList()).anyMatch(line -> line.matches(" *1 +sh"));
        assertThat(out).contains("\n0\n");
    }

    @Test
    void theHostNameIsTheShortIdUnlessGiven() {
        String id = box.create(sh("hostname"));
        box.engine().startContainer().start(id);
        box.await(id);
        assertThat(box.logs(id)).containsExactly(id.substring(0, 12) + "\n");
        assertThat(
                        box.run(sh("hostname; cat /etc/hostname").withHostname("web"), noNetwork())
                                .stdout())
                .isEqualTo("web\nweb\n");
    }

    @Test
    void aTerminalIsOne() {
        Output output = box.run(sh("tty; stty size; echo err >&2").withTty(true), noNetwork());
        assertThat(output.stdout()).startsWith("/dev/pts/0\r\n").contains("err\r\n");
        assertThat(output.stderr()).isEmpty();
    }

    @Test
    void typingReachesATerminalAndDetachKeysLeaveItRunning() {
        String id =
                box.start(
                        sh("read x; echo got $x; sleep 100").withTty(true).withStdin(false),
                        noNetwork());
        Collected client = box.attach(id, true);
        box.engine().resizeContainer().resize(id, 33, 77);
        client.type("word\n");
        EngineFixture.until("the answer", () -> client.out().contains("got word"));
        client.type("\u0010\u0011");
        client.join();
        assertThat(client.session().detached()).isTrue();
        assertThat(box.engine().inspectContainer().inspect(id).state().isRunning()).isTrue();
        box.engine().removeContainer().remove(id, true, false);
    }

    @Test
    void stdinIsBinarySafeAndEndsWithTheClientsHalfClose() throws IOException {
        String id =
                box.create(ContainerConfig.of(EngineFixture.IMAGE, List.of("cat")).withStdin(true));
        Collected client = box.attach(id, true);
        byte[] data = new byte[3 << 20];
        new Random(5).nextBytes(data);
        Thread typist =
                Thread.startVirtualThread(() -> {
                    try {
                        client.session().stdin(data, 0, data.length);
                        client.session().closeStdin();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        box.engine().startContainer().start(id);
        assertThat(box.await(id)).isZero();
        client.join();
        assertThat(client.bytes(StreamKind.STDOUT)).isEqualTo(data);
        assertThat(typist.isAlive()).isFalse();
        box.engine().removeContainer().remove(id, false, false);
    }

    @Test
    void whoseSessionHasEndedFindsTheExitStatus() {
        for (int i = 0; i < 20; i++) {
            String id = box.create(sh("echo over; exit 3"));
            Collected client = box.attach(id, false);
            box.engine().startContainer().start(id);
            client.join();
            ContainerState state = box.engine().inspectContainer().inspect(id).state();
            assertThat(state).isInstanceOf(ContainerState.Exited.class);
            assertThat(state.lastExit().status().shellCode()).isEqualTo(3);
            box.engine().removeContainer().remove(id, false, false);
        }
    }

    @Test
    void everyClientGetsEverything() {
        String id = box.create(sh("seq 1 20000"));
        List<Collected> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(box.attach(id, false));
        }
        box.engine().startContainer().start(id);
        StringBuilder expected = new StringBuilder();
        for (int i = 1; i <= 20000; i++) {
            expected.append(i).append('\n');
        }
        for (Collected client : clients) {
            client.join();
            assertThat(client.out()).isEqualTo(expected.toString());
        }
        assertThat(String.join("", box.logs(id))).isEqualTo(expected.toString());
        box.engine().removeContainer().remove(id, true, false);
    }

    @Test
    void aClientThatDoesNotReadHoldsTheContainerButNotItsEnd() throws Exception {
        String id = box.create(sh("yes"), noNetwork());
        var never = new CountDownLatch(1);
        var session =
                box.engine()
                        .attachContainer()
                        .attach(
                                id,
                                new AttachContainer.Options(false, true, true, false, true, null),
                                (kind, data, offset, length) -> {
                                    try {
                                        never.await();
                                    } catch (InterruptedException e) {
                                        throw new IOException(e);
                                    }
                                });
        box.engine().startContainer().start(id);
        EngineFixture.until("its queue is full", () -> standsStill(id));
        box.engine().killContainer().kill(id, null);
        assertThat(box.await(id)).isEqualTo(137);
        never.countDown();
        EngineFixture.join(session.ended());
        box.engine().removeContainer().remove(id, true, false);
    }

    private static boolean standsStill(String id) {
        try {
            Path log = box.engine().inspectContainer().inspect(id).files().log();
            long size = Files.exists(log) ? Files.size(log) : 0;
            Thread.sleep(100);
            return size > 1 << 20 && Files.size(log) == size;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void stopSendsKillAfterTheTimeout() {
        String obeys = box.start("trap 'exit 3' TERM; echo ready; while :; do usleep 10000; done");
        EngineFixture.until("ready", () -> !box.logs(obeys).isEmpty());
        box.engine().stopContainer().stop(obeys, 20, null);
        assertThat(box.await(obeys)).isEqualTo(3);
        String ignores = box.start("trap '' TERM; echo ready; while :; do usleep 10000; done");
        EngineFixture.until("ready", () -> !box.logs(ignores).isEmpty());
        box.engine().stopContainer().stop(ignores, 0, null);
        assertThat(box.await(ignores)).isEqualTo(137);
        assertThatThrownBy(() -> box.engine().stopContainer().stop(ignores, 0, null))
                .isInstanceOf(NotModified.class);
    }

    @Test
    void verbsThatDoNotFitTheStateAreRefusedWithDockersSentences() {
        String id = box.create("named", sh("sleep 100"), noNetwork());
        assertThatThrownBy(() -> box.engine().killContainer().kill(id, null))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("container " + id + " is not running");
        assertThatThrownBy(() -> box.create("named", sh("true"), noNetwork()))
                .isInstanceOfAny(Conflict.class, AlreadyExists.class)
                .hasMessage(
                        "Conflict. The container name \"/named\" is already in use by container \""
                                + id
                                + "\". You have to remove (or rename) that container to be able to reuse that name.");
        box.engine().startContainer().start("named");
        assertThatThrownBy(() -> box.engine().startContainer().start(id.substring(0, 12)))
                .isInstanceOf(NotModified.class);
        assertThatThrownBy(() -> box.engine().removeContainer().remove("named", false, false))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining(
                        "cannot remove container \"named\": container is running: stop the container"
                                + " before removing or force remove");
        box.engine().removeContainer().remove("named", true, false);
        assertThatThrownBy(() -> box.engine().inspectContainer().inspect("named"))
                .isInstanceOf(NotFound.class)
                .hasMessage("No such container: named");
    }

    @Test
    void pausedContainersStandStill() {
        String id = box.start("while :; do echo tick; usleep 2000; done");
        EngineFixture.until("ticks", () -> !box.logs(id).isEmpty());
        box.engine().pauseContainer().pause(id);
        assertThat(box.engine().inspectContainer().inspect(id).state().word()).isEqualTo("paused");
        assertThatThrownBy(() -> box.engine().pauseContainer().pause(id))
                .isInstanceOf(Conflict.class);
        box.engine().pauseContainer().unpause(id);
        int before = box.logs(id).size();
        EngineFixture.until("more ticks", () -> box.logs(id).size() > before + 10);
        box.engine().removeContainer().remove(id, true, false);
    }

    @Test
    void waitingKnowsItsConditions() {
        String id = box.create(sh("exit 4"));
        var nextExit = box.engine().waitContainer().await(id, WaitContainer.Condition.NEXT_EXIT);
        var removed = box.engine().waitContainer().await(id, WaitContainer.Condition.REMOVED);
        assertThat(box.await(id)).isZero();
        box.engine().startContainer().start(id);
        assertThat(EngineFixture.join(nextExit).statusCode()).isEqualTo(4);
        assertThat(removed).isNotDone();
        box.engine().removeContainer().remove(id, true, false);
        assertThat(EngineFixture.join(removed).statusCode()).isEqualTo(4);
    }

    @Test
    void anAutoRemovedContainerGoesByItself() {
        String id = box.create(sh("exit 5"), noNetwork().withAutoRemove(true));
        var removed = box.engine().waitContainer().await(id, WaitContainer.Condition.REMOVED);
        box.engine().startContainer().start(id);
        assertThat(EngineFixture.join(removed).statusCode()).isEqualTo(5);
        assertThatThrownBy(() -> box.engine().inspectContainer().inspect(id))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void aContainerStartsAgainOnItsOwnRoot() {
        String id = box.start("test -e /kept && echo again; touch /kept");
        box.await(id);
        box.engine().startContainer().start(id);
        box.await(id);
        assertThat(box.logs(id)).containsExactly("again\n");
        box.engine().restartContainer().restart(id, 0, null);
        box.await(id);
        assertThat(box.logs(id)).containsExactly("again\n", "again\n");
    }

    @Test
    void bindsTmpfsAndVolumesAreMounted() throws IOException {
        Path shared = Files.createDirectories(box.root().resolve("shared"));
        Files.writeString(shared.resolve("f"), "host\n");
        HostConfig host =
                noNetwork()
                        .withStorage(
                                StorageConfig.none()
                                        .withBinds(
                                                List.of(
                                                        shared + ":/in:ro",
                                                        "vol-one:/data",
                                                        shared + ":/rw"))
                                        .withTmpfs(Map.of("/t", "size=1m")));
        Output output =
                box.run(
                        sh(
                                "cat /in/f; touch /in/x 2>/dev/null || echo ro; echo c > /rw/made; cat /data/seed;"
                                        + " grep ' /t ' /proc/mounts"),
                        host);
        assertThat(output.stdout())
                .startsWith("host\nro\nfrom the image\n")
                .contains("tmpfs /t tmpfs", "noexec");
        assertThat(shared.resolve("made")).hasContent("c");
        Output again = box.run(sh("echo more >> /data/seed; cat /data/seed"), host);
        assertThat(again.stdout()).isEqualTo("from the image\nmore\n");
        assertThat(box.run(sh("cat /data/seed"), host).stdout())
                .isEqualTo("from the image\nmore\n");
    }

    @Test
    void anonymousVolumesGoWithTheContainerWhenAsked() {
        String id = box.start(sh("cat /data/seed").withVolumes(Set.of("/data")), noNetwork());
        box.await(id);
        ContainerView view = box.engine().inspectContainer().inspect(id);
        assertThat(view.mounts()).hasSize(1);
        Path source = Path.of(view.mounts().getFirst().source());
        assertThat(source).isDirectory();
        assertThat(box.logs(id)).containsExactly("from the image\n");
        box.engine().removeContainer().remove(id, false, true);
        assertThat(source).doesNotExist();
    }

    @Test
    void limitsAndRootOptionsHold() {
        HostConfig limited =
                noNetwork()
                        .withResources(ResourceConfig.limits(32 << 20, 0, 64L))
                        .withSecurity(SecurityConfig.readOnly());
        assertThat(
                        box.run(
                                        sh(
                                                "touch /x 2>/dev/null || echo ro; touch /dev/shm/x && echo shm"),
                                        limited)
                                .stdout())
                .isEqualTo("ro\nshm\n");
        String id = box.start(sh("sleep 100"), limited);
        assertThat(
                        box.engine()
                                .inspectContainer()
                                .inspect(id)
                                .hostConfig()
                                .resources()
                                .memoryBytes())
                .isEqualTo(32 << 20);
        box.engine().removeContainer().remove(id, true, false);
    }

    @Test
    void namespacesOfAnotherContainerAreShared() {
        String first =
                box.start(
                        sh("echo shared > /dev/shm/word; sleep 100"),
                        noNetwork()
                                .withNamespaces(
                                        new NamespaceModes("", "", "shareable", "", "", "")));
        EngineFixture.until(
                "it is up",
                () ->
                        box.run(
                                        sh("cat /dev/shm/word"),
                                        noNetwork()
                                                .withNamespaces(
                                                        new NamespaceModes(
                                                                "",
                                                                "",
                                                                "container:" + first,
                                                                "",
                                                                "",
                                                                "")))
                                .stdout()
                                .equals("shared\n"));
        HostConfig sharing =
                HostConfig.defaults()
                        .withNetwork(HostNetworkConfig.mode("container:" + first))
                        .withNamespaces(
                                new NamespaceModes(
                                        "",
                                        "container:" + first,
                                        "container:" + first,
                                        "",
                                        "",
                                        ""));
        Output output =
                box.run(
                        sh("ps -o comm; ls -l /proc/1/ns/net /proc/self/ns/net | grep -o 'net:.*'"),
                        sharing);
        assertThat(output.stdout()).contains("sleep");
        assertThat(output.stdout().lines().filter(l -> l.startsWith("net:")).distinct()).hasSize(1);
        box.engine().removeContainer().remove(first, true, false);
    }

    @Test
    void aPrivateIpcIsNotSharedAndWhoDoesNotRunIsNotJoined() {
        String first = box.start("sleep 100");
        String ipc =
                box.create(
                        sh("true"),
                        noNetwork()
                                .withNamespaces(
                                        new NamespaceModes(
                                                "", "", "container:" + first, "", "", "")));
        assertThatThrownBy(() -> box.engine().startContainer().start(ipc))
                .hasMessageContaining("non-shareable IPC (hint: use IpcMode:shareable");
        String pid =
                box.create(
                        sh("true"),
                        noNetwork()
                                .withNamespaces(
                                        new NamespaceModes(
                                                "", "container:" + first, "", "", "", "")));
        String network =
                box.create(
                        sh("true"),
                        HostConfig.defaults()
                                .withNetwork(HostNetworkConfig.mode("container:" + first)));
        box.engine().killContainer().kill(first, null);
        assertThatThrownBy(() -> box.engine().startContainer().start(pid))
                .isInstanceOf(Internal.class)
                .hasMessageContaining(
                        "failed to join PID namespace: container " + first + " is not running");
        assertThatThrownBy(() -> box.engine().startContainer().start(network))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("cannot join network namespace of a non running container");
        for (String id : List.of(ipc, pid, network, first)) {
            box.engine().removeContainer().remove(id, true, false);
        }
    }

    @Test
    void eventsComeInDockersOrder() throws Exception {
        List<Event> seen = Collections.synchronizedList(new ArrayList<>());
        try (AutoCloseable subscription =
                box.engine().events().subscribe(EventQuery.live(), seen::add)) {
            String id = box.create(sh("exit 3").withLabels(Map.of("k", "v")), noNetwork());
            box.engine().startContainer().start(id);
            box.await(id);
            box.engine().removeContainer().remove(id, false, false);
            EngineFixture.until(
                    "destroy", () -> seen.stream().anyMatch(e -> e.action().equals("destroy")));
            List<Event> own =
                    seen.stream()
                            .filter(e ->
                                    e.actorId().equals(id)
                                            || id.equals(e.attributes().get("container")))
                            .toList();
            assertThat(own.stream().map(e -> e.type() + " " + e.action()))
                    .containsExactly(
                            "container create",
                            "network connect",
                            "container start",
                            "network disconnect",
                            "container die",
                            "container destroy");
            assertThat(own.get(4).attributes())
                    .containsEntry("exitCode", "3")
                    .containsEntry("image", EngineFixture.IMAGE)
                    .containsEntry("k", "v")
                    .containsKeys("name", "execDuration");
        }
    }

    @Test
    void listsFilterAndShowTheNewestFirst() {
        String one = box.create(sh("true").withLabels(Map.of("group", "a")));
        String two = box.start(sh("sleep 100").withLabels(Map.of("group", "a")), noNetwork());
        assertThat(ids(true, Map.of("label", Set.of("group=a")))).containsExactly(two, one);
        assertThat(ids(false, Map.of("label", Set.of("group=a")))).containsExactly(two);
        assertThat(ids(true, Map.of("label", Set.of("group"), "status", Set.of("created"))))
                .containsExactly(one);
        assertThat(ids(true, Map.of("id", Set.of(one.substring(0, 8))))).containsExactly(one);
        assertThat(ids(true, Map.of("label", Set.of("group=b")))).isEmpty();
        box.engine().removeContainer().remove(one, true, false);
        box.engine().removeContainer().remove(two, true, false);
    }

    private static List<String> ids(boolean all, Map<String, Set<String>> filters) {
        return box
                .engine()
                .listContainers()
                .list(new ListContainers.Query(all, 0, false, filters))
                .stream()
                .map(c -> c.container().id())
                .toList();
    }

    @Test
    void topShowsTheProcessesAndExportTheTree() throws IOException {
        String id = box.start("echo x > /made; exec sleep 123");
        EngineFixture.until(
                "sleep runs",
                () ->
                        box.engine().topContainer().top(id, "-ef").rows().stream()
                                .anyMatch(row -> row.getLast().contains("sleep 123")));
        var tar = new ByteArrayOutputStream();
        box.engine().exportContainer().export(id, tar);
        assertThat(new String(tar.toByteArray(), StandardCharsets.ISO_8859_1))
                .contains("made", "bin/busybox", "ustar");
        box.engine().removeContainer().remove(id, true, false);
    }

    @Test
    void aRenamedContainerIsFoundByItsNewName() {
        String id = box.create("before", sh("true"), noNetwork());
        box.engine().renameContainer().rename("before", "after");
        assertThat(box.engine().inspectContainer().inspect("/after").id()).isEqualTo(id);
        assertThatThrownBy(() -> box.engine().inspectContainer().inspect("before"))
                .isInstanceOf(NotFound.class);
        box.create("before", sh("true"), noNetwork());
        box.engine().removeContainer().remove("before", false, false);
        box.engine().removeContainer().remove("after", false, false);
    }
}
