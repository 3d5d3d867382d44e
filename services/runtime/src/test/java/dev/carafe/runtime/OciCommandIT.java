package dev.carafe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.Processes;
import dev.carafe.oci.runtime.SpecJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The programs write into files: their streams are this JVM's.
class OciCommandIT {
    private static Containers containers;

    @BeforeAll
    static void begin() throws IOException {
        // the JDK keeps a socket of its own from the first one on, which is no leak
        SocketChannel.open(StandardProtocolFamily.UNIX).close();
        containers = new Containers();
    }

    @AfterAll
    static void end() {
        containers.close();
    }

    @Test
    void theLifeOfAContainer() throws Exception {
        String id = containers.newId();
        Path bundle = bundle(Specs.shell("echo lived > /tmp/life; sleep 100"));
        Path pidFile = bundle.resolve("pid");
        ok("create", "--bundle", bundle.toString(), "--pid-file", pidFile.toString(), id);
        int pid = Integer.parseInt(Files.readString(pidFile));
        assertThat(ok("state", id))
                .contains("\"status\":\"created\"")
                .contains("\"pid\":" + pid)
                .contains("\"bundle\":\"" + bundle);
        assertThat(containers.root.resolve("tmp/life")).doesNotExist();
        assertThat(Processes.parentOf(pid)).hasValue(ProcessHandle.current().pid());
        ok("start", id);
        awaitFile(containers.root.resolve("tmp/life"), "lived\n");
        assertThat(ok("state", id)).contains("\"status\":\"running\"");
        assertThat(ok("list", "-q")).contains(id);
        assertThat(failure("start", id)).contains("cannot start a container in the running state");
        assertThat(failure("delete", id)).contains("that is not stopped: running");
        Containers.assertThreeDescriptors(pid);
        ok("pause", id);
        assertThat(ok("state", id)).contains("\"status\":\"paused\"");
        ok("resume", id);
        ok("kill", id, "KILL");
        assertThat(Processes.waitPid(pid).exitCode()).isEqualTo(137);
        assertThat(ok("state", id)).contains("\"status\":\"stopped\"").contains("\"pid\":0");
        ok("delete", id);
        assertThat(failure("state", id)).contains("container does not exist: " + id);
    }

    @Test
    void runWaitsAndGivesTheExitCode() throws Exception {
        Path bundle = bundle(Specs.shell("exit 21"));
        assertThat(run("run", "--bundle", bundle.toString(), containers.newId()).code())
                .isEqualTo(21);
    }

    @Test
    void execStartsOneMore() throws Exception {
        String id = containers.newId();
        Path bundle = bundle(Specs.of("sleep", "100"));
        ok(
                "run",
                "-d",
                "--bundle",
                bundle.toString(),
                "--pid-file",
                bundle.resolve("pid").toString(),
                id);
        Run exec =
                run(
                        "exec",
                        "--cwd",
                        "/tmp",
                        "-e",
                        "WORD=x",
                        id,
                        "sh",
                        "-c",
                        "echo $WORD $$ > by-exec; exit 5");
        assertThat(exec.code()).isEqualTo(5);
        assertThat(Files.readString(containers.root.resolve("tmp/by-exec"))).startsWith("x ");
        assertThat(failure("exec", id, "nope")).contains("executable file not found in $PATH");
        // a process of its pid namespace that nobody reaps would keep the container's first process
        // from ending
        reap();
        int pid = Integer.parseInt(Files.readString(bundle.resolve("pid")));
        ok("delete", "--force", id);
        Processes.waitPid(pid);
    }

    @Test
    void failuresAreToldAndLeaveNothing() throws Exception {
        Path log = containers.temp.root().resolve("log");
        String id = containers.newId();
        Path bundle = bundle(Specs.of("nope"));
        Run run =
                run(
                        "--log",
                        log.toString(),
                        "--log-format",
                        "json",
                        "run",
                        "--bundle",
                        bundle.toString(),
                        id);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("exec: \"nope\": executable file not found in $PATH");
        assertThat(Files.readString(log))
                .contains("\"level\":\"error\"")
                .contains("exec: \\\"nope\\\"");
        assertThat(failure("state", id)).contains("does not exist");
        reap();
        Path broken = bundle(Specs.of("true").mount("/x", "nosuchfs", "none"));
        assertThat(failure("create", "--bundle", broken.toString(), id))
                .contains("mount nosuchfs on /x: no such device");
        reap();
    }

    @Test
    void theTerminalIsSentToTheConsoleSocket() throws Exception {
        String id = containers.newId();
        Specs specs = Specs.shell("tty > /tmp/which; sleep 100");
        specs.terminal = true;
        Path bundle = bundle(specs);
        Path socket = bundle.resolve("console");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            ok("create", "--bundle", bundle.toString(), "--console-socket", socket.toString(), id);
            try (SocketChannel peer = server.accept()) {
                ByteBuffer text = ByteBuffer.allocate(64);
                peer.read(text);
                assertThat(new String(text.array(), 0, text.position(), StandardCharsets.UTF_8))
                        .isEqualTo("/dev/ptmx");
            }
        }
        assertThat(ok("state", id)).contains("\"status\":\"created\"");
        ok("delete", "--force", id);
        reap();
    }

    @Test
    void hooksGetTheState() throws Exception {
        String id = containers.newId();
        Path bundle = bundle(Specs.of("true"));
        Path seen = bundle.resolve("seen");
        String hook = "{\"path\":\"/bin/sh\",\"args\":[\"sh\",\"-c\",\"cat >> " + seen + "\"]}";
        String config = Files.readString(bundle.resolve("config.json"));
        Files.writeString(
                bundle.resolve("config.json"),
                config.replaceFirst(
                        "\\{",
                        "{\"hooks\":{\"createRuntime\":["
                                + hook
                                + "],\"poststop\":["
                                + hook
                                + "]},"));
        ok("run", "--bundle", bundle.toString(), id);
        assertThat(Files.readString(seen))
                .contains("\"status\":\"created\"")
                .contains("\"status\":\"stopped\"");
    }

    @Test
    void featuresAndHelpAreTold() {
        assertThat(ok("features"))
                .contains("\"ociVersionMax\":\"1.2.0\"")
                .contains("CAP_NET_ADMIN");
        assertThat(ok("help")).contains("delete ID");
        assertThat(run("nonsense", "x").code()).isEqualTo(1);
    }

    private record Run(int code, String out, String err) {}

    private static String ok(String... args) {
        Run run = run(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return run.out();
    }

    private static String failure(String... args) {
        Run run = run(args);
        assertThat(run.code()).isEqualTo(1);
        return run.err();
    }

    private static Run run(String... args) {
        List<String> all =
                new ArrayList<>(List.of("--root", containers.temp.dir("oci").toString()));
        all.addAll(List.of(args));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code =
                OciCommand.run(
                        all,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Path bundle(Specs specs) throws IOException {
        Path bundle = containers.temp.dir("bundle/" + containers.newId());
        Files.createSymbolicLink(bundle.resolve("root"), containers.root);
        Files.write(bundle.resolve("config.json"), SpecJson.print(specs.spec()));
        return bundle;
    }

    /// The children that a command's own process would have left to its caller.
    private static void reap() {
        ProcessHandle.current().children().forEach(c -> Processes.tryWaitPid((int) c.pid()));
    }

    private static void awaitFile(Path file, String content) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Containers.SECONDS);
        while (!Files.exists(file) || !Files.readString(file).equals(content)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Containers.pause();
        }
    }
}
