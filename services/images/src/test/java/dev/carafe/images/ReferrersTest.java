package dev.carafe.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.NotFound;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.Digest;
import dev.carafe.oci.Index;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.OciJson;
import dev.carafe.registry.Credentials;
import dev.carafe.registry.Registries;
import dev.carafe.registry.RegistryOptions;
import dev.carafe.testkit.Packing;
import dev.carafe.testkit.TestRegistry;
import dev.carafe.testkit.TinyImages;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReferrersTest {
    private static final String SIGNATURE = "application/vnd.example.signature+json";
    private final TestRegistry server = new TestRegistry();
    private final Digest image =
            server.put("app", "1", TinyImages.named("app:1").build(), Packing.GZIP);
    private final ImageQuestion question =
            new ImageQuestion(new Registries(RegistryOptions::defaults));

    @AfterEach
    void stop() {
        server.close();
    }

    private ImageQuestion.Referring ask(String tag, String type) {
        return question.referrers(server.name("app:" + tag), type, Credentials.NONE);
    }

    private static Descriptor artifact(String type, String content) {
        byte[] bytes = content.getBytes(UTF_8);
        return new Descriptor(
                MediaTypes.OCI_MANIFEST,
                Digest.of(bytes),
                bytes.length,
                null,
                Map.of("who", content),
                null,
                type);
    }

    private static byte[] index(Descriptor... of) {
        return OciJson.write(Index.class, Index.of(List.of(of)));
    }

    @Test
    void theListIsReadPageByPageAndFilteredHereToo() {
        Descriptor first = artifact(SIGNATURE, "one");
        Descriptor other = artifact("application/spdx+json", "two");
        Descriptor last = artifact(SIGNATURE, "three");
        server.fault(call -> {
            if (!call.path().equals("/v2/app/referrers/" + image)) {
                return false;
            }
            if (call.query().contains("page=2")) {
                call.send(200, index(last));
            } else {
                call.header("Link", "<" + call.path() + "?page=2>; rel=\"next\"");
                call.send(200, index(first, other));
            }
            return true;
        });
        assertThat(ask("1", "").subject().digest()).isEqualTo(image);
        assertThat(ask("1", "").referrers()).containsExactly(first, other, last);
        assertThat(ask("1", SIGNATURE).referrers()).containsExactly(first, last);
        assertThat(server.requests()).anyMatch(r -> r.contains("/referrers/" + image));
    }

    @Test
    void whereTheRegistryDoesNotKnowTheQuestionTheListIsUnderATag() {
        Descriptor signature = artifact(SIGNATURE, "one");
        Descriptor other = artifact("application/spdx+json", "two");
        String tag = "sha256-" + image.hex();
        server.putManifest("app", tag, MediaTypes.OCI_INDEX, index(signature, other));
        assertThat(ask("1", "").referrers()).containsExactly(signature, other);
        assertThat(ask("1", SIGNATURE).referrers()).containsExactly(signature);
    }

    @Test
    void whatNobodyRefersToHasAnEmptyList() {
        assertThat(ask("1", "").referrers()).isEmpty();
    }

    @Test
    void anImageThatIsNotThereIsTold() {
        assertThatThrownBy(() -> ask("nothing", ""))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("app:nothing");
    }

    @Test
    void aListThatIsNoneIsTold() {
        server.fault(call -> {
            if (call.path().contains("/referrers/")) {
                call.send(200, "<html>".getBytes(UTF_8));
                return true;
            }
            return false;
        });
        assertThatThrownBy(() -> ask("1", ""))
                .hasMessageContaining("list of referrers is unreadable");
    }
}
