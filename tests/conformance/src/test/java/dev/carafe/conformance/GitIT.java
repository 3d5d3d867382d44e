package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Builds from git repositories: as context and as a source of ADD, from git's own server, which
/// gives single commits, and from plain files by HTTP, which can't.
class GitIT {
    private static Carafe carafe;
    private static Process gitServer;
    private static HttpServer files;
    private static String git;
    private static String http;
    private static String first;
    private static String second;

    @BeforeAll
    static void start() throws IOException {
        carafe = Carafe.start("git");
        Path served = carafe.home().resolve("served");
        Path work = carafe.home().resolve("work");
        String log =
                Command.shell(
                                """
                                set -e
                                export HOME=/nonexistent GIT_CONFIG_GLOBAL=/dev/null
                                export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
                                export GIT_AUTHOR_DATE='1700000000 +0000' GIT_COMMITTER_DATE='1700000000 +0000'
                                umask 077
                                mkdir -p %1$s %2$s
                                cd %2$s
                                git init -q -b main .
                                mkdir -p sub/deep
                                printf 'FROM busybox\\nCOPY . /all\\nRUN ls -A /all >/list\\nCMD cat /list /all/file\\n' >Dockerfile
                                printf 'FROM busybox\\nCOPY . /all\\nCMD ls -A /all\\n' >sub/Dockerfile
                                echo one >file; echo deep >sub/deep/x; echo run >run.sh; chmod 700 run.sh
                                ln -s / out
                                git add -A; git commit -q -m one; git tag v1; git rev-parse HEAD
                                echo two >file; git commit -q -a -m two; git rev-parse HEAD
                                git checkout -q -b side; echo side >file; git commit -q -a -m side; git checkout -q main
                                git clone -q --bare . %1$s/r.git
                                git -C %1$s/r.git update-server-info
                                git -C %1$s/r.git config uploadpack.allowAnySHA1InWant true
                                git init -q --object-format=sha256 ../long; cd ../long
                                printf 'FROM busybox\\nCMD echo long\\n' >Dockerfile
                                git add -A; git commit -q -m one; git clone -q --bare . %1$s/long.git
                                """
                                        .formatted(served, work))
                        .ok();
        List<String> commits = log.lines().toList();
        first = commits.get(0);
        second = commits.get(1);
        int port = freePort();
        gitServer =
                new ProcessBuilder(
                                "git",
                                "daemon",
                                "--export-all",
                                "--listen=127.0.0.1",
                                "--port=" + port,
                                "--base-path=" + served,
                                served.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(carafe.home().resolve("git.log").toFile())
                        .start();
        git = "git://127.0.0.1:" + port + "/r.git";
        files =
                SimpleFileServer.createFileServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        served,
                        SimpleFileServer.OutputLevel.NONE);
        files.start();
        http = "http://127.0.0.1:" + files.getAddress().getPort() + "/r.git";
        Command.shell("for i in $(seq 100); do git ls-remote " + git + " && exit; sleep 0.1; done")
                .ok();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void stop() {
        gitServer.descendants().forEach(ProcessHandle::destroy);
        gitServer.destroy();
        files.stop(0);
        carafe.close();
    }

    private static String run(String image, String... words) {
        List<String> all = new ArrayList<>(List.of("run", "--rm", "--network", "none"));
        all.add(image);
        all.addAll(List.of(words));
        return carafe.docker(all.toArray(new String[0])).ok();
    }

    @Test
    void repositoriesAreContextsOfAllClients() {
        String all = "Dockerfile\nfile\nout\nrun.sh\nsub\n";
        carafe.carafe("build", "-t", "git:1", git).ok();
        assertThat(run("git:1")).isEqualTo(all + "two");
        carafe.carafe("build", "-t", "git:2", http + "#v1").ok();
        assertThat(run("git:2")).isEqualTo(all + "one");
        carafe.docker("buildx", "build", "-t", "git:3", git + "#side").ok();
        assertThat(run("git:3")).isEqualTo(all + "side");
        carafe.docker("buildx", "build", "-t", "git:4", http + "#main:sub").ok();
        assertThat(run("git:4")).isEqualTo("Dockerfile\ndeep");
        carafe.carafe("build", "-t", "git:5", git + "#" + first).ok();
        assertThat(run("git:5")).isEqualTo(all + "one");
        carafe.carafe("build", "-t", "git:6", http + "#" + first).ok();
        assertThat(run("git:6")).isEqualTo(all + "one");
        carafe.carafe(
                        "build",
                        "-t",
                        "git:7",
                        "--build-arg",
                        "BUILDKIT_CONTEXT_KEEP_GIT_DIR=1",
                        git + "#refs/heads/main")
                .ok();
        assertThat(run("git:7")).isEqualTo(".git\n" + all + "two");
        assertThat(run("git:1", "stat", "-c", "%a", "/all/run.sh", "/all/file", "/all/sub"))
                .isEqualTo("755\n644\n755");
        assertThat(Command.shell("ls " + carafe.home() + "/data/build/contexts").ok()).isEmpty();
    }

    @Test
    void objectsMayBeNamedBySha256() {
        String address = git.replace("r.git", "long.git");
        carafe.carafe("build", "-t", "git:long", address).ok();
        assertThat(run("git:long")).isEqualTo("long");
        Command wrong = carafe.docker("buildx", "build", address + "?checksum=1234567");
        assertThat(wrong.err())
                .containsPattern("expected checksum to match 1234567, got [0-9a-f]{64}");
    }

    @Test
    void addTakesTreesOfRepositories() throws IOException {
        Path folder = carafe.home().resolve("add");
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("Dockerfile"),
                """
                FROM busybox
                ARG URL
                ARG FIRST
                ADD ${URL}#v1 /v1
                ADD --keep-git-dir=true --checksum=${FIRST} ${URL}#v1 /kept/
                ADD --chown=5:6 ${URL}?branch=side&subdir=sub /sub
                ADD ${URL}?mtime=commit&ref=main /times
                RUN cat /v1/file; ls -A /v1 /sub; cat /kept/.git/HEAD; ls -A /kept/.git/hooks /kept/.git/logs 2>&1 | sort; stat -c %u:%g /sub/deep/x; stat -c %Y /times/file /times/sub
                """);
        Command built =
                carafe.carafe(
                        "build",
                        "--build-arg",
                        "URL=" + git,
                        "--build-arg",
                        "FIRST=" + first,
                        folder.toString());
        built.ok();
        assertThat(built.said().replaceAll("(?m)^#\\d+ [0-9.]+ ", ""))
                .contains(
                        "\none\n/sub:\nDockerfile\ndeep\n\n/v1:\nDockerfile\nfile\nout\nrun.sh\nsub\n"
                                + first
                                + "\nls: /kept/.git/hooks: No such file or directory\n"
                                + "ls: /kept/.git/logs: No such file or directory\n"
                                + "5:6\n1700000000\n1700000000\n");
        Command again =
                carafe.carafe(
                        "build",
                        "--build-arg",
                        "URL=" + git,
                        "--build-arg",
                        "FIRST=" + second,
                        folder.toString());
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("expected checksum to match " + second + ", got " + first);
    }

