package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `userns-remap=default`: root in a container is somebody else at the host, and nothing on the
/// disk knows of it.
class UserNamespacesIT {
    private static final String USER = "dockremap";
    private static boolean made;
    private static Carafe carafe;
    private static Leaks before;

    @BeforeAll
    static void start() {
        made = Command.shell("getent passwd " + USER).exit() != 0;
        carafe = Carafe.startWith("userns", "--userns-remap", "default");
        carafe.docker("run", "--rm", "busybox", "true").ok();
        before = Leaks.of(carafe);
    }

    @AfterAll
    static void stop() {
        try {
            Leaks.assertNoneSince(before, carafe);
        } finally {
            carafe.close();
            if (made) {
                Command.shell("userdel " + USER);
            }
        }
    }

    private static String run(String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "run";
        all[1] = "--rm";
        System.arraycopy(words, 0, all, 2, words.length);
        return carafe.docker(all).ok();
    }

    private static String hostUser(String container) {
        String pid = carafe.docker("inspect", "-f", "{{.State.Pid}}", container).ok();
        return Command.shell("awk '/^Uid:/ {print $2}' /proc/" + pid + "/status").ok();
    }

    @Test
    void rootIsSomebodyElseUnlessTheContainerSaysHost() {
        carafe.docker("run", "-d", "--name", "mapped", "busybox", "sleep", "1000").ok();
        carafe.docker("run", "-d", "--name", "plain", "--userns=host", "busybox", "sleep", "1000")
                .ok();
        assertThat(hostUser("mapped")).isNotEqualTo("0");
        assertThat(hostUser("plain")).isEqualTo("0");
        assertThat(carafe.docker("exec", "mapped", "id", "-u").ok()).isEqualTo("0");
        assertThat(carafe.docker("exec", "-u", "7:8", "mapped", "id").ok())
                .startsWith("uid=7 gid=8");
        assertThat(carafe.docker("info", "-f", "{{.SecurityOptions}}").ok())
                .contains("name=userns");
        carafe.docker("rm", "-f", "mapped", "plain").ok();
    }

    @Test
    void theDiskHasTheOwnersOfTheImage() throws IOException {
        carafe.docker(
                        "run",
                        "-d",
                        "--name",
                        "writer",
                        "-v",
                        "kept:/kept",
                        "busybox",
                        "sh",
                        "-c",
                        "touch /kept/a /b; chown 33:34 /kept/a /b; echo x >> /etc/passwd;"
                                + " sleep 1000")
                .ok();
        String written = "for i in $(seq 100); do grep -q ^x$ /etc/passwd && exit; sleep 0.1; done";
        carafe.docker("exec", "writer", "sh", "-c", written + "; exit 1").ok();
        Path data =
                Path.of(carafe.docker("volume", "inspect", "-f", "{{.Mountpoint}}", "kept").ok());
        assertThat(Files.getAttribute(data.resolve("a"), "unix:uid")).isEqualTo(33);
        assertThat(carafe.docker("diff", "writer").ok()).contains("A /b", "C /etc/passwd");
        carafe.docker("commit", "writer", "written").ok();
        assertThat(run("--userns=host", "written", "stat", "-c", "%u:%g", "/b", "/etc/passwd"))
                .isEqualTo("33:34\n0:0");
        assertThat(run("written", "stat", "-c", "%u:%g", "/b")).isEqualTo("33:34");
        assertThat(run("--userns=host", "-v", "kept:/k", "busybox", "stat", "-c", "%u", "/k/a"))
                .isEqualTo("33");
        carafe.docker("rm", "-f", "writer").ok();
        carafe.docker("volume", "rm", "kept").ok();
        carafe.docker("rmi", "written").ok();
    }

    @Test
    void aBindHasTheOwnersOfInsideWhenItSaysSo() throws IOException {
        Path host = Files.createDirectories(carafe.home().resolve("bound"));
        Files.writeString(host.resolve("f"), "of the host's root");
        String touch = "stat -c %u /d/f; touch /d/new 2>&1";
        Command plain =
                carafe.docker("run", "--rm", "-v", host + ":/d", "busybox", "sh", "-c", touch);
        assertThat(plain.out()).startsWith("65534\n").contains("Permission denied");
        assertThat(run("-v", host + ":/d:idmap", "busybox", "sh", "-c", touch)).isEqualTo("0");
        assertThat(Files.getAttribute(host.resolve("new"), "unix:uid")).isEqualTo(0);
        String relative = host + ":/d:idmap=uids=@0-33-1;gids=@0-34-1";
        assertThat(run("-v", relative, "busybox", "stat", "-c", "%u:%g", "/d/f"))
                .isEqualTo("33:34");
    }

    /// Again and again: the maps are the engine's, for all containers.
    @Test
    void aMountedImageHasTheOwnersOfInside() {
        for (int i = 0; i < 3; i++) {
            String mount = "type=image,source=busybox,target=/image";
            assertThat(run("--mount", mount, "busybox", "stat", "-c", "%u", "/image/etc/passwd"))
                    .isEqualTo("0");
        }
        String mount = "type=image,source=busybox,target=/image";
        carafe.docker("create", "--name", "mounts", "--mount", mount, "busybox", "top").ok();
        String passwd =
                String.join(" ", carafe.dockerWords()) + " cp mounts:/image/etc/passwd - | tar tvn";
        assertThat(Command.shell(passwd).ok()).contains(" 0/0 ");
        carafe.docker("start", "mounts").ok();
        assertThat(Command.shell(passwd).ok()).contains(" 0/0 ");
        carafe.docker("rm", "-f", "mounts").ok();
    }

