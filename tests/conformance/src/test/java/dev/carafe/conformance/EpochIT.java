package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// SOURCE_DATE_EPOCH that names what has a time, by buildx and by `carafe build`.
class EpochIT {
    private static final long MOMENT = 1_700_000_402;
    private static final String SHOW = "ARG SOURCE_DATE_EPOCH\nRUN echo at=$SOURCE_DATE_EPOCH.\n";

    private static Carafe carafe;
    private static HttpServer server;

    @BeforeAll
    static void start() throws IOException {
        carafe = Carafe.start("epoch");
        Path files = Files.createDirectories(carafe.home().resolve("served"));
        Files.writeString(files.resolve("Dockerfile"), "FROM busybox\n" + SHOW);
        byte[] tar =
                Command.shell(
                                "touch -d @"
                                        + MOMENT
                                        + " "
                                        + files
                                        + "/* && tar -cf - -C "
                                        + files
                                        + " .")
                        .stdout();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    if (exchange.getRequestURI().getPath().contains("dated")) {
                        exchange.getResponseHeaders()
                                .add("Last-Modified", "Sat, 01 Jan 2022 00:00:00 GMT");
                    }
                    exchange.sendResponseHeaders(200, tar.length);
                    exchange.getResponseBody().write(tar);
                    exchange.close();
                });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        carafe.close();
    }

    private static String address(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    }

    private static List<Command> built(String... words) {
        List<String> all = new ArrayList<>(List.of("build", "--no-cache", "--progress=plain"));
        all.addAll(List.of(words));
        Command own = carafe.carafe(all.toArray(new String[0]));
        all.addFirst("buildx");
        return List.of(own, carafe.docker(all.toArray(new String[0])));
    }

    private static String folder(String dockerfile) throws IOException {
        Path folder = Files.createTempDirectory(carafe.home(), "context");
        Files.writeString(folder.resolve("Dockerfile"), dockerfile);
        return folder.toString();
    }

    @Test
    void theContextHasATime() throws IOException {
        String context = "SOURCE_DATE_EPOCH=context";
        for (Command one : built("--build-arg", context, address("c.tar"))) {
            assertThat(one.logged()).contains("at=" + MOMENT + ".\n");
        }
        for (Command one : built("--build-arg", context, address("dated.tar"))) {
            assertThat(one.logged()).contains("at=1640995200.\n");
        }
        for (Command one : built("--build-arg", context, folder("FROM busybox\n" + SHOW))) {
            assertThat(one.logged()).contains("at=.\n");
        }
    }

    @Test
    void stagesAndNamedContextsHaveATime() throws IOException {
        String global = "ARG SOURCE_DATE_EPOCH=source\n";
        String stage = "FROM scratch AS source\nADD " + address("s.tar") + " /\n";
        String rest = "FROM busybox\n" + SHOW;
        for (Command one : built("-t", "dated", folder(global + stage + rest))) {
            assertThat(one.logged()).contains("at=" + MOMENT + ".\n");
        }
        assertThat(carafe.docker("image", "inspect", "-f", "{{.Created}}", "dated").ok())
                .isEqualTo("2023-11-14T22:20:02Z");
        for (Command one :
                built("--build-context", "source=" + address("dated"), folder(global + rest))) {
            assertThat(one.logged()).contains("at=1640995200.\n");
        }
        String copy = "FROM scratch AS source\nCOPY Dockerfile /\n";
        for (Command one : built(folder(global + copy + rest))) {
            assertThat(one.err())
                    .contains(
                            "SOURCE_DATE_EPOCH stage does not meet source-only requirements:"
                                    + " unsupported COPY instruction");
        }
        for (Command one : built(folder(global + rest))) {
            assertThat(one.err()).contains("invalid SOURCE_DATE_EPOCH: source");
        }
    }
}
