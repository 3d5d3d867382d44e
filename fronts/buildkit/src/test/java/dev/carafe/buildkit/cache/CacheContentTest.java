package dev.carafe.buildkit.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Index;
import dev.carafe.oci.Manifest;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheContentTest {
    private static final Instant WHEN = Instant.parse("2026-01-02T03:04:05.123456789Z");
    private static final String KEY = "ab".repeat(32);
    private static final Digest DIFF = Digest.of(new byte[] {1});

    /// Blobs in memory.
    private static final class Memory implements Blobs {
        private final Map<Digest, byte[]> all = new HashMap<>();
        private byte[] top = new byte[0];

        Descriptor put(String type, byte[] bytes) {
            Digest digest = Digest.of(bytes);
            all.put(digest, bytes);
            top = bytes;
            return Descriptor.of(type, digest, bytes.length);
        }

        @Override
        public Document top() {
            return new Document(top, "");
        }

        @Override
        public Document document(Digest digest) {
            return new Document(all.get(digest), "");
        }

        @Override
        public byte[] small(Descriptor blob) {
            return all.get(blob.digest());
        }

        @Override
        public InputStream open(Descriptor blob) {
            return new ByteArrayInputStream(all.get(blob.digest()));
        }

        @Override
        public void close() {}
    }

    private static CacheConfig config(Descriptor layer) {
        return new CacheConfig(
                List.of(
                        new CacheConfig.Layer(
                                layer.digest().toString(),
                                -1,
                                new CacheConfig.Notes(
                                        layer.mediaType(), DIFF.toString(), layer.size(), null))),
                List.of(
                        new CacheConfig.Step(
                                List.of(new CacheConfig.Result(0, WHEN)),
                                "sha256:" + KEY,
                                made("sha256:" + "12".repeat(32))),
                        new CacheConfig.Step(null, "sha256:" + "cd".repeat(32), made(null))));
    }

    private static void holdsBothSteps(CacheContent content) {
        assertThat(content.foreign()).isZero();
        assertThat(content.steps()).hasSize(2);
        ImportedStep step = content.steps().get(KEY);
        assertThat(step.record().created()).isEqualTo(WHEN);
        assertThat(step.record().layer()).isEqualTo("sha256:" + "12".repeat(32));
        assertThat(step.layer().diffId()).isEqualTo(DIFF);
        assertThat(step.layer().blob().size()).isEqualTo(5);
        assertThat(content.steps().get("cd".repeat(32)).layer()).isNull();
    }

    private static CacheConfig.Made made(String chain) {
        return new CacheConfig.Made(WHEN, "", chain, 7);
    }

    private static Descriptor layer(Memory blobs) {
        return blobs.put(MediaTypes.OCI_LAYER_GZIP, "layer".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void manifestsAndIndexesAreRead() {
        Memory blobs = new Memory();
        Descriptor layer = layer(blobs);
        Descriptor config =
                blobs.put(CacheConfig.TYPE, CacheJson.write(CacheConfig.class, config(layer)));
        blobs.put(
                MediaTypes.OCI_MANIFEST,
                OciJson.write(Manifest.class, Manifest.of(config, List.of(layer))));
        holdsBothSteps(CacheContent.read(blobs, "somewhere"));
        blobs.put(
                MediaTypes.OCI_INDEX, OciJson.write(Index.class, Index.of(List.of(layer, config))));
        holdsBothSteps(CacheContent.read(blobs, "somewhere"));
    }

    @Test
    void imagesOfSeveralPlatformsHaveRecordsInTheirConfigurations() {
        Memory blobs = new Memory();
        Descriptor layer = layer(blobs);
        String records =
                Base64.getEncoder().encodeToString(CacheJson.write(config(layer).records()));
        String image =
                "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]},\"%s\":\"%s\"}"
                        .formatted(DIFF, CacheConfig.INLINE, records);
        Descriptor config =
                blobs.put(MediaTypes.OCI_CONFIG, image.getBytes(StandardCharsets.UTF_8));
        Descriptor manifest =
                blobs.put(
                        MediaTypes.OCI_MANIFEST,
                        OciJson.write(Manifest.class, Manifest.of(config, List.of(layer))));
        blobs.put(MediaTypes.OCI_INDEX, OciJson.write(Index.class, Index.of(List.of(manifest))));
        holdsBothSteps(CacheContent.read(blobs, "somewhere"));
    }

    @Test
    void recordsOfAnotherEngineAreCountedAndNotTaken() {
        Memory blobs = new Memory();
        Descriptor layer = layer(blobs);
        String foreign =
                """
                {"layers":[{"blob":"%s","parent":-1,"annotations":{"mediaType":"%s","diffID":"%s","size":5,
                 "createdAt":"2026-01-02T03:04:05Z"}}],
                 "records":[{"digest":"sha256:%s"},
                  {"layers":[{"layer":0,"createdAt":"2026-01-02T03:04:05Z"}],"digest":"sha256:%s",
                   "inputs":[[{"selector":"/x","link":0}]]}]}\
                """
                        .formatted(layer.digest(), layer.mediaType(), DIFF, KEY, KEY);
        Descriptor config = blobs.put(CacheConfig.TYPE, foreign.getBytes(StandardCharsets.UTF_8));
        blobs.put(
                MediaTypes.OCI_MANIFEST,
                OciJson.write(Manifest.class, Manifest.of(config, List.of(layer))));
        CacheContent content = CacheContent.read(blobs, "somewhere");
        assertThat(content.steps()).isEmpty();
        assertThat(content.foreign()).isEqualTo(2);
    }

    @Test
    void bothFormsOfTheOptionAreRead() {
        assertThat(
                        CacheImports.options(
                                Map.of(
                                        "cache-imports",
                                        "[{\"Type\":\"registry\",\"Attrs\":{\"ref\":\"a/b:1\"}}]")))
                .containsExactly(new CacheOption("registry", Map.of("ref", "a/b:1")));
        assertThat(CacheImports.options(Map.of("cache-from", "a,b"))).hasSize(2);
        assertThat(CacheImports.options(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"moby.buildkit.cache.v0\":\"%%%\",\"rootfs\":{\"diff_ids\":[]}}",
                "{\"moby.buildkit.cache.v0\":\"W10=\",\"rootfs\":{}}",
                "[]",
                "null"
            })
    void whatIsNoCacheIsRefused(String config) {
        Memory blobs = new Memory();
        Descriptor image =
                blobs.put(MediaTypes.OCI_CONFIG, config.getBytes(StandardCharsets.UTF_8));
        blobs.put(
                MediaTypes.OCI_MANIFEST,
                OciJson.write(Manifest.class, Manifest.of(image, List.of())));
        assertThatThrownBy(() -> CacheContent.read(blobs, "r")).isInstanceOf(InvalidArgument.class);
    }
}
