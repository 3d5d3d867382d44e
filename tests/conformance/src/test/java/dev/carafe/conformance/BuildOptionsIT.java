package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What builds are asked for besides the Dockerfile: limits, networks, sources from elsewhere, the
/// time.
class BuildOptionsIT {
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("bopt");
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    private static Path context(String name, String dockerfile) throws IOException {
        Path folder = carafe.home().resolve("contexts").resolve(name);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("Dockerfile"), dockerfile);
        return folder;
    }

    @Test
    void stepsHaveTheLimitsAndNamesThatAreAskedFor() throws IOException {
        String folder =
                context(
                                "limits",
                                "FROM busybox\nRUN ulimit -n; df -k /dev/shm | awk 'NR==2 {print $2}'; grep extra /etc/hosts; ls /sys/class/net\n")
                        .toString();
        String[] words = {
            "build",
            "--no-cache",
            "--ulimit",
            "nofile=77:99",
            "--shm-size",
            "3m",
            "--add-host",
            "extra:1.2.3.4",
            "--network",
            "none",
            folder
        };
        String expected = "\n77\n3072\n1.2.3.4\textra\nlo\n";
        assertThat(carafe.classic(words).ok()).contains(expected);
        assertThat(carafe.carafe(words).logged()).contains(expected);
    }

    @Test
    void whatCanNotBeDoneIsSaid() throws IOException {
        String folder = context("none", "FROM busybox\n").toString();
        assertThat(carafe.carafe("build", "--squash", folder).err())
                .contains(
                        "squash is not supported: copy from a stage into one that is FROM scratch");
    }

    @Test
    void filesAndContextsComeByHttp() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Path tar = carafe.home().resolve("context.tar");
        Command.shell(
                        "tar -cf "
                                + tar
                                + " -C "
                                + context("served", "FROM busybox\nLABEL served=1\n")
                                + " .")
                .ok();
        Map<String, byte[]> files =
                Map.of(
                        "/data",
                        "data\n".getBytes(StandardCharsets.UTF_8),
                        "/context.tar",
                        Files.readAllBytes(tar));
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = files.get(exchange.getRequestURI().getPath());
                    exchange.sendResponseHeaders(
                            body == null ? 404 : 200, body == null ? -1 : body.length);
                    try (OutputStream out = exchange.getResponseBody()) {
                        if (body != null) {
                            out.write(body);
                        }
                    }
                });
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            String sum = "6667b2d1aab6a00caa5aee5af8ad9f1465e567abf1c209d15727d57b3e8f6e5f";
            String add =
                    "FROM busybox\nADD --checksum=sha256:%s "
                            + base
                            + "/%s /d/\nRUN stat -c '%%a %%s' /d/data\n";
            assertThat(
                            carafe.carafe(
                                            "build",
                                            context("url", add.formatted(sum, "data")).toString())
                                    .logged())
                    .contains("\n600 5\n");
            assertThat(
                            carafe.carafe(
                                            "build",
                                            context("bad", add.formatted("0".repeat(64), "data"))
                                                    .toString())
                                    .err())
                    .contains("digest mismatch sha256:" + sum);
            assertThat(
                            carafe.carafe(
                                            "build",
                                            context("gone", add.formatted(sum, "x")).toString())
                                    .err())
                    .contains("failed to GET " + base + "/x with status 404");
            String image = carafe.carafe("build", "-q", base + "/context.tar").ok();
            assertThat(
                            carafe.docker(
                                            "image",
                                            "inspect",
                                            "-f",
                                            "{{json .Config.Labels}}",
                                            image)
                                    .ok())
                    .isEqualTo("{\"served\":\"1\"}");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theSameEpochGivesTheSameImageOverSeveralStages() throws IOException {
        Path folder =
                context(
                        "epoch",
                        """
                        FROM busybox AS one
                        RUN mkdir -p /o/p && echo 1 >/o/p/q && ln -s q /o/p/l
                        WORKDIR /made/here
                        FROM busybox
                        COPY --from=one /o /o
                        COPY Dockerfile tree /tree/
                        COPY <<EOF /h
                        x
                        EOF
                        RUN touch /etc/new; chmod 700 /root
                        ENV A=b
                        """);
        Files.createDirectories(folder.resolve("tree/a"));
        Path file = Files.writeString(folder.resolve("tree/a/f"), "x");
        String[] words = {
            "build",
            "-q",
            "--no-cache",
            "--build-arg",
            "SOURCE_DATE_EPOCH=1700000000",
            folder.toString()
        };
        String first = carafe.carafe(words).ok();
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_800_000_000_000L));
        assertThat(carafe.carafe(words).ok()).isEqualTo(first);
    }
}
