package dev.carafe.build.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextSpoolTest {
    private static boolean isText(byte[] bytes) throws IOException {
        BufferedInputStream stream = new BufferedInputStream(new ByteArrayInputStream(bytes));
        boolean text = ContextSpool.isText(stream);
        assertThat(stream.readAllBytes()).isEqualTo(bytes);
        return text;
    }

    @Test
    void aKeptContextHasWhatTheLastBuildLeft(@TempDir Path folder) throws IOException {
        ContextSpool spool = new ContextSpool(folder);
        try (BuildContext first = spool.kept("key")) {
            Files.writeString(first.folder().resolve("f"), "left");
            try (BuildContext meanwhile = spool.kept("key")) {
                assertThat(meanwhile.folder()).isEmptyDirectory();
            }
        }
        try (BuildContext next = spool.kept("key")) {
            assertThat(next.folder().resolve("f")).hasContent("left");
            spool.dropKept();
            assertThat(next.folder().resolve("f")).exists();
        }
        for (int i = 0; i < 10; i++) {
            spool.kept("key" + i).close();
        }
        assertThat(folder.toFile().list()).hasSize(4);
        spool.dropKept();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aDockerfileIsToldFromArchives() throws IOException {
        assertThat(isText("FROM scratch\n# ä\n".getBytes(StandardCharsets.UTF_8))).isTrue();
        byte[] tar = new byte[1024];
        tar[0] = 'f';
        assertThat(isText(tar)).isFalse();
        assertThat(isText(new byte[] {0x1f, (byte) 0x8b, 8, 0})).isFalse();
        assertThat(isText(new byte[] {'B', 'Z', 'h', '9', 0x31, 0x41, 0x59, 0x26, 0})).isFalse();
        assertThat(isText(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0})).isFalse();
        assertThat(isText(new byte[0])).isFalse();
    }
}
