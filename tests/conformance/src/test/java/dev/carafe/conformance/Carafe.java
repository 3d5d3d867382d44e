package dev.carafe.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A daemon of the built distribution on roots of its own, and the clients that talk to it.
final class Carafe implements AutoCloseable {
    static final Path TOP = Path.of("../..").toAbsolutePath().normalize();
    static final Path PROGRAM = TOP.resolve("dist/carafe/bin/carafe");
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final Path home;
    private final String bridge;
    private final List<String> more;
    private Process daemon;

    private Carafe(Path home, String bridge, List<String> more) {
        this.more = more;
        this.home = home;
        this.bridge = bridge;
    }

    /// Starts a daemon on fresh roots with the busybox image loaded. The name keeps daemons and
    /// their bridges apart.
    static Carafe start(String name) {
        return start(name, List.of(), home -> {});
    }

    /// @param more options of the daemon
    static Carafe startWith(String name, String... more) {
        return start(name, List.of(more), home -> {});
    }

    /// @param prepare does something to the new home folder before the daemon starts
    static Carafe start(String name, Consumer<Path> prepare) {
        return start(name, List.of(), prepare);
    }

    static Carafe start(String name, List<String> more, Consumer<Path> prepare) {
        try {
            Carafe carafe =
                    new Carafe(
                            Files.createTempDirectory("carafe-" + name + "-"), "cft-" + name, more);
            prepare.accept(carafe.home);
            carafe.boot();
            carafe.docker("load", "-q", "-i", TestImages.busybox().toString()).ok();
            return carafe;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path home() {
        return home;
    }

    Path socket() {
        return home.resolve("carafe.sock");
    }

    long pid() {
        return daemon.pid();
    }

    void boot() {
        try {
            List<String> words = new ArrayList<>(List.of(PROGRAM.toString(), "daemon"));
            words.addAll(options());
            words.addAll(more);
            daemon =
                    new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(
                                            home.resolve("daemon.log").toFile()))
                            .start();
            long deadline = System.nanoTime() + START_LIMIT.toNanos();
            while (Command.run(curl("/_ping")).exit() != 0) {
                if (!daemon.isAlive() || System.nanoTime() > deadline) {
                    throw new AssertionError("the daemon did not start:\n" + log());
                }
                Thread.sleep(20);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    List<String> options() {
        return List.of(
                "-H", "unix://" + socket(),
                "--data-root", home.resolve("data").toString(),
                "--exec-root", home.resolve("exec").toString(),
                "--pidfile", home.resolve("pid").toString(),
                "--bridge", bridge);
    }

    String log() {
        try {
            return Files.readString(home.resolve("daemon.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// kill -9: what a daemon must be able to stand.
    void killDaemon() {
        daemon.destroyForcibly();
        join();
    }

    /// SIGTERM: the orderly end, which leaves containers running.
    void terminateDaemon() {
        daemon.destroy();
        join();
    }

    private void join() {
        try {
            if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the daemon did not end:\n" + log());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Command docker(String... words) {
        return dockerWithInput(new byte[0], words);
    }

    Command dockerWithInput(byte[] stdin, String... words) {
        return Command.run(concat(dockerWords(), words), stdin, environment());
    }

    /// Docker's command line with its classic builder.
    Command classic(String... words) {
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("DOCKER_BUILDKIT", "0");
        return Command.run(concat(dockerWords(), words), new byte[0], environment);
    }

    List<String> dockerWords() {
        return List.of("docker", "-H", "unix://" + socket());
    }

    List<String> carafeWords() {
        return List.of(PROGRAM.toString(), "-H", "unix://" + socket());
    }

    /// Our own command line on the same daemon.
    Command carafe(String... words) {
        return carafeFed("", words);
    }

    Command carafeFed(String stdin, String... words) {
        return Command.run(
                concat(carafeWords(), words),
                stdin.getBytes(StandardCharsets.UTF_8),
                environment());
    }

    List<String> curl(String path, String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "curl",
                                "-sS",
                                "--max-time",
                                "30",
                                "--unix-socket",
                                socket().toString()));
        words.addAll(Arrays.asList(more));
        words.add("http://localhost" + path);
        return words;
    }

    Command api(String path, String... more) {
        return Command.run(curl(path, more));
    }

    /// Where the clients find programs: first in `bin` of the home folder.
    String path() {
        return home.resolve("bin") + ":" + System.getenv("PATH");
    }

    private Map<String, String> environment() {
        return Map.of(
                "PATH",
                path(),
                "DOCKER_CONFIG",
                home.resolve("config").toString(),
                "CARAFE_NO_AUTOSTART",
                "1",
                "DOCKER_CLI_HINTS",
                "false");
    }

    private static List<String> concat(List<String> first, String[] more) {
        List<String> words = new ArrayList<>(first);
        words.addAll(Arrays.asList(more));
        return words;
    }

    /// Removes all containers, ends the daemon and deletes its roots.
    @Override
    public void close() {
        if (daemon.isAlive()) {
            Command ids = docker("ps", "-aq");
            for (String id : ids.out().lines().toList()) {
                docker("rm", "-f", "-v", id);
            }
            terminateDaemon();
        }
        Command.run(List.of("rm", "-rf", "--one-file-system", home.toString()));
        Command.shell("ip link delete " + bridge + " 2>/dev/null");
    }
}
