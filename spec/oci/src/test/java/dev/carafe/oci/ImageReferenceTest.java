package dev.carafe.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String HEX =
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    @ParameterizedTest
    @CsvSource({
        "busybox, docker.io/library/busybox, busybox",
        "busybox:1.36, docker.io/library/busybox:1.36, busybox:1.36",
        "library/busybox, docker.io/library/busybox, busybox",
        "docker.io/busybox, docker.io/library/busybox, busybox",
        "index.docker.io/library/busybox:x, docker.io/library/busybox:x, busybox:x",
        "docker.io/library/busybox, docker.io/library/busybox, busybox",
        "user/app, docker.io/user/app, user/app",
        "user/deep/app:1, docker.io/user/deep/app:1, user/deep/app:1",
        "library/a/b, docker.io/library/a/b, library/a/b",
        "localhost/app, localhost/app, localhost/app",
        "localhost:5000/app:2, localhost:5000/app:2, localhost:5000/app:2",
        "127.0.0.1:5000/app, 127.0.0.1:5000/app, 127.0.0.1:5000/app",
        "[::1]:5000/app, [::1]:5000/app, [::1]:5000/app",
        "ghcr.io/o/r:v1.2, ghcr.io/o/r:v1.2, ghcr.io/o/r:v1.2",
        "Host/app, Host/app, Host/app",
        "registry.example.com/app, registry.example.com/app, registry.example.com/app",
        "a__b/c-d.e_f, docker.io/a__b/c-d.e_f, a__b/c-d.e_f",
        "foo_bar.com:8080, docker.io/library/foo_bar.com:8080, foo_bar.com:8080",
        "app:A.b_c-D, docker.io/library/app:A.b_c-D, app:A.b_c-D",
        "xn--n3h.com/app, xn--n3h.com/app, xn--n3h.com/app",
    })
    void readsDockersForms(String text, String full, String familiar) {
        ImageReference reference = ImageReference.parse(text);
        assertThat(reference.full()).isEqualTo(full);
        assertThat(reference.familiar()).isEqualTo(familiar);
        assertThat(ImageReference.parse(reference.full())).isEqualTo(reference);
        assertThat(ImageReference.parse(reference.familiar())).isEqualTo(reference);
    }

    @Test
    void aDigestStandsBesideTheTag() {
        ImageReference both = ImageReference.parse("app:1@sha256:" + HEX);
        assertThat(both.tag()).isEqualTo("1");
        assertThat(both.digest()).isEqualTo(new Digest("sha256", HEX));
        assertThat(both.familiar()).isEqualTo("app:1@sha256:" + HEX);
        assertThat(both.familiarName()).isEqualTo("app");
        assertThat(both.withDefaultTag()).isEqualTo(both);
        assertThat(ImageReference.parse("app@sha256:" + HEX).withDefaultTag().tag()).isNull();
    }

    @Test
    void theTagIsLatestOnlyWhenAskedFor() {
        assertThat(ImageReference.parse("app").tag()).isNull();
        assertThat(ImageReference.parse("app").withDefaultTag().familiar()).isEqualTo("app:latest");
        assertThat(ImageReference.parse("app:2").withDefaultTag().familiar()).isEqualTo("app:2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "/",
                "a/",
                "/a",
                "a//b",
                "-a",
                "a-",
                "a..b",
                "a___b",
                "a b",
                "app:",
                "app:-x",
                "app:a/b:c d",
                "UPPER",
                "user/UPPER",
                "app@",
                "app@sha256:12",
                "app@md5:" + HEX,
                "host:port/app",
                "[::1/app",
                "a.-b/c",
                "app:\n",
                "app\n",
                "\u00e4pp",
                "a:b:c",
                "docker.io/"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("invalid reference format");
    }

    @Test
    void lengthsAreBounded() {
        assertThat(ImageReference.isTag("x".repeat(128))).isTrue();
        assertThat(ImageReference.isTag("x".repeat(129))).isFalse();
        assertThatThrownBy(() -> ImageReference.parse("x".repeat(250)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("must not be more than 255 characters");
        assertThatThrownBy(() -> ImageReference.parse("a".repeat(100_000) + "!"))
                .isInstanceOf(InvalidArgument.class);
        assertThatThrownBy(() -> ImageReference.parse("a-".repeat(20_000) + "/b"))
                .isInstanceOf(InvalidArgument.class);
    }

    @Test
    void anIdIsNoName() {
        assertThatThrownBy(() -> ImageReference.parse(HEX))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(
                        "invalid repository name ("
                                + HEX
                                + "), cannot specify 64-byte hexadecimal strings");
        assertThat(ImageReference.parse(HEX.substring(1)).familiar()).isEqualTo(HEX.substring(1));
    }

    @Test
    void digestsAreChecked() {
        assertThat(Digest.parse("sha256:" + HEX).shortHex()).isEqualTo("9f86d081884c");
        assertThat(Digest.of("test".getBytes()).toString()).isEqualTo("sha256:" + HEX);
        assertThat(Digest.isDigest("sha256:" + HEX)).isTrue();
        assertThat(Digest.isDigest("sha256:" + HEX.toUpperCase())).isFalse();
        for (String wrong :
                new String[] {
                    "",
                    HEX,
                    "sha256:" + HEX.substring(1),
                    "sha256:" + HEX + "0",
                    "md5:" + HEX,
                    "sha256:../" + HEX.substring(3)
                }) {
            assertThat(Digest.isDigest(wrong)).isFalse();
            assertThatThrownBy(() -> Digest.parse(wrong)).isInstanceOf(InvalidArgument.class);
        }
    }

    @Test
    void platformsHaveGoNames() {
        assertThat(Platform.parse("linux/aarch64")).isEqualTo(Platform.of("linux", "arm64"));
        assertThat(Platform.parse("linux/arm64/v8").fits(Platform.parse("linux/arm64"))).isTrue();
        assertThat(Platform.parse("linux/arm/v6").fits(Platform.parse("linux/arm/v7"))).isFalse();
        assertThatThrownBy(() -> Platform.parse("linux/")).isInstanceOf(InvalidArgument.class);
    }
}