    @Test
    void copiesAndExportsHaveTheOwnersOfInside() throws IOException {
        carafe.docker("run", "-d", "--name", "copied", "busybox", "sleep", "1000").ok();
        Path file = Files.writeString(carafe.home().resolve("in"), "in");
        Files.setAttribute(file, "unix:uid", 44);
        Files.setAttribute(file, "unix:gid", 45);
        carafe.docker("cp", "-a", file.toString(), "copied:/in").ok();
        assertThat(carafe.docker("exec", "copied", "stat", "-c", "%u:%g", "/in").ok())
                .isEqualTo("44:45");
        String docker = String.join(" ", carafe.dockerWords());
        assertThat(Command.shell(docker + " cp copied:/in - | tar tvn").ok()).contains(" 44/45 ");
        assertThat(Command.shell(docker + " export copied | tar tvn in etc/passwd").ok())
                .contains(" 44/45 ")
                .contains(" 0/0 ");
        // the export must not have taken overlayfs's working place away from the container
        carafe.docker("exec", "copied", "sh", "-c", "echo y >> /etc/group").ok();
        carafe.docker("stop", "-t", "0", "copied").ok();
        assertThat(Command.shell(docker + " cp copied:/in - | tar tvn").ok()).contains(" 44/45 ");
        carafe.docker("rm", "copied").ok();
    }

    @Test
    void theNetworkIsItsOwnAndCanBeShared() {
        assertThat(
                        run(
                                "--cap-add",
                                "NET_ADMIN",
                                "busybox",
                                "sh",
                                "-c",
                                "ip link set eth0 mtu 1300 && cat /sys/class/net/eth0/mtu"))
                .isEqualTo("1300");
        carafe.docker(
                        "run",
                        "-d",
                        "--name",
                        "donor",
                        "--ipc",
                        "shareable",
                        "busybox",
                        "sleep",
                        "1000")
                .ok();
        assertThat(
                        run(
                                "--network=container:donor",
                                "--pid=container:donor",
                                "--ipc=container:donor",
                                "busybox",
                                "sh",
                                "-c",
                                "id -u; (readlink /proc/1/ns/user; readlink /proc/self/ns/user) | uniq | wc -l;"
                                        + " ls /sys/class/net"))
                .isEqualTo("0\n1\neth0\nlo");
        carafe.docker("rm", "-f", "donor").ok();
    }

    @Test
    void whatWouldLeadOutIsRefusedInDockersWords() {
        assertThat(carafe.docker("run", "--rm", "--privileged", "busybox", "true").err())
                .contains(
                        "privileged mode is incompatible with user namespaces.  You must run the"
                                + " container in the host namespace when running privileged mode");
        assertThat(carafe.docker("run", "--rm", "--net=host", "busybox", "true").err())
                .contains(
                        "cannot share the host's network namespace when user namespaces are"
                                + " enabled");
        assertThat(carafe.docker("run", "--rm", "--pid=host", "busybox", "true").err())
                .contains("cannot share the host PID namespace when user namespaces are enabled");
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "-v",
                                        "/root:/host",
                                        "busybox",
                                        "touch",
                                        "/host/x")
                                .err())
                .contains("Permission denied");
    }

    @Test
    void stepsOfBuildsRunInUserNamespacesToo() throws IOException {
        Path context = Files.createDirectories(carafe.home().resolve("context"));
        Files.writeString(
                context.resolve("Dockerfile"),
                """
                FROM busybox
                RUN --mount=type=cache,target=/cache --mount=type=secret,id=s,target=/s \
                    cat /proc/self/uid_map /s > /map && touch /cache/x && chown 9 /cache/x
                """);
        Path secret = Files.writeString(carafe.home().resolve("s"), "hidden");
        carafe.docker("build", "-t", "built", "--secret", "id=s,src=" + secret, context.toString())
                .ok();
        assertThat(run("--userns=host", "built", "sh", "-c", "stat -c %u /map; cat /map"))
                .startsWith("0\n")
                .contains("65536")
                .endsWith("hidden");
        carafe.docker("rmi", "built").ok();
    }

    @Test
    void theNextDaemonHasThemAsTheyAre() {
        carafe.docker("run", "-d", "--name", "lasting", "busybox", "sleep", "1000").ok();
        String user = hostUser("lasting");
        carafe.killDaemon();
        carafe.boot();
        assertThat(carafe.docker("exec", "lasting", "id", "-u").ok()).isEqualTo("0");
        assertThat(hostUser("lasting")).isEqualTo(user);
        carafe.docker("restart", "-t", "0", "lasting").ok();
        assertThat(hostUser("lasting")).isEqualTo(user);
        carafe.docker("rm", "-f", "lasting").ok();
    }
}
