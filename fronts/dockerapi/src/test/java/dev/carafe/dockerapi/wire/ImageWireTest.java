package dev.carafe.dockerapi.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockermodel.DockerJson;
import dev.carafe.images.Image;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.OciJson;
import dev.carafe.testkit.GoldenFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageWireTest {
    private final DockerJson json = new DockerJson();
    private final Image image = image(List.of("busybox:latest"));

    private static Image image(List<String> tags) {
        byte[] config =
                """
                {"created":"2026-01-02T03:04:05.1Z","architecture":"amd64","os":"linux",
                 "config":{"Env":["PATH=/bin"],"Cmd":["sh"]},
                 "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}
                """
                        .formatted("2".repeat(64))
                        .getBytes(StandardCharsets.UTF_8);
        return new Image(
                Digest.of(config),
                OciJson.read(ImageConfig.class, config),
                tags,
                List.of(),
                1234,
                Instant.parse("2026-01-02T03:04:05.1Z"),
                Descriptor.of(
                        "application/vnd.oci.image.manifest.v1+json", Digest.of(new byte[0]), 9),
                List.of(),
                Instant.parse("2026-02-02T03:04:05Z"),
                Digest.parse("sha256:" + "7".repeat(64)));
    }

    private String lines(Object value) {
        return json.text(value).replace("{", "{\n").replace("}", "\n}").replace(",\"", ",\n\"")
                + "\n";
    }

    @Test
    void inspectOfTheNewestAndOfAnOldClient() {
        GoldenFile.assertMatches(
                "image-1.51.txt", lines(ImageWire.inspect(image, ApiVersion.CURRENT)));
        GoldenFile.assertMatches(
                "image-1.43.txt", lines(ImageWire.inspect(image, new ApiVersion(1, 43))));
    }

    @Test
    void listEntriesFollowTheVersion() {
        Image dangling = image(List.of());
        assertThat(json.text(ImageWire.summary(dangling, 2, ApiVersion.CURRENT)))
                .contains(
                        "\"Containers\":2",
                        "\"RepoTags\":[]",
                        "\"RepoDigests\":[]",
                        "\"Descriptor\"",
                        "\"Labels\":null")
                .doesNotContain("VirtualSize");
        assertThat(json.text(ImageWire.summary(dangling, 2, new ApiVersion(1, 42))))
                .contains(
                        "\"Containers\":-1",
                        "\"RepoTags\":[\"<none>:<none>\"]",
                        "\"RepoDigests\":[\"<none>@<none>\"]")
                .contains("\"VirtualSize\":1234")
                .doesNotContain("Descriptor");
    }
}
