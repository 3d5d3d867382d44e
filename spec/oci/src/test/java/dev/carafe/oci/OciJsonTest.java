package dev.carafe.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OciJsonTest {
    private static final String HEX =
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final String CONFIG =
            """
            {"architecture":"amd64","os":"linux","created":"2024-05-01T10:11:12.123456789Z","author":null,
             "config":{"Env":["PATH=/bin"],"Cmd":["sh"],"Entrypoint":null,"ExposedPorts":{"80/tcp":{},"53/udp":{}},
               "Volumes":{"/data":{}},"Labels":{"z":"1","a":"2"},"ArgsEscaped":true,"Unknown":{"a":[1,2,{"b":null}]},
               "OnBuild":[],"Healthcheck":{"Test":["CMD-SHELL","true"],"Interval":30000000000,"Retries":3}},
             "rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"moby.buildkit.cache.v0":"eyJ9",
             "history":[{"created":"2024-05-01T10:11:12+02:00","created_by":"RUN \\"x\\" \\u0026\\u0026 y","empty_layer":true},{"created_by":"COPY"}]}
            """
                    .formatted(HEX);

    @Test
    void readsAnImageConfigWithDockersFields() {
        ImageConfig config = OciJson.config(CONFIG.getBytes(UTF_8));
        assertThat(config.created()).isEqualTo(Instant.parse("2024-05-01T10:11:12.123456789Z"));
        assertThat(config.author()).isNull();
        assertThat(config.rootfs().diffIds()).containsExactly(new Digest("sha256", HEX));
        assertThat(config.config().entrypoint()).isNull();
        assertThat(config.config().onBuild()).isEmpty();
        assertThat(config.config().exposedPortsOrEmpty().names())
                .containsExactly("80/tcp", "53/udp");
        assertThat(config.config().labels()).isEqualTo(Map.of("z", "1", "a", "2"));
        assertThat(config.config().healthcheck().interval()).isEqualTo(30_000_000_000L);
        assertThat(config.config().healthcheck().timeout()).isZero();
        assertThat(config.history()).hasSize(2);
        assertThat(config.history().get(0).createdBy()).isEqualTo("RUN \"x\" && y");
        assertThat(config.history().get(0).created())
                .isEqualTo(Instant.parse("2024-05-01T08:11:12Z"));
        assertThat(config.history().get(1).emptyLayer()).isFalse();
    }

    @Test
    void writesOnlyWhatIsThere() {
        Digest digest = Digest.of("x".getBytes(UTF_8));
        byte[] json =
                OciJson.write(Descriptor.class, Descriptor.of(MediaTypes.OCI_LAYER, digest, 1));
        assertThat(new String(json, UTF_8))
                .isEqualTo(
                        "{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\""
                                + digest
                                + "\",\"size\":1}");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        ImageConfig config = OciJson.config(CONFIG.getBytes(UTF_8));
        byte[] json = OciJson.write(ImageConfig.class, config);
        assertThat(OciJson.config(json)).isEqualTo(config);
        assertThat(new String(json, UTF_8))
                .contains(
                        "\"ExposedPorts\":{\"80/tcp\":{},\"53/udp\":{}}",
                        "\"OnBuild\":[]",
                        "{\"z\":\"1\",\"a\":\"2\"}");
    }

    @Test
    void aConfigMayBeAlmostEmpty() {
        ImageConfig config = OciJson.config("{}".getBytes(UTF_8));
        assertThat(config.config()).isEqualTo(RunConfig.EMPTY);
        assertThat(config.history()).isEmpty();
        assertThat(config.created()).isNull();
        assertThat(
                        OciJson.config(
                                "{\"config\":null,\"history\":null,\"created\":null}"
                                        .getBytes(UTF_8)))
                .isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''",
                "[]",
                "null",
                "{",
                "{\"config\":{\"Env\":[}}",
                "{\"rootfs\":{\"diff_ids\":[\"sha256:beef\"]}}",
                "{\"created\":\"yesterday\"}",
                "{\"config\":{\"Env\":7}}",
                "{\"config\":{\"Env\":[{}]}}",
                "\"x\""
            })
    void refusesWhatIsNoConfig(String json) {
        assertThatThrownBy(() -> OciJson.config(json.getBytes(UTF_8)))
                .isInstanceOf(InvalidArgument.class);
    }

    @Test
    void aManifestNeedsAConfig() {
        assertThatThrownBy(() ->
                        OciJson.manifest("{\"schemaVersion\":2,\"layers\":[]}".getBytes(UTF_8)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("config");
    }

    @Test
    void anIndexListsManifestsWithPlatforms() {
        Index index =
                OciJson.index(
                        ("{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"m\",\"digest\":\"sha256:"
                                        + HEX
                                        + "\",\"size\":7,\"platform\":{\"architecture\":\"arm64\",\"os\":\"linux\",\"variant\":\"v8\",\"os.version\":\"1\"}}]}")
                                .getBytes(UTF_8));
        Platform platform = index.manifests().get(0).platform();
        assertThat(platform).isEqualTo(new Platform("arm64", "linux", "1", null, "v8"));
        assertThat(platform.fits(Platform.of("linux", "arm64"))).isTrue();
        assertThat(OciJson.index(OciJson.write(Index.class, index)).manifests())
                .isEqualTo(List.copyOf(index.manifests()));
    }
}
