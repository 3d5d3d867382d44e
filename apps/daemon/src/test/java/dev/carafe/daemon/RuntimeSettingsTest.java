package dev.carafe.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.daemon.options.Settings;
import dev.carafe.engine.config.RuntimeOptions;
import dev.carafe.runtime.ExternalRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeSettingsTest {
    @TempDir private Path folder;

    @Test
    void runtimesComeFromFileAndLine() throws IOException {
        RuntimeOptions options =
                options(
                        """
                        {"runtimes": {"a": {"path": "/a", "runtimeArgs": ["--x", "y z"]},
                                      "b": {"runtimeType": "io.containerd.runc.v2",
                                            "options": {"BinaryName": "/b", "SystemdCgroup": false}}},
                         "default-runtime": "a", "exec-root": "/run/x"}
                        """,
                        "--add-runtime",
                        "c=/c=d");
        assertThat(options.external().values())
                .containsExactlyInAnyOrder(
                        runtime("a", "/a", "--x", "y z"), runtime("b", "/b"), runtime("c", "/c=d"));
        assertThat(options.find("")).contains(runtime("a", "/a", "--x", "y z"));
        assertThat(options.chosen("")).isEqualTo("a");
        assertThat(options.find("runc")).isEmpty();
        assertThatThrownBy(() -> options.find("d"))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("unknown or invalid runtime name: d");
    }

    @Test
    void withoutAnyThereIsTheBuiltInOne() throws IOException {
        assertThat(options("{}")).isEqualTo(RuntimeOptions.builtInOnly());
        assertThat(options("{}").chosen("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'runtimes': {'runc': {'path': '/x'}}}|runtime name 'runc' is reserved",
                "{'default-runtime': 'x'}|specified default runtime 'x' does not exist",
                "{'runtimes': {'x': {}}}|runtime x: either a runtimeType or a path must be configured",
                "{'runtimes': {'x': {'path': '/x', 'runtimeType': 'y'}}}|runtime x: cannot configure both path and runtimeType for the same runtime",
                "{'runtimes': {'x': {'path': '/x', 'options': {'A': 1}}}}|runtime x: options cannot be used with a path runtime",
                "{'runtimes': {'x': {'runtimeType': 'y', 'runtimeArgs': ['z']}}}|runtime x: args cannot be used with a runtimeType runtime",
                "{'runtimes': {'x': {'runtimeType': 'io.containerd.kata.v2'}}}|runtime x: the runtimeType io.containerd.kata.v2 is a shim of containerd",
                "{'runtimes': {'x': {'runtimeType': 'io.containerd.runc.v2'}}}|runtime x: its options have no BinaryName",
                "{'runtimes': {'x': '/x'}}|runtime x: it must be an object",
                "{'runtimes': {'x/y': {'path': '/x'}}}|runtime x/y: a name can't have slashes",
            })
    void whatCanNotBeIsRefused(String json, String sentence) {
        assertThatThrownBy(() -> options(json.replace('\'', '"')))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining(sentence);
    }

    private static ExternalRuntime runtime(String name, String path, String... arguments) {
        return new ExternalRuntime(
                name, path, List.of(arguments), Path.of("/run/x/runtime-" + name));
    }

    private RuntimeOptions options(String json, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("daemon.json"), json);
        List<String> words = new ArrayList<>(List.of("--config-file", file.toString()));
        words.addAll(List.of(more));
        return RuntimeSettings.of(Settings.of(words));
    }
}
