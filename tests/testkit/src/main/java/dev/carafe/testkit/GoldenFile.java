package dev.carafe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares a text with a file under `src/test/golden` of the room. With `-Dgolden.update=true` the
/// file is rewritten instead, and the change is judged as a diff.
public final class GoldenFile {
    private static final Path FOLDER = Path.of("src/test/golden");

    private GoldenFile() {}

    /// @param name path below the golden folder: `states.txt`
    public static void assertMatches(String name, String actual) {
        Path file = FOLDER.resolve(name);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(file.toAbsolutePath().resolve("..").normalize());
                Files.writeString(file, actual);
            }
            assertThat(file).as("golden file; make it with -Dgolden.update=true").exists();
            assertThat(actual).as("differs from %s", file).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
