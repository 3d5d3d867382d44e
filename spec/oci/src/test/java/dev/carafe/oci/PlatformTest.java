package dev.carafe.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64",
        "linux/x86_64, linux/amd64",
        "linux/arm, linux/arm/v7",
        "linux/arm/v6, linux/arm/v6",
        "linux/arm64/v8, linux/arm64/v8",
        "arm64, linux/arm64",
        "aarch64, linux/arm64",
        "arm, linux/arm/v7",
        "windows(10.0.17763)/amd64, windows/amd64",
        "LINUX/AMD64, linux/amd64",
        "macos/arm64, darwin/arm64",
        "sparc64, linux/sparc64",
        "linux/i386, linux/386",
        "armel, linux/arm/v6",
        "linux/arm/7, linux/arm/v7",
        "linux/arm64/8, linux/arm64/v8",
        "linux/amd64/v1, linux/amd64",
        "linux/amd64/V3, linux/amd64/v3",
    })
    void platformsAreReadAsContainerdReadsThem(String text, String platform) {
        assertThat(Platform.parse(text)).hasToString(platform);
    }

    @Test
    void aSystemMayHaveAVersion() {
        assertThat(Platform.parse("windows(10.0.17763)/amd64").osVersion()).isEqualTo("10.0.17763");
        assertThat(Platform.parse("linux").architecture())
                .isEqualTo(Platform.host().architecture());
    }

    @ParameterizedTest
    @CsvSource({"nothing", "nintendo64", "'      '", "/", "linux/", "linux/a/b/c", "li nux/amd64"})
    void whatIsNoPlatformIsRefused(String text) {
        assertThatThrownBy(() -> Platform.parse(text)).isInstanceOf(InvalidArgument.class);
    }

    @Test
    void theWrongPartIsNamedInContainerdsWords() {
        assertThatThrownBy(() -> Platform.parse("linux/"))
                .hasMessage(
                        "\"\" is an invalid component of \"linux/\": platform specifier component"
                                + " must match \"^[A-Za-z0-9_.-]+$\": invalid argument");
        assertThatThrownBy(() -> Platform.parse("li nux/amd64"))
                .hasMessageStartingWith(
                        "\"li nux\" is an invalid OS component of \"li nux/amd64\"");
        assertThatThrownBy(() -> Platform.parse("nintendo64"))
                .hasMessage(
                        "\"nintendo64\": unknown operating system or architecture: invalid"
                                + " argument");
        assertThatThrownBy(() -> Platform.parse("  "))
                .hasMessageStartingWith("\"  \" is an invalid OS component of \"  \"");
    }
}
