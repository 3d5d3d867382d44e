package dev.carafe.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The reference implementation of a registry, from Debian, on this machine's own address.
final class DebianRegistry implements AutoCloseable {
    static final String USER = "alice";
    static final String PASSWORD = "secret";
    static final String HTPASSWD =
            "alice:$2y$05$gZIH0wQ65b.MbltUGX50x.X/CjuFH4w2zmRR71mAOs3XgtmvqbQTa\n";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path home;
    private final int port;
    private final Process server;

    /// @param guarded whether it wants {@link #USER} and {@link #PASSWORD} for everything
    DebianRegistry(boolean guarded) {
        try {
            home = Files.createTempDirectory("carafe-registry-");
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            Files.writeString(home.resolve("htpasswd"), HTPASSWD);
            Files.writeString(home.resolve("config.yml"), configuration(guarded));
            server =
                    new ProcessBuilder(
                                    "docker-registry",
                                    "serve",
                                    home.resolve("config.yml").toString())
                            .redirectErrorStream(true)
                            .redirectOutput(home.resolve("log").toFile())
                            .start();
            awaitStart();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration(boolean guarded) {
        String open =
                """
                version: 0.1
                storage:
                  filesystem: {rootdirectory: %s}
                  delete: {enabled: true}
                http: {addr: "%s"}
                """
                        .formatted(home.resolve("data"), host());
        return guarded
                ? open + "auth: {htpasswd: {realm: test, path: " + home.resolve("htpasswd") + "}}\n"
                : open;
    }

    private void awaitStart() throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        List<String> ask = List.of("curl", "-s", "--max-time", "10", "http://" + host() + "/v2/");
        while (Command.run(ask).exit() != 0) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError(
                        "docker-registry did not start:\n" + Files.readString(home.resolve("log")));
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /// `127.0.0.1:34567`.
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
