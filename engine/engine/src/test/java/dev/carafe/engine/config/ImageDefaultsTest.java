package dev.carafe.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.RunConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImageDefaultsTest {
    private static RunConfig image(String json) {
        ImageConfig config =
                OciJson.config(
                        ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":"
                                        + json
                                        + ",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}")
                                .getBytes(StandardCharsets.UTF_8));
        return config.config();
    }

    /// asked entrypoint, asked command, image's entrypoint `/entry` and command `a,b` -> merged.
    static Stream<Arguments> commandLines() {
        return Stream.of(
                Arguments.of(null, null, List.of("/entry"), List.of("a", "b")),
                Arguments.of(null, List.of("x"), List.of("/entry"), List.of("x")),
                Arguments.of(List.of("/mine"), null, List.of("/mine"), List.of()),
                Arguments.of(List.of("/mine"), List.of("x"), List.of("/mine"), List.of("x")),
                Arguments.of(List.of(), null, List.of(), List.of("a", "b")),
                Arguments.of(List.of(""), List.of("x"), List.of(), List.of("x")));
    }

    @ParameterizedTest
    @MethodSource("commandLines")
    void entrypointAndCommandAreMergedByDockersRules(
            List<String> entrypoint,
            List<String> command,
            List<String> wantEntry,
            List<String> wantCommand) {
        ContainerConfig merged =
                merge(
                        entrypoint,
                        command,
                        image("{\"Entrypoint\":[\"/entry\"],\"Cmd\":[\"a\",\"b\"]}"));
        assertThat(merged.entrypoint()).isEqualTo(wantEntry);
        assertThat(merged.command()).isEqualTo(wantCommand);
    }

    @Test
    void nothingToRunIsRefused() {
        RunConfig image = image("{}");
        assertThatThrownBy(() -> merge(null, null, image))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("no command specified");
        RunConfig withEntry = image("{\"Entrypoint\":[\"/entry\"],\"Cmd\":[\"a\"]}");
        assertThatThrownBy(() -> merge(List.of(""), null, withEntry))
                .hasMessage("no command specified");
    }

    @Test
    void theImagesVariablesComeAfterTheClientsUnlessNamedThere() {
        ContainerConfig asked =
                ContainerConfig.of("i", List.of("x")).withEnv(List.of("A=mine", "GONE"));
        ContainerConfig merged =
                ImageDefaults.merge(
                        asked, image("{\"Env\":[\"PATH=/bin\",\"A=image\",\"GONE=1\",\"E=a=b\"]}"));
        assertThat(merged.env()).containsExactly("A=mine", "GONE", "PATH=/bin", "E=a=b");
    }

    @Test
    void labelsPortsAndVolumesAreUnited() {
        ContainerConfig asked =
                ContainerConfig.of("i", List.of("x"))
                        .withLabels(Map.of("both", "mine"))
                        .withVolumes(Set.of("/mine"));
        ContainerConfig merged =
                ImageDefaults.merge(
                        asked,
                        image(
                                "{\"Labels\":{\"both\":\"image\",\"other\":\"1\"},\"ExposedPorts\":{\"80/tcp\":{}},"
                                        + "\"Volumes\":{\"/data\":{}},\"WorkingDir\":\"/w\",\"User\":\"u\",\"StopSignal\":\"INT\"}"));
        assertThat(merged.labels())
                .containsOnly(Map.entry("both", "mine"), Map.entry("other", "1"));
        assertThat(merged.exposedPorts()).containsExactly("80/tcp");
        assertThat(merged.volumes()).containsExactlyInAnyOrder("/mine", "/data");
        assertThat(merged.workingDir()).isEqualTo("/w");
        assertThat(merged.user()).isEqualTo("u");
        assertThat(merged.stopSignal()).isEqualTo("INT");
    }

    private static ContainerConfig merge(
            List<String> entrypoint, List<String> command, RunConfig image) {
        ContainerConfig c = ContainerConfig.of("i", command);
        ContainerConfig asked =
                new ContainerConfig(
                        c.image(),
                        command,
                        entrypoint,
                        c.env(),
                        c.workingDir(),
                        c.user(),
                        c.hostname(),
                        c.domainname(),
                        c.tty(),
                        c.openStdin(),
                        c.stdinOnce(),
                        c.attachStdin(),
                        c.attachStdout(),
                        c.attachStderr(),
                        c.labels(),
                        c.exposedPorts(),
                        c.volumes(),
                        c.healthcheck(),
                        c.stopSignal(),
                        c.stopTimeoutSeconds(),
                        c.networkDisabled(),
                        c.onBuild(),
                        c.shell(),
                        c.macAddress(),
                        c.argsEscaped());
        return ImageDefaults.merge(asked, image);
    }
}
