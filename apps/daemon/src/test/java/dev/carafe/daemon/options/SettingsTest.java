package dev.carafe.daemon.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir Path dir;
    private Path file;

    @BeforeEach
    void emptyFile() throws IOException {
        file = dir.resolve("daemon.json");
        Files.writeString(file, "{}");
    }

    private Settings settings(String... arguments) {
        return Settings.of(
                Stream.concat(Stream.of("--config-file", file.toString()), Arrays.stream(arguments))
                        .toList());
    }

    private Settings withFile(String json, String... arguments) throws IOException {
        Files.writeString(file, json);
        return settings(arguments);
    }

    @Test
    void flagsComeInAllOfDockersForms() {
        Settings s =
                settings(
                        "-H",
                        "unix:///a",
                        "-Htcp://b:1",
                        "--host=tcp://c:2",
                        "-D",
                        "-l=warn",
                        "--data-root",
                        "/d",
                        "--icc=false",
                        "-p",
                        "/p",
                        "--mtu=1400");
        assertThat(s.hosts()).containsExactly("unix:///a", "tcp://b:1", "tcp://c:2");
        assertThat(s.flag("debug", false)).isTrue();
        assertThat(s.text("log-level")).contains("warn");
        assertThat(s.dataRoot()).isEqualTo(Path.of("/d"));
        assertThat(s.flag("icc", true)).isFalse();
        assertThat(s.pidFile()).isEqualTo(Path.of("/p"));
        assertThat(s.number("mtu")).contains(1400);
    }

    @Test
    void nothingGivenIsTheDefaults() {
        Settings s = settings();
        assertThat(s.hosts()).containsExactly("unix:///run/carafe/carafe.sock");
        assertThat(s.dataRoot()).isEqualTo(Path.of("/var/lib/carafe"));
        assertThat(s.execRoot()).isEqualTo(Path.of("/run/carafe"));
        assertThat(s.pidFile()).isEqualTo(Path.of("/run/carafe/carafe.pid"));
        assertThat(s.flag("icc", true)).isTrue();
    }

    @Test
    void thePidFileFollowsTheExecRoot() {
        assertThat(settings("--exec-root", "/x/y").pidFile()).isEqualTo(Path.of("/x/y/carafe.pid"));
    }

    @Test
    void badFlagsAreNamed() {
        assertThatThrownBy(() -> settings("--nonsense"))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("unknown flag: --nonsense");
        assertThatThrownBy(() -> settings("-Z")).hasMessage("unknown shorthand flag: 'Z' in -Z");
        assertThatThrownBy(() -> settings("--data-root"))
                .hasMessage("flag needs an argument: --data-root");
        assertThatThrownBy(() -> settings("--icc=maybe"))
                .hasMessageContaining("invalid argument \"maybe\" for \"--icc\" flag");
        assertThatThrownBy(() -> settings("--mtu", "big"))
                .hasMessageContaining("invalid argument \"big\"");
        assertThatThrownBy(() -> settings("run")).hasMessageContaining("accepts no arguments");
    }

    @Test
    void theFileHasDockersKeys() throws IOException {
        Settings s =
                withFile(
                        """
                        {"hosts": ["unix:///a", "tcp://0.0.0.0:2376"], "debug": true, "mtu": 1400, "data-root": "/d",
                         "labels": ["a=b"], "registry-mirrors": ["https://m"], "live-restore": true,
                         "log-opts": {"max-size": "10m"}, "features": {"buildkit": true},
                         "default-address-pools": [{"base": "10.0.0.0/8", "size": 24}],
                         "proxies": {"http-proxy": "http://p"}, "runtimes": {"x": {"path": "/x"}}}
                        """);
        assertThat(s.hosts()).containsExactly("unix:///a", "tcp://0.0.0.0:2376");
        assertThat(s.flag("debug", false)).isTrue();
        assertThat(s.number("mtu")).contains(1400);
        assertThat(s.list("default-address-pool")).containsExactly("base=10.0.0.0/8,size=24");
        assertThat(s.object("proxies")).containsEntry("http-proxy", "http://p");
        assertThat(s.withoutEffect())
                .contains("--live-restore")
                .doesNotContain("--log-opt", "runtimes", "--feature");
        assertThat(s.object("runtimes")).containsEntry("x", "{\"path\":\"/x\"}");
        assertThat(s.object("log-opts")).containsEntry("max-size", "10m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"authorization-plugins\": [\"guard\"]}",
                "{\"rootless\": true}",
                "{\"selinux-enabled\": true}",
            })
    void protectionsThatAreNotThereKeepTheDaemonFromStarting(String json) throws IOException {
        Settings settings = withFile(json);
        assertThatThrownBy(() -> Protections.check(settings, file))
                .hasMessageStartingWith("unable to configure the daemon: ");
    }

    @Test
    void withoutProtectionsTheDaemonStarts() throws IOException {
        Settings settings =
                withFile(
                        """
                        {"authorization-plugins": [], "rootless": false,
                         "selinux-enabled": true}
                        """);
        Protections.check(settings, file.resolveSibling("no-selinux"));
    }

    @Test
    void unknownKeysAreNamed() {
        assertThatThrownBy(() -> withFile("{\"foo\": 1, \"debug\": true, \"bar\": {}}"))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining(
                        "the following directives don't match any configuration option: foo, bar")
                .hasMessageContaining(file.toString());
    }

    @Test
    void anOptionInBothPlacesIsAConflict() {
        assertThatThrownBy(() ->
                        withFile(
                                "{\"hosts\": [\"unix:///a\"], \"debug\": true}",
                                "-H",
                                "unix:///b",
                                "--icc"))
                .hasMessageContaining(
                        "specified both as a flag and in the configuration file: "
                                + "hosts: (from flag: unix:///b, from file: unix:///a)")
                .hasMessageNotContaining("debug:");
    }

    @Test
    void valuesOfTheWrongKindAreRefused() {
        assertThatThrownBy(() -> withFile("{\"debug\": \"yes\"}"))
                .hasMessageContaining("debug must be true or false");
        assertThatThrownBy(() -> withFile("{\"hosts\": \"x\"}"))
                .hasMessageContaining("hosts must be a list");
        assertThatThrownBy(() -> withFile("{\"mtu\": 1.5}"))
                .hasMessageContaining("mtu must be a whole number");
        assertThatThrownBy(() -> withFile("[1]")).hasMessageContaining("no JSON object");
        assertThatThrownBy(() -> withFile("{")).hasMessageContaining("no JSON");
    }

    @Test
    void aMissingFileThatWasNamedIsAnError() {
        assertThatThrownBy(
                        () -> Settings.of(List.of("--config-file", dir.resolve("none").toString())))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("can't be read");
    }

    @Test
    void anEmptyFileIsFine() throws IOException {
        assertThat(withFile("").hosts()).hasSize(1);
    }

    @Test
    void theHelpNamesEveryFlagOnceAndFitsTheLine() {
        String help = Help.text();
        for (Option o : new OptionTable().options()) {
            if (!o.name().isEmpty()) {
                assertThat(help)
                        .containsOnlyOnce(
                                "--"
                                        + o.name()
                                        + (o.value().isEmpty() ? " " : " " + o.value() + " "));
                assertThat(o.help()).doesNotEndWith(".");
            }
        }
        assertThat(help.lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    @Test
    void everyFlagAndKeyIsThereOnce() {
        List<Option> options = new OptionTable().options();
        assertThat(options.stream().map(Option::name).filter(n -> !n.isEmpty()))
                .doesNotHaveDuplicates();
        assertThat(options.stream().map(Option::key).filter(n -> !n.isEmpty()))
                .doesNotHaveDuplicates();
        assertThat(options.stream().map(Option::letter).filter(c -> c != 0))
                .doesNotHaveDuplicates();
    }
}
