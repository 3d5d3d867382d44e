package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `docker diff` and `docker commit`, and the same of our own command line.
class CommitIT {
    private static Carafe carafe;
    private static Leaks before;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("commit");
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

    @Test
    void aContainerThatChangesNothingHasNoDiff() {
        carafe.docker("run", "--name", "still", "busybox", "true").ok();
        assertThat(carafe.docker("diff", "still").ok()).isEmpty();
        assertThat(carafe.carafe("diff", "still").ok()).isEmpty();
        carafe.docker("rm", "still").ok();
    }

    @Test
    void diffShowsWhatWasAddedChangedAndDeleted() {
        String script =
                "echo x >/etc/new; rm /etc/group; chmod 600 /etc/passwd; mkdir -p /opt/a/b;"
                        + " rmdir /home; mkdir /home; echo y >/home/z; echo 1 >/proc/self/comm";
        carafe.docker("run", "--name", "differs", "-v", "/mnt/vol", "busybox", "sh", "-c", script)
                .ok();
        String expected =
                String.join(
                        "\n",
                        "C /etc",
                        "D /etc/group",
                        "A /etc/new",
                        "C /etc/passwd",
                        "C /home",
                        "A /home/z",
                        "A /mnt",
                        "A /mnt/vol",
                        "A /opt",
                        "A /opt/a",
                        "A /opt/a/b");
        assertThat(carafe.docker("diff", "differs").ok()).isEqualTo(expected);
        assertThat(carafe.carafe("diff", "differs").ok()).isEqualTo(expected);
        carafe.docker("rm", "-v", "differs").ok();
        assertThat(carafe.docker("diff", "differs").err())
                .isEqualTo("Error response from daemon: No such container: differs\n");
    }

    @Test
    void aCommittedImageHasTheFilesAndTheConfiguration() {
        carafe.docker(
                        "run",
                        "-d",
                        "--name",
                        "made",
                        "-e",
                        "A=1",
                        "-l",
                        "kind=test",
                        "-w",
                        "/tmp",
                        "busybox",
                        "sh",
                        "-c",
                        "echo kept >/kept; rm /etc/group; exec sleep 600")
                .ok();
        carafe.docker("exec", "made", "sh", "-c", "until [ -f /kept ]; do sleep 0.1; done").ok();
        carafe.docker("exec", "made", "sh", "-c", "while [ -f /etc/group ]; do sleep 0.1; done")
                .ok();
        String id =
                carafe.docker(
                                "commit",
                                "-a",
                                "Ada <ada@example.com>",
                                "-m",
                                "first",
                                "-c",
                                "ENV B=2",
                                "-c",
                                "ENV C=$A$B PATH=/kept:$PATH",
                                "-c",
                                "CMD [\"cat\",\"/kept\"]",
                                "-c",
                                "EXPOSE 80",
                                "made",
                                "mine/kept:1")
                        .ok();
        assertThat(id).matches("sha256:[0-9a-f]{64}");
        assertThat(carafe.docker("run", "--rm", "mine/kept:1").ok()).isEqualTo("kept");
        assertThat(carafe.docker("run", "--rm", "mine/kept:1", "ls", "/etc").ok())
                .doesNotContain("group")
                .contains("passwd");
        assertThat(
                        carafe.docker(
                                        "image",
                                        "inspect",
                                        "-f",
                                        "{{.Id}} {{.Author}} {{.Comment}} {{json .Config.Cmd}}"
                                                + " {{json .Config.Labels}} {{.Config.WorkingDir}}"
                                                + " {{json .Config.ExposedPorts}}"
                                                + " {{len .RootFS.Layers}}",
                                        "mine/kept:1")
                                .ok())
                .isEqualTo(
                        id
                                + " Ada <ada@example.com> first [\"cat\",\"/kept\"]"
                                + " {\"kind\":\"test\"} /tmp {\"80/tcp\":{}} 2");
        assertThat(carafe.docker("image", "inspect", "-f", "{{.Parent}}", id).ok())
                .isEqualTo(carafe.docker("inspect", "-f", "{{.Image}}", "made").ok());
        assertThat(carafe.docker("image", "inspect", "-f", "{{.Config.Env}}", id).ok())
                .contains("A=1")
                .contains("B=2")
                .contains("C=12")
                .contains("PATH=/kept:/usr/local/sbin:");
        assertThat(carafe.docker("history", "--format", "{{.Comment}}", "mine/kept:1").ok())
                .startsWith("first");
        assertThat(carafe.docker("inspect", "-f", "{{.State.Status}}", "made").ok())
                .isEqualTo("running");
        carafe.docker("rm", "-f", "made").ok();
        carafe.docker("rmi", "mine/kept:1").ok();
    }

    @Test
    void anEntrypointDropsTheOldCommand() {
        carafe.docker("create", "--name", "entry", "busybox", "old").ok();
        String id = carafe.carafe("commit", "-c", "ENTRYPOINT [\"echo\",\"new\"]", "entry").ok();
        assertThat(carafe.docker("run", "--rm", id).ok()).isEqualTo("new");
        assertThat(carafe.docker("image", "inspect", "-f", "{{len .RootFS.Layers}}", id).ok())
                .as("nothing changed: no further layer")
                .isEqualTo("1");
        carafe.docker("rm", "entry").ok();
        carafe.docker("rmi", id).ok();
    }

    @Test
    void whatCannotBeCommittedIsRefused() {
        assertThat(carafe.docker("commit", "nobody").err())
                .isEqualTo("Error response from daemon: No such container: nobody\n");
        carafe.docker("create", "--name", "bad", "busybox", "true").ok();
        assertThat(carafe.docker("commit", "-c", "FROM x", "bad").err())
                .contains("FROM is not a valid change command");
        assertThat(carafe.docker("commit", "bad", "UPPER:1").exit()).isEqualTo(1);
        carafe.docker("rm", "bad").ok();
    }

    @Test
    void anExportLeavesTheRunningContainerAsItWas() {
        carafe.docker("run", "-d", "--name", "exported", "busybox", "sleep", "1000").ok();
        String docker = String.join(" ", carafe.dockerWords());
        assertThat(Command.shell(docker + " export exported | tar tf - | grep -c passwd").ok())
                .isNotEqualTo("0");
        carafe.docker("exec", "exported", "sh", "-c", "echo y >> /etc/passwd").ok();
        carafe.docker("rm", "-f", "exported").ok();
    }
}
