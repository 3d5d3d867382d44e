package dev.carafe.registryserver.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShelvesTest {
    private static final Digest DIGEST = Digest.of(new byte[0]);

    @TempDir Path root;

    @Test
    void whatKilledWritesHaveLeftGoesAtTheNextOpening() throws IOException {
        RepositoryName name = new RepositoryName("team/app");
        new Shelves(root).tag(name, "1", DIGEST);
        Path tags = root.resolve("repositories/team/app/_tags");
        Path unfinished = Files.writeString(tags.resolve(".1.tmp17"), "sha25");
        Shelves next = new Shelves(root);
        assertThat(unfinished).doesNotExist();
        assertThat(next.tagged(name, "1")).contains(DIGEST);
    }
}
