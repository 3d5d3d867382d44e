package dev.carafe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageTreeTest {
    private static final JsonObject PLAIN =
            Json.readObject(
                    "{\"Id\":\"sha256:111111111111aaaa\",\"Created\":1,\"Size\":4260000,\"Containers\":2,\"RepoTags\":[\"b:1\",\"longer:1\"]}");
    private static final JsonObject NAMELESS =
            Json.readObject(
                    "{\"Id\":\"sha256:222222222222aaaa\",\"Created\":2,\"Size\":10,\"RepoTags\":[]}");
    private static final JsonObject PLATFORMS =
            Json.readObject(
                    "{\"Id\":\"sha256:333333333333aaaa\",\"Created\":3,\"Size\":5000,\"RepoTags\":[\"multi:1\"],\"Manifests\":["
                            + manifest("amd64", "", true)
                            + ","
                            + manifest("arm", "v7", false)
                            + ",{\"Kind\":\"attestation\",\"Size\":{\"Content\":500}}]}");

    private static String manifest(String architecture, String variant, boolean available) {
        return "{\"ID\":\"sha256:44444444444455\",\"Kind\":\"image\",\"Available\":"
                + available
                + ",\"Size\":{\"Total\":2500,\"Content\":1000},\"ImageData\":{\"Platform\":{\"os\":\"linux\",\"architecture\":\""
                + architecture
                + "\",\"variant\":\""
                + variant
                + "\"}}}";
    }

    @Test
    void namesStandAboveTheFiguresAndTheNewestComesFirst() {
        assertThat(ImageTree.of(List.of(PLAIN, NAMELESS), true, 70, false))
                .isEqualTo(
                        """
                                                                           Info ->  U  In Use\s

                        IMAGE        ID             DISK USAGE   CONTENT SIZE   EXTRA
                        <untagged>   222222222222          10B             0B       \s
                        longer:1
                        b:1          111111111111       4.26MB             0B   U   \s
                        """);
    }

    @Test
    void platformsStandUnderTheirImage() {
        assertThat(ImageTree.of(List.of(PLATFORMS, NAMELESS), false, 80, false))
                .contains(
                        """
                        multi:1           333333333333          5kB          2.5kB       \s

                        ├─ linux/amd64    444444444444        2.5kB            1kB       \s
                        └─ linux/arm/v7   444444444444        2.5kB            1kB       \s
                        """)
                .doesNotContain("<untagged>");
    }

    @Test
    void columnsThatDoNotFitAreLeftOutAndNamesAreCut() {
        assertThat(ImageTree.of(List.of(PLATFORMS), false, 28, false).lines())
                .contains(
                        "IMAGE           ID          ",
                        "multi:1         333333333333",
                        "├─ linux/amd…   444444444444");
    }
}
