package dev.carafe.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `carafe registry serve` of the built distribution on a free port.
final class OwnRegistry implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path home;
    private final int port;
    private final Process server;

    OwnRegistry(String... options) {
        try {
            home = Files.createTempDirectory("carafe-own-registry-");
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            List<String> words =
                    new ArrayList<>(
                            List.of(
                                    Carafe.PROGRAM.toString(),
                                    "registry",
                                    "serve",
                                    "--listen",
                                    host(),
                                    "--root",
                                    home.resolve("data").toString()));
            words.addAll(List.of(options));
            server =
                    new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(home.resolve("log").toFile())
                            .start();
            awaitStart();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitStart() throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (Command.run(List.of("curl", "-sk", "--max-time", "10", "https://" + host())).exit()
                        != 0
                && Command.run(List.of("curl", "-s", "--max-time", "10", "http://" + host())).exit()
                        != 0) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError(
                        "the registry did not start:\n" + Files.readString(home.resolve("log")));
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.destroy();
        try {
            if (!server.waitFor(30, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
        }
        Command.run(List.of("rm", "-rf", home.toString()));
    }
}
