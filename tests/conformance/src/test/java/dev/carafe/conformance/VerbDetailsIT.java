package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the command line suite of dockerd's own sources expects, and a container's verbs did not
/// do.
class VerbDetailsIT {
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("verbd");
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    @Test
    void aContainerThatNeverRanHasItsFolderAndItsVolumesAreFilled() {
        carafe.docker("create", "--name", "dir", "-w", "/home/foo/bar", "busybox", "true").ok();
        assertThat(carafe.docker("cp", "dir:/home/foo/bar", "-").ok()).contains("bar/\0");
        carafe.docker("create", "--name", "store", "-v", "filled:/bin", "busybox", "true").ok();
        String[] look = {"run", "--rm", "-v", "filled:/d", "busybox", "ls", "/d/busybox"};
        assertThat(carafe.docker(look).ok()).isEqualTo("/d/busybox");
        carafe.docker("rm", "dir", "store").ok();
        carafe.docker("volume", "rm", "filled").ok();
    }

    @Test
    void aVolumeWithoutANameGoesWithTheLastThatTookItOver() {
        carafe.docker("volume", "create", "kept").ok();
        carafe.docker("create", "--name", "pp", "-v", "kept:/a", "-v", "/b", "busybox").ok();
        carafe.docker("create", "--name", "cc", "--volumes-from", "pp", "busybox").ok();
        carafe.docker("rm", "pp").ok();
        carafe.docker("rm", "-v", "cc").ok();
        assertThat(carafe.docker("volume", "ls", "-q").ok()).isEqualTo("kept");
        carafe.docker("volume", "rm", "kept").ok();
    }

    @Test
    void filesOfEtcAreVisibleOverAFolderThereAndAsWritableAsTheRoot() {
        assertThat(run("-v /etc", "head -n1 /etc/hosts").out()).startsWith("127.0.0.1");
        assertThat(run("--read-only", "touch /etc/hosts").err())
                .contains("/etc/hosts: Read-only file system");
        assertThat(run("-h foobar.example.com", "tail -n1 /etc/hosts").out())
                .endsWith("\tfoobar.example.com foobar\n");
        assertThat(run("--cgroup-parent ../../odd", "cat /proc/1/cgroup").out())
                .contains("/odd/")
                .doesNotContain("..");
    }

    @Test
    void whatCanNotBeHasDockersWords() {
        String links =
                " type networking can't be used with links. This would result in undefined behavior";
        carafe.docker("run", "-d", "--name", "up", "busybox", "top").ok();
        assertThat(run("--network host --link up:up", "true").err())
                .contains("conflicting options: host" + links);
        assertThat(run("--network container:up --link up:up", "true").err())
                .contains("conflicting options: container type network")
                .contains("can't be used with links");
        assertThat(run("--network container", "true").err())
                .contains("invalid network mode: invalid container format container:<name|id>");
        assertThat(run("-e HOME= -e X=", "echo $HOME").out()).isEqualTo("/root\n");
        assertThat(run("--name me --network container:me", "true").err())
                .contains("cannot join own network namespace");
        assertThat(run("-u -1", "true").err()).contains("uids and gids must be in range");
        assertThat(run("--memory-reservation 1k", "true").err())
                .contains("Minimum memory reservation allowed is 6MB");
        assertThat(run("--tmpfs /x:shared", "true").exit()).isZero();
        carafe.docker("rm", "-f", "me").exit();
        carafe.docker("rm", "-f", "up").ok();
        String bad =
                "{\"Image\":\"busybox\",\"HostConfig\":{\"PortBindings\":{\"19039;1230\":[{}]}}}";
        List<String> post =
                carafe.curl(
                        "/containers/create", "-d", bad, "-H", "Content-Type: application/json");
        assertThat(Command.run(post).out())
                .contains("invalid port specification: \\\"19039;1230\\\"");
        assertThat(Command.run(carafe.curl("/containers/nobody/attach/ws")).out())
                .contains("No such container: nobody");
        assertThat(carafe.docker("rmi", " ").err()).contains("image name cannot be blank");
    }

