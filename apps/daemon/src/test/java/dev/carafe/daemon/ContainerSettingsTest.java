package dev.carafe.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.daemon.options.Settings;
import dev.carafe.engine.config.ContainerDefaults;
import dev.carafe.engine.config.ResourceConfig.Ulimit;
import dev.carafe.snapshots.OwnerMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerSettingsTest {
    @TempDir private Path folder;

    private ContainerDefaults of(String json, String... flags) throws Exception {
        Path file = Files.writeString(folder.resolve("daemon.json"), json);
        List<String> all = new ArrayList<>(List.of("--config-file", file.toString()));
        all.addAll(List.of(flags));
        return ContainerSettings.of(Settings.of(all));
    }

    @Test
    void whatIsNotSaidIsDockers() throws Exception {
        assertThat(of("{}")).isEqualTo(ContainerDefaults.docker());
    }

    @Test
    void theProfileOfAFileIsReadAtTheStart() throws Exception {
        String profile = "{\"defaultAction\":\"SCMP_ACT_ALLOW\"}";
        Path file = Files.writeString(folder.resolve("profile.json"), profile);
        assertThat(of("{\"seccomp-profile\": \"" + file + "\"}").seccomp()).isEqualTo(profile);
        assertThat(of("{}", "--seccomp-profile", "unconfined").seccomp()).isEqualTo("unconfined");
        assertThat(of("{}", "--seccomp-profile", "builtin").seccomp()).isEmpty();
        assertThatThrownBy(() -> of("{}", "--seccomp-profile", "/does/not/exist"))
                .hasMessageStartingWith("opening seccomp profile (/does/not/exist) failed");
    }

    @Test
    void flagsAndFileSayTheSame() throws Exception {
        ContainerDefaults wanted =
                new ContainerDefaults(
                        true,
                        128L << 20,
                        "shareable",
                        "host",
                        3,
                        true,
                        List.of(new Ulimit("nofile", 1024, 2048)),
                        "",
                        OwnerMap.NONE,
                        8L << 20);
        assertThat(
                        of(
                                """
                                {"init": true, "default-shm-size": "128M",
                                 "default-ipc-mode": "shareable", "default-cgroupns-mode": "host",
                                 "storage-opts": ["overlay2.size=8M"],
                                 "default-stop-timeout": 3, "no-new-privileges": true,
                                 "default-ulimits":
                                   {"nofile": {"Name": "nofile", "Hard": 2048, "Soft": 1024}}}
                                """))
                .isEqualTo(wanted);
        assertThat(
                        of(
                                "{}",
                                "--storage-opt",
                                "overlay2.size=8m",
                                "--init",
                                "--default-shm-size=128M",
                                "--default-ipc-mode=shareable",
                                "--default-cgroupns-mode=host",
                                "--default-stop-timeout=3",
                                "--no-new-privileges",
                                "--default-ulimit=nofile=1024:2048"))
                .isEqualTo(wanted);
    }

    @Test
    void wordsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> of("{}", "--default-ipc-mode=host"))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("private, shareable");
        assertThatThrownBy(() -> of("{}", "--default-ulimit=nofile=many"))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("name=soft[:hard]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "none",
            value = {
                "{}||/etc/cdi,/var/run/cdi",
                "{'cdi-spec-dirs': ['/a', '/b']}||/a,/b",
                "{'cdi-spec-dirs': []}||none",
                "{'cdi-spec-dirs': ['']}||none",
                "{'features': {'cdi': false}}||none",
                "{}|--feature=cdi|/etc/cdi,/var/run/cdi",
                "{}|--feature=cdi=false|none",
                "{}|--cdi-spec-dir=/c|/c",
            })
    void specificationsOfDevicesLieWhereDockerdLooks(
            String json, @Nullable String flag, @Nullable String folders) throws IOException {
        Path file = folder.resolve("cdi.json");
        Files.writeString(file, json.replace('\'', '"'));
        List<String> words = new ArrayList<>(List.of("--config-file", file.toString()));
        if (flag != null) {
            words.add(flag);
        }
        assertThat(ContainerSettings.cdiFolders(Settings.of(words)))
                .extracting(Path::toString)
                .containsExactly(folders == null ? new String[0] : folders.split(","));
    }
}
