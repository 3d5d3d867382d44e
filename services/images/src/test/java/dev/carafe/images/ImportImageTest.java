package dev.carafe.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageReference;
import dev.carafe.oci.NameSet;
import dev.carafe.oci.Platform;
import dev.carafe.oci.RunConfig;
import dev.carafe.testkit.Packing;
import dev.carafe.testkit.TinyTar;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportImageTest {
    private static final Instant NOW = Instant.parse("2025-06-07T08:09:10Z");

    @Test
    void aRootFileSystemBecomesAnImageOfOneLayer(@TempDir Path temp) {
        Shelf shelf = new Shelf(temp);
        byte[] tar = new TinyTar().dir("bin").file("bin/sh", "sh").bytes();
        Image image =
                new ImportImage(shelf.store, Clock.fixed(NOW, ZoneOffset.UTC))
                        .run(
                                new ByteArrayInputStream(Packing.GZIP.pack(tar)),
                                List.of("CMD [\"/bin/sh\"]", "ENV A=b"),
                                "Imported from -",
                                ImageReference.parse("mine"),
                                Platform.parse("linux/arm64/v8"));
        assertThat(shelf.store.get("mine:latest")).isEqualTo(image);
        assertThat(image.config().rootfs().diffIds()).containsExactly(Digest.of(tar));
        assertThat(image.config().config().cmd()).containsExactly("/bin/sh");
        assertThat(image.config().platform().toString()).isEqualTo("linux/arm64/v8");
        assertThat(image.created()).isEqualTo(NOW);
        assertThat(image.config().history()).hasSize(1);
        assertThat(image.config().history().getFirst().comment()).isEqualTo("Imported from -");
        assertThat(image.sizeBytes()).isEqualTo(2);
    }

    @Test
    void aBadInstructionImportsNothing(@TempDir Path temp) {
        Shelf shelf = new Shelf(temp);
        byte[] tar = new TinyTar().file("x", "x").bytes();
        assertThatThrownBy(() ->
                        new ImportImage(shelf.store)
                                .run(new ByteArrayInputStream(tar), List.of("RUN x"), "", null))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("RUN is not a valid change command");
        byte[] broken = new byte[700];
        broken[0] = 'x';
        assertThatThrownBy(() ->
                        new ImportImage(shelf.store)
                                .run(new ByteArrayInputStream(broken), List.of(), "", null))
                .isInstanceOf(InvalidArgument.class);
        assertThat(shelf.isEmpty()).isTrue();
    }

    private static RunConfig changed(String... changes) {
        return ConfigChanges.apply(RunConfig.EMPTY, List.of(changes));
    }

    @Test
    void instructionsChangeTheConfiguration() {
        RunConfig config =
                changed(
                        "cmd echo $HOME",
                        "ENTRYPOINT [\"/entry\", \"a b\"]",
                        "ENV A=1 B=\"two words\" C=three\\ words",
                        "ENV OLD the rest of it",
                        "env A=2",
                        "EXPOSE 80 53/udp 8000-8002/TCP",
                        "LABEL a=b \"c d\"=e",
                        "ONBUILD RUN make",
                        "STOPSIGNAL SIGINT",
                        "USER nobody:nogroup",
                        "VOLUME [\"/a\", \"/b c\"]",
                        "VOLUME /d /e",
                        "WORKDIR /srv",
                        "WORKDIR app/../data",
                        "HEALTHCHECK --interval=5s --retries=2 CMD curl localhost");
        assertThat(config.cmd()).containsExactly("/bin/sh", "-c", "echo $HOME");
        assertThat(config.entrypoint()).containsExactly("/entry", "a b");
        assertThat(config.env())
                .containsExactly("A=2", "B=two words", "C=three words", "OLD=the rest of it");
        assertThat(config.exposedPorts())
                .isEqualTo(NameSet.of("80/tcp", "53/udp", "8000/tcp", "8001/tcp", "8002/tcp"));
        assertThat(config.labels()).isEqualTo(Map.of("a", "b", "c d", "e"));
        assertThat(config.onBuild()).containsExactly("RUN make");
        assertThat(config.stopSignal()).isEqualTo("SIGINT");
        assertThat(config.user()).isEqualTo("nobody:nogroup");
        assertThat(config.volumesOrEmpty().names()).containsExactly("/a", "/b c", "/d", "/e");
        assertThat(config.workingDir()).isEqualTo("/srv/data");
        assertThat(config.healthcheck().test()).containsExactly("CMD-SHELL", "curl localhost");
        assertThat(config.healthcheck().interval()).isEqualTo(5_000_000_000L);
        assertThat(config.healthcheck().retries()).isEqualTo(2);
        assertThat(changed("HEALTHCHECK NONE").healthcheck().test()).containsExactly("NONE");
    }

    @Test
    void whatIsNotChangedStays() {
        RunConfig base = changed("ENV A=1", "LABEL x=y", "CMD [\"a\"]", "USER u");
        RunConfig config = ConfigChanges.apply(base, List.of("ENV B=2"));
        assertThat(config.env()).containsExactly("A=1", "B=2");
        assertThat(config.labels()).isEqualTo(Map.of("x", "y"));
        assertThat(config.user()).isEqualTo("u");
        assertThat(ConfigChanges.apply(base, List.of())).isEqualTo(base);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FROM x | FROM is not a valid change command",
                "NOPE x | NOPE is not a valid change command",
                "NOPE | NOPE is not a valid change command",
                "ENV | ENV requires at least one argument",
                "ENV A | ENV must have two arguments",
                "LABEL a=b c | Syntax error - can't find = in \"c\". Must be of the form: name=value",
                "EXPOSE x | invalid containerPort: x",
                "EXPOSE 70000 | invalid containerPort: 70000",
                "EXPOSE 80/icmp | invalid containerPort: 80/icmp",
                "VOLUME [1 | invalid array: [1",
                "HEALTHCHECK --interval=x CMD y | time: invalid duration \"x\"",
                "HEALTHCHECK RUN y | Unknown type \"RUN\" in HEALTHCHECK (try CMD)"
            })
    void wrongInstructionsAreRefused(String change, String message) {
        assertThatThrownBy(() -> changed(change))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(message);
    }
}