    @Test
    void linksNeedNobodyOnNetworksWithNamesAndFollowSharedNetworks() {
        carafe.docker("network", "create", "named").ok();
        assertThat(run("--network named --link nobody:x", "true").exit()).isZero();
        carafe.docker("network", "rm", "named").ok();
        carafe.docker("run", "-d", "--name", "first", "busybox", "top").ok();
        String[] second = {
            "run", "-d", "--name", "second", "--network", "container:first", "busybox", "top"
        };
        carafe.docker(second).ok();
        assertThat(run("--link second:other", "ping -c1 other").out()).contains(" 0% packet loss");
        assertThat(run("--network container:second", "tail -n1 /etc/hosts").out())
                .isEqualTo(run("--network container:first", "tail -n1 /etc/hosts").out())
                .startsWith("172.");
        carafe.docker("rm", "-f", "first", "second").ok();
    }

    @Test
    void portsThatAreNamedComeBeforeThoseThatAreNot() {
        carafe.docker("run", "-d", "--name", "one", "-p", "80", "busybox", "top").ok();
        String port = carafe.docker("port", "one", "80/tcp").ok().lines().toList().getFirst();
        int next = Integer.parseInt(port.substring(port.lastIndexOf(':') + 1)) + 1;
        String[] both = {
            "run", "-d", "--name", "two", "-p", "80", "-p", next + ":8080", "busybox", "top"
        };
        carafe.docker(both).ok();
        assertThat(carafe.docker("port", "two", "8080/tcp").ok()).contains(":" + next);
        carafe.docker("rm", "-f", "one", "two").ok();
    }

    @Test
    void anExecBelongsToTheRunItWasMadeIn() {
        carafe.docker("run", "-d", "--name", "runs", "busybox", "top").ok();
        String exec = newExec();
        carafe.docker("restart", "-t", "0", "runs").ok();
        assertThat(startExec(exec)).contains("No such exec instance: " + exec);
        carafe.docker("pause", "runs").ok();
        String id = carafe.docker("inspect", "-f", "{{.Id}}", "runs").ok();
        assertThat(carafe.docker("exec", id, "true").err())
                .contains("Container " + id + " is paused, unpause the container before exec");
        carafe.docker("unpause", "runs").ok();
        exec = newExec();
        carafe.docker("rm", "-f", "runs").ok();
        assertThat(Command.run(carafe.curl("/exec/" + exec + "/json")).out())
                .contains("No such exec instance: " + exec);
    }

    private static String newExec() {
        String made =
                Command.run(
                                carafe.curl(
                                        "/containers/runs/exec",
                                        "-d",
                                        "{\"Cmd\":[\"true\"]}",
                                        "-H",
                                        "Content-Type: application/json"))
                        .out();
        return made.replaceAll(".*\"Id\":\"([0-9a-f]+)\".*", "$1").strip();
    }

    private static String startExec(String id) {
        return Command.run(
                        carafe.curl(
                                "/exec/" + id + "/start",
                                "-d",
                                "{\"Detach\":true}",
                                "-H",
                                "Content-Type: application/json"))
                .out();
    }

    @Test
    void theFilterAncestorKnowsSistersFromDescendants() {
        String[] ids = new String[3];
        List<String> bases = List.of("busybox", "anc:1", "anc:2");
        for (int i = 0; i < 3; i++) {
            ids[i] = carafe.docker("create", bases.get(i), "true").ok();
            if (i < 2) {
                carafe.docker("commit", "--change", "LABEL n=" + i, ids[i], bases.get(i + 1)).ok();
            }
        }
        for (int i = 0; i < 3; i++) {
            String found =
                    carafe.docker("ps", "-aq", "--no-trunc", "-f", "ancestor=" + bases.get(i)).ok();
            assertThat(found.lines()).contains(Arrays.copyOfRange(ids, i, 3));
            for (int sister = 0; sister < i; sister++) {
                assertThat(found).doesNotContain(ids[sister]);
            }
        }
        carafe.docker("rm", ids[0], ids[1], ids[2]).ok();
        carafe.docker("rmi", "anc:1", "anc:2").ok();
    }

    private static Command run(String options, String script) {
        List<String> words = new ArrayList<>(List.of("run", "--rm"));
        words.addAll(List.of(options.split(" ")));
        words.addAll(List.of("busybox", "sh", "-c", script));
        return carafe.docker(words.toArray(String[]::new));
    }
}
