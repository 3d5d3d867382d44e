package dev.carafe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.cli.FakeDaemon;
import dev.carafe.cli.Resources;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.terminal.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// login, logout and push against a server that plays the daemon.
class RegistryCommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicReference<String> sentAuth = new AtomicReference<>("");
    private String input = "";

    @TempDir Path dir;

    private int run(FakeDaemon daemon, String line) {
        List<String> words =
                new ArrayList<>(List.of("--config", dir.toString(), "-H", daemon.address()));
        words.addAll(Resources.words(line));
        return new CommandLine(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        false,
                        new Output(out, false),
                        new Output(err, false))
                .run(words);
    }

    private void registry(FakeDaemon.Exchange e) throws IOException {
        if (e.path().equals("/auth")) {
            boolean right = new String(e.body, StandardCharsets.UTF_8).contains("\"secret\"");
            e.json(
                    right ? 200 : 401,
                    right
                            ? "{\"Status\":\"Login Succeeded\"}"
                            : "{\"message\":\"unauthorized: no\"}");
            return;
        }
        e.headers.forEach((name, value) -> {
            if (name.equalsIgnoreCase("x-registry-auth")) {
                sentAuth.set(value);
            }
        });
        e.json(200, "{\"status\":\"1: digest: sha256:0 size: 1\"}\r\n");
    }

    private JsonObject config() throws IOException {
        return Json.readObject(Files.readString(dir.resolve("config.json")));
    }

    @Test
    void loginKeepsWhatTheDaemonChecked() throws IOException {
        Files.writeString(dir.resolve("config.json"), "{\"psFormat\":\"{{.ID}}\"}");
        input = "secret\n";
        try (FakeDaemon daemon = new FakeDaemon(this::registry)) {
            assertThat(run(daemon, "login -u me --password-stdin https://reg:5000/x")).isZero();
            assertThat(out.toString()).isEqualTo("Login Succeeded\n");
            assertThat(err.toString()).contains("stored unencrypted in");
            assertThat(Json.readObject(daemon.bodies().getFirst()).text("serveraddress"))
                    .isEqualTo("reg:5000");
        }
        String pair = Base64.getEncoder().encodeToString("me:secret".getBytes());
        assertThat(config().object("auths").object("reg:5000").text("auth")).isEqualTo(pair);
        assertThat(config().text("psFormat")).isEqualTo("{{.ID}}");
        assertThat(Files.getPosixFilePermissions(dir.resolve("config.json"))).hasSize(2);
    }

    @Test
    void aRefusedLoginKeepsNothing() throws IOException {
        input = "wrong";
        try (FakeDaemon daemon = new FakeDaemon(this::registry)) {
            assertThat(run(daemon, "login -u me --password-stdin reg:5000")).isEqualTo(1);
            assertThat(err.toString()).contains("unauthorized: no");
        }
        assertThat(dir.resolve("config.json")).doesNotExist();
    }

    @Test
    void loginWithoutTerminalNeedsAPassword() throws IOException {
        try (FakeDaemon daemon = new FakeDaemon(this::registry)) {
            assertThat(run(daemon, "login reg:5000")).isEqualTo(1);
            assertThat(err.toString())
                    .contains("Cannot perform an interactive login from a non TTY device");
        }
    }

    @Test
    void logoutForgets() throws IOException {
        Files.writeString(
                dir.resolve("config.json"),
                "{\"auths\":{\"reg:5000\":{\"auth\":\"bWU6c2VjcmV0\"},\"other\":{\"auth\":\"YTpi\"}}}");
        try (FakeDaemon daemon = new FakeDaemon(this::registry)) {
            assertThat(run(daemon, "logout reg:5000")).isZero();
            assertThat(out.toString()).isEqualTo("Removing login credentials for reg:5000\n");
            assertThat(run(daemon, "logout")).isZero();
            assertThat(out.toString())
                    .endsWith("Removing login credentials for https://index.docker.io/v1/\n");
        }
        assertThat(config().object("auths").keySet()).containsExactly("other");
    }

    @Test
    void pushSendsTheCredentialsOfTheImagesRegistry() throws IOException {
        Files.writeString(
                dir.resolve("config.json"),
                "{\"auths\":{\"reg:5000\":{\"auth\":\"bWU6c2VjcmV0\"}}}");
        try (FakeDaemon daemon = new FakeDaemon(this::registry)) {
            assertThat(run(daemon, "push reg:5000/team/app:1")).isZero();
            assertThat(daemon.requests())
                    .containsExactly("POST /v1.51/images/reg:5000/team/app/push?tag=1");
        }
        JsonObject sent =
                Json.readObject(
                        new String(
                                Base64.getUrlDecoder().decode(sentAuth.get()),
                                StandardCharsets.UTF_8));
        assertThat(sent.text("username")).isEqualTo("me");
        assertThat(sent.text("password")).isEqualTo("secret");
        assertThat(sent.text("serveraddress")).isEqualTo("reg:5000");
        assertThat(out.toString()).contains("1: digest: sha256:0 size: 1");
    }
}
