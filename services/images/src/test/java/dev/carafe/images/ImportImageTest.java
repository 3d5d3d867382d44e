package dev.carafe.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
import dev.carafe.oci.RunConfig;
import dev.carafe.testkit.Packing;
import dev.carafe.testkit.TinyTar;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportImageTest {
    private static final Instant NOW = Instant.parse("2025-06-07T08:09:10Z");

    private static final RunConfig RUN =
            OciJson.config("{\"config\":{\"Cmd\":[\"/bin/sh\"]}}".getBytes(UTF_8)).config();

    @Test
    void aRootFileSystemBecomesAnImageOfOneLayer(@TempDir Path temp) {
        Shelf shelf = new Shelf(temp);
        byte[] tar = new TinyTar().dir("bin").file("bin/sh", "sh").bytes();
        Image image =
                new ImportImage(shelf.store, Clock.fixed(NOW, ZoneOffset.UTC))
                        .run(
                                new ByteArrayInputStream(Packing.GZIP.pack(tar)),
                                RUN,
                                "Imported from -",
                                ImageReference.parse("mine"),
                                Platform.parse("linux/arm64/v8"));
        assertThat(shelf.store.get("mine:latest")).isEqualTo(image);
        assertThat(image.config().rootfs().diffIds()).containsExactly(Digest.of(tar));
        assertThat(image.config().config().cmd()).containsExactly("/bin/sh");
        assertThat(image.config().platform().toString()).isEqualTo("linux/arm64/v8");
        assertThat(image.created()).isEqualTo(NOW);
        assertThat(image.config().history()).hasSize(1);
        assertThat(image.config().history().getFirst().comment()).isEqualTo("Imported from -");
        assertThat(image.sizeBytes()).isEqualTo(2);
    }

    @Test
    void whatIsNoTarImportsNothing(@TempDir Path temp) {
        Shelf shelf = new Shelf(temp);
        byte[] broken = new byte[700];
        broken[0] = 'x';
        assertThatThrownBy(() ->
                        new ImportImage(shelf.store)
                                .run(
                                        new ByteArrayInputStream(broken),
                                        RunConfig.EMPTY,
                                        "",
                                        null,
                                        null))
                .isInstanceOf(InvalidArgument.class);
        assertThat(shelf.isEmpty()).isTrue();
    }
}