    @Test
    void whatCanNotBeFetchedIsSaid() {
        assertThat(carafe.carafe("build", git + "#absent").err())
                .contains("repository does not contain ref absent");
        assertThat(carafe.carafe("build", git + "#main:none").err())
                .contains("the repository has no folder none");
        assertThat(carafe.carafe("build", git + "#main:out").err())
                .contains("the repository has no folder out");
        assertThat(carafe.carafe("build", git + "#main:../..").err())
                .contains("the repository has no folder ../..");
        assertThat(carafe.carafe("build", git.replace("/r.git", "/no.git")).err())
                .contains("no.git: git fetch failed: fatal: ");
        assertThat(carafe.carafe("build", "git@127.0.0.1:r.git").err())
                .contains("no SSH key \"default\" forwarded from the client")
                .contains("use --ssh");
        assertThat(carafe.carafe("build", git + "#--upload-pack=id").err())
                .contains("invalid git address");
    }

    /// Whether a command line on this machine has the word in it.
    private static boolean isShown(String word) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(process -> process.resolve("cmdline"))
                    .anyMatch(file -> {
                        try {
                            return Files.readString(file).contains(word);
                        } catch (IOException e) {
                            return false; // no process, or one that is gone
                        }
                    });
        }
    }

    @Test
    void passwordsOfAddressesReachTheServerAndNobodyElse() throws IOException {
        AtomicBoolean seen = new AtomicBoolean();
        HttpServer guarded = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        guarded.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        seen.compareAndSet(false, isShown("passw0rd"));
                        String given = exchange.getRequestHeaders().getFirst("Authorization");
                        String right =
                                "basic "
                                        + Base64.getEncoder()
                                                .encodeToString("me:passw0rd".getBytes());
                        Path file =
                                carafe.home()
                                        .resolve("served" + exchange.getRequestURI().getPath());
                        boolean allowed = right.equals(given);
                        boolean there = Files.isRegularFile(file);
                        byte[] bytes = allowed && there ? Files.readAllBytes(file) : new byte[0];
                        exchange.sendResponseHeaders(
                                allowed ? there ? 200 : 404 : 401,
                                bytes.length == 0 ? -1 : bytes.length);
                        exchange.getResponseBody().write(bytes);
                    }
                });
        guarded.start();
        try {
            // the address comes from a file, so that only the daemon's programs could show it
            Path folder = carafe.home().resolve("guarded");
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("Dockerfile"),
                    "FROM busybox\nADD http://me:passw0rd@127.0.0.1:"
                            + guarded.getAddress().getPort()
                            + "/r.git /tree/\nRUN grep two /tree/file\n");
            carafe.carafe("build", "-t", "git:guarded", folder.toString()).ok();
            assertThat(seen).isFalse();
        } finally {
            guarded.stop(0);
        }
    }

    @Test
    void aCanceledBuildEndsTheProgramThatFetches() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            String remote = "git://127.0.0.1:" + silent.getLocalPort() + "/r.git";
            CompletableFuture<Command> build =
                    CompletableFuture.supplyAsync(() ->
                            carafe.api("/build?buildid=stuck&remote=" + remote, "-X", "POST"));
            try (Socket connected = silent.accept()) {
                carafe.api("/build/cancel?id=stuck", "-X", "POST");
                assertThat(build.get(60, TimeUnit.SECONDS).out()).contains("build canceled");
                // the program is gone, and its end of the connection with it
                connected.setSoTimeout(60_000);
                connected.getInputStream().readAllBytes();
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new AssertionError(e);
            }
        }
    }
}
