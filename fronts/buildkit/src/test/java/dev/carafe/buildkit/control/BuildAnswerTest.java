package dev.carafe.buildkit.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.build.Built;
import dev.carafe.buildkit.wire.gateway.Result;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildAnswerTest {
    private static final Digest ONE = Digest.of(new byte[] {1});
    private static final Digest TWO = Digest.of(new byte[] {2});

    private static Result answer(List<Built> all, boolean several) {
        Result.Builder result = Result.newBuilder();
        BuildAnswer.put(result, all, several, id -> id.toString().getBytes(StandardCharsets.UTF_8));
        return result.build();
    }

    @Test
    void oneImageIsTheResult() {
        Result result =
                answer(
                        List.of(
                                new Built(
                                        Platform.of("linux", "amd64"),
                                        ONE,
                                        List.of(),
                                        List.of(),
                                        null)),
                        false);
        assertThat(result.getRef().getId()).isEqualTo(ONE.toString());
        assertThat(result.getMetadataOrThrow("containerimage.config").toStringUtf8())
                .isEqualTo(ONE.toString());
    }

    @Test
    void imagesForSeveralPlatformsAreToldByThem() {
        Result result =
                answer(
                        List.of(
                                new Built(
                                        Platform.of("linux", "amd64"),
                                        ONE,
                                        List.of(),
                                        List.of(),
                                        null),
                                new Built(
                                        Platform.parse("linux/arm"),
                                        TWO,
                                        List.of(),
                                        List.of(),
                                        null)),
                        true);
        assertThat(result.getRefs().getRefsOrThrow("linux/arm/v7").getId())
                .isEqualTo(TWO.toString());
        assertThat(result.getMetadataOrThrow("containerimage.config/linux/amd64").toStringUtf8())
                .isEqualTo(ONE.toString());
        assertThat(result.getMetadataOrThrow("refs.platforms").toStringUtf8())
                .isEqualTo(
                        "{\"Platforms\":[{\"ID\":\"linux/amd64\",\"Platform\":"
                                + "{\"architecture\":\"amd64\",\"os\":\"linux\"}},"
                                + "{\"ID\":\"linux/arm/v7\",\"Platform\":{\"architecture\":\"arm\","
                                + "\"os\":\"linux\",\"variant\":\"v7\"}}]}");
    }
}
