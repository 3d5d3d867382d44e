package dev.carafe.build.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.OciJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class NamedImagesTest {
    private static Digest layer(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @param steps each makes a layer, except those in capitals
    private static ImageConfig image(String... steps) {
        List<String> lines = new ArrayList<>();
        List<String> layers = new ArrayList<>();
        for (String step : steps) {
            boolean empty = step.equals(step.toUpperCase(Locale.ROOT));
            lines.add("{\"created_by\":\"" + step + "\",\"empty_layer\":" + empty + "}");
            if (!empty) {
                layers.add("\"" + layer(step) + "\"");
            }
        }
        String json =
                "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":"
                        + layers
                        + "},\"history\":"
                        + lines
                        + "}";
        return OciJson.config(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aStepIsAnImagesWhenAllBeforeItAre() {
        NamedImages images = new NamedImages(List.of(image("base", "ENV", "run a", "run b")));
        assertThat(images.next(image("base"), "ENV").orElseThrow().layer()).isNull();
        assertThat(images.next(image("base", "ENV"), "run a").orElseThrow().layer())
                .isEqualTo(layer("run a"));
        assertThat(images.next(image("base", "ENV"), "run b")).isEmpty();
        assertThat(images.next(image("base", "run a"), "run b")).isEmpty();
        assertThat(images.next(image("other", "ENV"), "run a")).isEmpty();
        assertThat(images.next(image("base", "ENV", "run a", "run b"), "run c")).isEmpty();
    }

    @Test
    void theFirstImageThatKnowsAStepIsTheOnlyOneFromThenOn() {
        NamedImages images =
                new NamedImages(List.of(image("base", "run a"), image("base", "run a", "run b")));
        assertThat(images.next(image("base"), "run a")).isPresent();
        assertThat(images.next(image("base", "run a"), "run b")).isEmpty();
    }
}
