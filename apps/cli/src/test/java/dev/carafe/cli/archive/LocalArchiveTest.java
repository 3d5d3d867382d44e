package dev.carafe.cli.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalArchiveTest {
    @TempDir Path dir;

    private static ByteArrayInputStream in(ByteArrayOutputStream tar) {
        return new ByteArrayInputStream(tar.toByteArray());
    }

    @Test
    void aTreeComesBackAsItWas() throws IOException {
        String longName = "n".repeat(120);
        Path tree = Files.createDirectories(dir.resolve("tree/sub"));
        Path file = Files.writeString(tree.resolve(longName), "text");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(981173106000L));
        Files.createLink(tree.resolve("second"), file);
        Files.createSymbolicLink(tree.resolve("link"), Path.of("second"));
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        LocalReader.write(dir.resolve("tree"), "tree", tar);
        Path back = Files.createDirectory(dir.resolve("back"));
        LocalWriter.unpack(in(tar), back, name -> name.replaceFirst("^tree", "new"));
        Path found = back.resolve("new/sub/" + longName);
        assertThat(found).hasContent("text");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(found)))
                .isEqualTo("rwxr-x---");
        assertThat(Files.getLastModifiedTime(found).toMillis()).isEqualTo(981173106000L);
        assertThat(Files.readSymbolicLink(back.resolve("new/sub/link"))).hasToString("second");
        assertThat(Files.isSameFile(found, back.resolve("new/sub/second"))).isTrue();
    }

    @Test
    void nothingIsWrittenOutside() throws IOException {
        Path inside = Files.createDirectory(dir.resolve("inside"));
        Path outside = Files.createDirectory(dir.resolve("outside"));
        refused(inside, TarHead.of("../outside/a", '0', 0644, 0, 0, ""));
        TarHead link = TarHead.of("l", '2', 0777, 0, 0, "../outside");
        refused(inside, link, TarHead.of("l/a", '0', 0644, 0, 0, ""));
        refused(inside, link, TarHead.of("l/deep/a", '0', 0644, 0, 0, ""));
        assertThat(outside).isEmptyDirectory();
    }

    private static void refused(Path target, TarHead... heads) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        TarOutput out = new TarOutput(tar);
        for (TarHead head : heads) {
            out.put(head);
        }
        out.finish();
        assertThatThrownBy(() -> LocalWriter.unpack(in(tar), target, UnaryOperator.identity()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leads outside");
    }

    @Test
    void whatIsNoArchiveIsRefused() {
        byte[] text = "no archive ".repeat(60).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() ->
                        LocalWriter.unpack(
                                new ByteArrayInputStream(text), dir, UnaryOperator.identity()))
                .isInstanceOf(IOException.class)
                .hasMessage("invalid tar header");
    }
}
