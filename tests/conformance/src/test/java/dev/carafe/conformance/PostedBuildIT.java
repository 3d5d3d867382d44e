package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// BuildKit by `POST /build?version=2`, as docker's command line before 23, dockerode and Go
/// programs ask for it.
class PostedBuildIT {
    private static final Pattern TRACE =
            Pattern.compile("\\{\"id\":\"moby.buildkit.trace\",\"aux\":\"([^\"]+)\"}");

    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("posted");
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    /// A tar with that Dockerfile.
    private static Path context(String dockerfile) throws IOException {
        Path folder = Files.createTempDirectory(carafe.home(), "context");
        Files.writeString(folder.resolve("Dockerfile"), dockerfile);
        Path tar = carafe.home().resolve(folder.getFileName() + ".tar");
        Command.shell("tar -C " + folder + " -cf " + tar + " .").ok();
        return tar;
    }

    private static Command post(String query, Path tar) {
        List<String> more = new ArrayList<>(List.of("-X", "POST"));
        if (tar != null) {
            more.addAll(
                    List.of("-H", "Content-Type: application/x-tar", "--data-binary", "@" + tar));
        }
        return carafe.api("/v1.41/build?version=2&" + query, more.toArray(new String[0]));
    }

    /// What BuildKit's messages hold, as far as it is text.
    private static String traces(String answer) {
        StringBuilder all = new StringBuilder();
        Matcher trace = TRACE.matcher(answer);
        while (trace.find()) {
            all.append(
                    new String(
                            Base64.getDecoder().decode(trace.group(1)),
                            StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    @Test
    void theStatusComesBackAndTheImageIsNamed() throws IOException {
        Path tar = context("FROM busybox\nARG A=1\nRUN echo ran $A >/r\nCMD cat /r\n");
        String told =
                post("t=posted:1&networkmode=none&buildargs=%7B%22A%22%3A%22two%22%7D", tar).ok();
        assertThat(traces(told)).contains("RUN echo ran two >/r").contains("exporting to image");
        String id = carafe.docker("image", "inspect", "-f", "{{.Id}}", "posted:1").ok();
        assertThat(told).contains("{\"id\":\"moby.image.id\",\"aux\":{\"ID\":\"" + id + "\"}}");
        assertThat(carafe.docker("run", "--rm", "posted:1").ok()).isEqualTo("ran two");
        assertThat(post("q=1", context("FROM busybox\nLABEL a=b\n")).ok())
                .matches("\\{\"stream\":\"sha256:[0-9a-f]{64}\\\\n\"}");
    }

    @Test
    void failuresAreToldInBuildKitsWords() throws IOException {
        assertThat(post("", context("FROM busybox\nRUN false\n")).ok())
                .contains(
                        "\"error\":\"process \\\"/bin/sh -c false\\\" did not complete successfully: exit code: 1\"");
        assertThat(post("networkmode=foo", context("FROM busybox\n")).ok())
                .contains("network mode \\\"foo\\\" not supported by buildkit");
        assertThat(post("remote=client-session", null).ok())
                .contains("\"error\":\"the client has no session\"");
        assertThat(Command.shell("ls " + carafe.home() + "/data/build/contexts").ok()).isEmpty();
    }

    @Test
    void theContextMayComeByARequestOfItsOwn() throws IOException {
        Path tar = context("FROM busybox\nRUN echo apart >/r\nCMD cat /r\n");
        CompletableFuture<Command> build =
                CompletableFuture.supplyAsync(
                        () -> post("t=posted:2&buildid=b7&remote=upload-request", null));
        post("buildid=upload-request:b7", tar).ok();
        assertThat(build.join().ok()).contains("moby.image.id");
        assertThat(carafe.docker("run", "--rm", "posted:2").ok()).isEqualTo("apart");
    }
}
