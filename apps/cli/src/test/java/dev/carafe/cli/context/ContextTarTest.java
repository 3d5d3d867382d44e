package dev.carafe.cli.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.base.glob.IgnoreRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextTarTest {
    @TempDir Path folder;

    /// GNU tar is the judge.
    private String listed(InputStream tar) throws IOException, InterruptedException {
        Path file = Files.createTempFile(folder, "list", ".out");
        Process list = new ProcessBuilder("tar", "-tf", "-").redirectOutput(file.toFile()).start();
        try (tar;
                var to = list.getOutputStream()) {
            tar.transferTo(to);
        }
        assertThat(list.waitFor()).isZero();
        return Files.readString(file);
    }

    @Test
    void ignoredFilesStayBehindAndLongNamesGoAlong() throws IOException, InterruptedException {
        Path root = Files.createDirectory(folder.resolve("ctx"));
        String name = "ä".repeat(70) + "x".repeat(60);
        Files.createDirectories(root.resolve("skip/keep"));
        Files.writeString(root.resolve("skip/a"), "a");
        Files.writeString(root.resolve("skip/keep/b"), "b");
        Files.writeString(root.resolve("Dockerfile"), "FROM x");
        Files.writeString(root.resolve(name), "long");
        Files.createSymbolicLink(root.resolve("link"), Path.of("skip"));
        InputStream tar =
                new ContextFolder(
                                root,
                                IgnoreRules.parse("skip\n!skip/keep\nDockerfile"),
                                List.of("Dockerfile"),
                                Map.of("extra", "text"))
                        .tar();
        assertThat(listed(tar).lines().map(line -> line.length() > 100 ? "long" : line))
                .containsExactlyInAnyOrder(
                        "Dockerfile", "link", "skip/keep/", "skip/keep/b", "long", "extra");
    }

    @Test
    void aDockerfileAloneBecomesAContext() throws IOException, InterruptedException {
        BuildSource source =
                BuildSource.of(
                        "-",
                        "",
                        new ByteArrayInputStream("FROM x\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(source.dockerfile()).isEqualTo("Dockerfile");
        assertThat(listed(source.body())).isEqualTo("Dockerfile\n");
    }

    @Test
    void aDockerfileFromElsewhereKeepsItsNameInMessages() throws IOException, InterruptedException {
        Path root = Files.createDirectory(folder.resolve("ctx"));
        Path file = Files.writeString(folder.resolve("My.Dockerfile"), "FROM x\n");
        BuildSource source =
                BuildSource.of(root.toString(), file.toString(), InputStream.nullInputStream());
        assertThat(source.shown()).isEqualTo("My.Dockerfile");
        assertThat(listed(source.body())).contains(source.dockerfile());
    }

    @Test
    void aFileThatShrinksIsFilledUp() throws IOException {
        ExactStream stream = new ExactStream(new ByteArrayInputStream(new byte[] {1, 2}), 4, 508);
        assertThat(stream.readAllBytes()).hasSize(512).startsWith(1, 2, 0, 0);
    }
}
