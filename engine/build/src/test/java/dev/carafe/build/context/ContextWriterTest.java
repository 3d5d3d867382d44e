package dev.carafe.build.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.context.ContextEntry.Kind;
import dev.carafe.linux.ErrnoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextWriterTest {
    private static final Instant MOMENT = Instant.parse("2024-01-02T03:04:05.000000006Z");

    @TempDir private Path folder;
    private BuildContext context;

    @BeforeEach
    void open() {
        context = new ContextSpool(folder).empty();
    }

    @AfterEach
    void close() {
        context.close();
    }

    private static ContextEntry entry(String path, Kind kind, int mode, long size, String link) {
        return new ContextEntry(path, kind, mode, size, MOMENT, link);
    }

    private static void file(ContextWriter writer, String path, String text) {
        assertThat(writer.put(entry(path, Kind.FILE, 0640, text.length(), ""))).isTrue();
        writer.write(path, text.getBytes());
        writer.end(path);
    }

    private Path at(String path) {
        return context.folder().resolve(path);
    }

    @Test
    void filesKeepModesTimesAndLinks() throws IOException {
        try (ContextWriter writer = new ContextWriter(context)) {
            writer.put(entry("d", Kind.DIRECTORY, 0511, 0, ""));
            file(writer, "d/f", "text");
            writer.put(entry("d/hard", Kind.HARD_LINK, 0640, 4, "d/f"));
            writer.put(entry("d/soft", Kind.SYMLINK, 0777, 0, "f"));
            writer.put(entry("pipe", Kind.OTHER, 0600, 0, ""));
            writer.finish();
        }
        assertThat(at("d/hard")).hasContent("text");
        assertThat(Files.readSymbolicLink(at("d/soft"))).hasToString("f");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(at("d"))))
                .isEqualTo("r-x--x--x");
        assertThat(Files.getLastModifiedTime(at("d/f")).toInstant()).isEqualTo(MOMENT);
        assertThat(Files.getLastModifiedTime(at("d")).toInstant()).isEqualTo(MOMENT);
        assertThat(at("pipe")).doesNotExist();
    }

    @Test
    void whatLooksTheSameIsNotAskedForAndWhatIsNotNamedGoes() throws IOException {
        try (ContextWriter writer = new ContextWriter(context)) {
            writer.put(entry("d", Kind.DIRECTORY, 0755, 0, ""));
            file(writer, "d/gone", "gone");
            file(writer, "f", "text");
            writer.finish();
        }
        try (ContextWriter writer = new ContextWriter(context)) {
            assertThat(writer.put(entry("f", Kind.FILE, 0640, 4, ""))).isFalse();
            assertThat(writer.put(entry("d", Kind.FILE, 0640, 1, ""))).isTrue();
            writer.write("d", new byte[] {'x'});
            writer.end("d");
            writer.finish();
        }
        assertThat(at("d")).hasContent("x");
        assertThat(at("f")).hasContent("text");
    }

    @Test
    void filesThatAreNamedLongBeforeTheirContentTakeNoDescriptors() throws IOException {
        int files = 500;
        try (ContextWriter writer = new ContextWriter(context)) {
            int before = descriptors();
            for (int i = 0; i < files; i++) {
                assertThat(writer.put(entry("f" + i, Kind.FILE, 0640, 1, ""))).isTrue();
            }
            writer.put(entry("hard", Kind.HARD_LINK, 0640, 1, "f7"));
            assertThat(descriptors()).isLessThan(before + files / 2);
            for (int i = 0; i < files; i++) {
                writer.write("f" + i, new byte[] {'x'});
                writer.end("f" + i);
            }
            assertThat(descriptors()).isLessThan(before + files / 2);
            writer.finish();
        }
        assertThat(at("f0")).hasContent("x");
        assertThat(at("hard")).hasContent("x");
    }

    private static int descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return (int) all.count();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/x", "../x", "a/../../x", "a//b", "./a", "a/", "a\0b"})
    void pathsThatLeadOutAreRefused(String path) {
        try (ContextWriter writer = new ContextWriter(context)) {
            assertThatThrownBy(() -> writer.put(entry(path, Kind.FILE, 0644, 1, "")))
                    .isInstanceOf(InvalidArgument.class)
                    .hasMessageContaining("invalid path in the context");
        }
    }

    @Test
    void nothingIsWrittenThroughALink() {
        try (ContextWriter writer = new ContextWriter(context)) {
            writer.put(entry("out", Kind.SYMLINK, 0777, 0, folder.toString()));
            assertThatThrownBy(() -> writer.put(entry("out/x", Kind.FILE, 0644, 1, "")))
                    .isInstanceOf(ErrnoException.class);
        }
        assertThat(folder.resolve("x")).doesNotExist();
    }
}
