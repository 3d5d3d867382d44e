package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Containers that other OCI runtimes make.
class RuntimesIT {
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.startWith("rts", "--config-file", configuration().toString());
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    private static Path configuration() {
        try {
            Path folder = Files.createTempDirectory("carafe-rts-config-");
            Path crun = Files.writeString(folder.resolve("crun"), CRUN);
            Files.createDirectory(folder.resolve("cdi"));
            Files.writeString(folder.resolve("cdi/box.yaml"), DEVICES);
            Files.writeString(folder.resolve("cdi/bad.json"), "{");
            Files.setPosixFilePermissions(crun, PosixFilePermissions.fromString("rwxr-xr-x"));
            return Files.writeString(
                    folder.resolve("daemon.json"),
                    """
                    {"cdi-spec-dirs": ["%s/cdi"],
                     "runtimes": {"crun": {"path": "%s"},
                                  "runc-args": {"path": "runc", "runtimeArgs": ["--debug"]},
                                  "gone": {"path": "/nope/runtime"}, "lost": {"path": "nope-runtime"}}}
                    """
                            .formatted(folder, crun));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// crun 1.8 wants no controllers on a version 2 hierarchy that is mounted beside version 1's.
    private static final String CRUN =
            """
            #!/bin/sh
            exec unshare -m --propagation unchanged sh -c '
              mountpoint -q /sys/fs/cgroup/unified && umount -l /sys/fs/cgroup/unified
              exec crun "$@"' crun "$@"
            """;

    private static final String DEVICES =
            """
            cdiVersion: 0.6.0
            kind: example.com/box
            containerEdits:
              env: [BOX=yes]
            devices:
              - name: one
                containerEdits:
                  deviceNodes:
                    - {path: /dev/box, hostPath: /dev/full}
                  mounts:
                    - {hostPath: /etc/passwd, containerPath: /box/passwd, options: [ro, bind]}
              - name: hooked
                containerEdits:
                  hooks:
                    - hookName: createRuntime
                      path: /bin/sh
                      args: [sh, -c, 'cat > $HOOKED']
                      env: [PATH=/bin:/usr/bin, HOOKED=/tmp/carafe-rts-hooked]
              - name: inside
                containerEdits:
                  hooks:
                    - {hookName: createContainer, path: /bin/true}
              - name: failing
                containerEdits:
                  hooks:
                    - {hookName: prestart, path: /bin/sh, args: [sh, -c, 'exit 3']}
                    - {hookName: poststop, path: /bin/sh, args: [sh, -c, 'echo failed > /tmp/carafe-rts-hooked']}
              - name: refusing
                containerEdits:
                  hooks:
                    - {hookName: startContainer, path: /bin/sh, args: [sh, -c, 'exit 4']}
              - name: told
                containerEdits:
                  hooks:
                    - {hookName: prestart, path: /bin/sh, args: [sh, -c, 'echo pre >> /tmp/carafe-rts-hooked; grep -o creating >> /tmp/carafe-rts-hooked']}
                    - {hookName: createRuntime, path: /bin/sh, args: [sh, -c, 'p=$(grep -o "\\"pid\\":[0-9]*" | cut -d: -f2); ls /proc/$p/root/bin/sh >> /tmp/carafe-rts-hooked']}
                    - {hookName: startContainer, path: /bin/sh, args: [sh, -c, 'cat > /inside; echo $WHO >> /inside'], env: [WHO=me]}
                    - {hookName: poststart, path: /bin/sh, args: [sh, -c, 'grep -o running >> /tmp/carafe-rts-hooked']}
                    - {hookName: poststop, path: /bin/sh, args: [sh, -c, 'grep -o stopped >> /tmp/carafe-rts-hooked']}
            """;

    @Test
    void hooksOfDevicesRunAtTheirPointsOfALife() throws IOException {
        Path hooked = Path.of("/tmp/carafe-rts-hooked");
        try {
            assertThat(run("runc", "--device example.com/box=told", "cat /inside").out())
                    .contains("\"status\":\"created\"")
                    .endsWith("me\n");
            assertThat(Files.readString(hooked))
                    .matches("pre\ncreating\n/proc/\\d+/root/bin/sh\nrunning\nstopped\n");
            assertThat(run("runc", "--device example.com/box=failing", "echo there").err())
                    .contains("prestart hook /bin/sh failed: exit status 3");
            assertThat(Files.readString(hooked)).isEqualTo("failed\n");
            assertThat(run("runc", "--device example.com/box=refusing", "echo there").err())
                    .contains("startContainer hook /bin/sh failed: exit status 4");
        } finally {
            Files.deleteIfExists(hooked);
        }
    }

    @Test
    void devicesOfSpecificationsAreGivenByName() throws IOException {
        String look =
                "echo x >/dev/box 2>/dev/null || echo full; head -n1 /box/passwd | cut -c1-5; echo $BOX;"
                        + " touch /box/passwd 2>&1 | grep -o Read-only";
        for (String runtime : List.of("runc", "crun")) {
            assertThat(run(runtime, "--device example.com/box=one", look).out())
                    .as(runtime)
                    .isEqualTo("full\nroot:\nyes\nRead-only\n");
        }
        Path hooked = Path.of("/tmp/carafe-rts-hooked");
        try {
            run("runc-args", "--device example.com/box=hooked", "true");
            assertThat(Files.readString(hooked)).contains("\"id\":");
        } finally {
            Files.deleteIfExists(hooked);
        }
        assertThat(run("runc", "--device example.com/box=inside", "true").err())
                .contains("the built-in runtime runs no createContainer hooks");
        assertThat(run("runc", "--device example.com/box=two", "true").err())
                .contains(
                        "CDI device injection failed: unresolvable CDI devices example.com/box=two");
        assertThat(run("runc", "--gpus all", "true").err())
                .contains("could not select device driver \"\" with capabilities: [[gpu]]");
        Command info = Command.run(carafe.curl("/v1.50/info"));
        assertThat(info.out())
                .contains("{\"Source\":\"cdi\",\"ID\":\"example.com/box=one\"}")
                .contains("bad.json: no valid YAML");
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc-args"})
    void startsStreamsAndExitsAsTheBuiltInOne(String runtime) {
        Leaks before = Leaks.of(carafe);
        Command run =
                run(
                        runtime,
                        "-i -u 1000:1000 -w /there -h box -e A=b --cap-drop ALL --read-only"
                                + " --tmpfs /t -v kept:/kept:ro",
                        "cat; echo err >&2; id -u; pwd; hostname; echo $A; grep CapBnd"
                                + " /proc/self/status; touch /x /kept/x 2>/dev/null || echo closed; touch /t/x &&"
                                + " exit 7");
        assertThat(run.exit()).isEqualTo(7);
        assertThat(run.out())
                .isEqualTo("typed\n1000\n/there\nbox\nb\nCapBnd:\t0000000000000000\nclosed\n");
        assertThat(run.err()).isEqualTo("err\n");
        assertThat(terminal("run --rm -it --runtime " + runtime + " busybox sh -c 'tty; exit 3'"))
                .contains("/dev/pts/0")
                .contains("code=3");
        Leaks.assertNoneSince(before, carafe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc-args"})
    void everyVerbWorksAlsoAfterTheDaemonWasKilled(String runtime) throws Exception {
        Leaks before = Leaks.of(carafe);
        carafe.docker("network", "create", "rtnet").ok();
        String loop = "trap 'exit 3' TERM; i=0; while :; do i=$((i+1)); echo $i; sleep 0.05; done";
        String[] start = {
            "run",
            "-d",
            "--name",
            "live",
            "--runtime",
            runtime,
            "--network",
            "rtnet",
            "-m",
            "64m",
            "busybox",
            "sh",
            "-c",
            loop
        };
        carafe.docker(start).ok();
        carafe.docker("run", "-d", "--name", "short", "--runtime", runtime, "busybox", "sleep", "1")
                .ok();
        carafe.docker("exec", "-d", "live", "sh", "-c", "sleep 1; echo there >/done").ok();
        carafe.killDaemon();
        Thread.sleep(1100);
        carafe.boot();
        assertThat(carafe.docker("wait", "short").ok()).isEqualTo("0");
        assertThat(carafe.docker("exec", "live", "cat", "/done").ok()).isEqualTo("there");
        assertCountsOn(carafe.docker("logs", "live").ok());
        assertThat(carafe.docker("exec", "live", "sh", "-c", "exit 5").exit()).isEqualTo(5);
        assertThat(terminal("exec -it live tty")).contains("/dev/pts/").contains("code=0");
        carafe.docker("pause", "live").ok();
        assertThat(carafe.docker("ps", "--format", "{{.Status}}").ok()).contains("(Paused)");
        carafe.docker("unpause", "live").ok();
        carafe.docker("update", "-m", "96m", "--memory-swap", "96m", "live").ok();
        String limits = "cd /sys/fs/cgroup; cat memory/memory.limit_in_bytes memory.max 2>&1";
        assertThat(carafe.docker("exec", "live", "sh", "-c", limits + "; true").ok())
                .contains(Long.toString(96L << 20));
        assertThat(carafe.docker("top", "live").ok()).contains("sleep 0.05");
        String[] ping = {
            "run",
            "--rm",
            "--runtime",
            runtime,
            "--network",
            "rtnet",
            "busybox",
            "ping",
            "-c1",
            "live"
        };
        assertThat(carafe.docker(ping).ok()).contains(" 0% packet loss");
        carafe.docker("stop", "live").ok();
        assertThat(state("live")).isEqualTo("exited 3 " + runtime);
        carafe.docker("start", "live").ok();
        carafe.docker("kill", "live").ok();
        assertThat(state("live")).isEqualTo("exited 137 " + runtime);
        carafe.docker("rm", "live", "short").ok();
        carafe.docker("network", "rm", "rtnet").ok();
        Leaks.assertNoneSince(before, carafe);
    }

    /// Mounts reach the runtime by what the daemon holds, not by paths of the host, and stay shared
    /// where that was asked for.
    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc-args"})
    void sharedBindsAndPathsInVolumesAreWhereTheyShouldBe(String runtime) throws IOException {
        Path shared = Files.createTempDirectory("carafe-rts-shared-");
        Command.shell("mount -t tmpfs x " + shared + " && mount --make-shared " + shared).ok();
        try {
            Files.createDirectory(shared.resolve("in"));
            run(
                    runtime,
                    "--privileged -v " + shared + ":/s:rshared -v vol:/v",
                    "mount -t tmpfs y /s/in && touch /s/in/seen; mkdir /v/sub");
            assertThat(shared.resolve("in/seen")).exists();
            carafe.docker(
                            "run",
                            "-d",
                            "--name",
                            "sub",
                            "--runtime",
                            runtime,
                            "--mount",
                            "type=volume,src=vol,dst=/v,volume-subpath=sub",
                            "busybox",
                            "sh",
                            "-c",
                            "touch /v/x; sleep 60")
                    .ok();
            assertThat(carafe.docker("exec", "sub", "ls", "/v/x").ok()).isEqualTo("/v/x");
            assertThat(carafe.home().resolve("data/volumes/vol/_data/sub/x")).exists();
            assertThat(Files.readString(Path.of("/proc/self/mountinfo")))
                    .doesNotContain(carafe.home() + "/exec");
            carafe.docker("rm", "-f", "sub").ok();
        } finally {
            Command.shell("umount -R " + shared).ok();
            Files.delete(shared);
            carafe.docker("volume", "rm", "vol").ok();
        }
    }

    @Test
    void whatARuntimeCanNotDoIsSaidInItsWords() {
        assertRefused(
                "runc-args",
                127,
                "failed to create task for container: failed to create shim task: OCI runtime create"
                        + " failed: runc create failed: unable to start container process: exec:"
                        + " \"nope\": executable file not found in $PATH: unknown");
        assertRefused(
                "crun",
                125,
                "OCI runtime create failed: executable file `nope` not found in $PATH");
        assertRefused("gone", 127, "execute /nope/runtime: no such file or directory");
        assertRefused("lost", 127, "exec: \"nope-runtime\": executable file not found in $PATH");
        assertRefused("never", 125, "unknown or invalid runtime name: never");
        String[] start = {"run", "-d", "--name", "odd", "--runtime", "runc-args", "busybox", "top"};
        carafe.docker(start).ok();
        Command exec = carafe.docker("exec", "odd", "nope");
        assertThat(exec.exit()).isEqualTo(127);
        assertThat(exec.out() + exec.err())
                .contains(
                        "OCI runtime exec failed: exec failed: unable to start container process:"
                                + " exec: \"nope\": executable file not found in $PATH: unknown");
        carafe.docker("rm", "-f", "odd").ok();
    }

    @Test
    void infoNamesThem() {
        String names = "{{range $k, $v := .Runtimes}}{{$k}}={{$v.Path}} {{end}}";
        assertThat(carafe.docker("info", "--format", names).ok())
                .contains("gone=/nope/runtime io.containerd.runc.v2=runc")
                .contains("runc-args=runc");
        assertThat(carafe.docker("info", "--format", "{{.DefaultRuntime}}").ok()).isEqualTo("runc");
    }

    private static void assertRefused(String runtime, int code, String sentence) {
        Command run = carafe.docker("run", "--rm", "--runtime", runtime, "busybox", "nope");
        assertThat(run.err()).contains(sentence);
        assertThat(run.exit()).isEqualTo(code);
    }

    /// Each line once, in order.
    private static void assertCountsOn(String log) {
        List<String> wanted = new ArrayList<>();
        for (int i = 1; i <= log.lines().count(); i++) {
            wanted.add(Integer.toString(i));
        }
        assertThat(wanted).hasSizeGreaterThan(10);
        assertThat(log.lines()).containsExactlyElementsOf(wanted);
    }

    private static String state(String name) {
        String format = "{{.State.Status}} {{.State.ExitCode}} {{.HostConfig.Runtime}}";
        return carafe.docker("inspect", "-f", format, name).ok();
    }

    private static String terminal(String words) {
        return Command.shell(
                        "script -qec \"docker -H unix://"
                                + carafe.socket()
                                + " "
                                + words
                                + "\" /dev/null </dev/null; echo code=$?")
                .out();
    }

    private static Command run(String runtime, String options, String script) {
        List<String> words = new ArrayList<>(List.of("run", "--rm", "--runtime", runtime));
        words.addAll(List.of(options.split(" ")));
        words.addAll(List.of("busybox", "sh", "-c", script));
        return carafe.dockerWithInput("typed\n".getBytes(), words.toArray(String[]::new));
    }
}
