package dev.carafe.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NameSetTest {
    private static final String JSON =
            "{\"Labels\":{\"l\\\\m\\\"\":\"v\"},\"Volumes\":{\"a\\\\b\\\"\\u00e9\":{}}}";

    @Test
    void namesAreReadAndWrittenWithTheirEscapes() {
        byte[] json = JSON.getBytes(StandardCharsets.UTF_8);
        RunConfig config = OciJson.read(RunConfig.class, json);
        assertThat(config.volumesOrEmpty().names()).containsExactly("a\\b\"é");
        assertThat(config.labelsOrEmpty()).containsOnlyKeys("l\\m\"");
        byte[] written = OciJson.write(RunConfig.class, config);
        assertThat(new String(written, StandardCharsets.UTF_8))
                .contains("{\"a\\\\b\\\"é\":{}}")
                .contains("{\"l\\\\m\\\"\":\"v\"}");
    }
}
