package dev.carafe.build.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.NameSet;
import dev.carafe.oci.RunConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigChangesTest {
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

    @Test
    void variablesHaveTheValuesSoFar() {
        RunConfig base = changed("ENV PATH=/bin DIR=/srv");
        RunConfig config =
                ConfigChanges.apply(
                        base,
                        List.of(
                                "ENV PATH=/usr/bin:$PATH BEFORE=$PATH",
                                "ENV AFTER=${PATH} NONE=$NONE DEFAULT=${NONE:-none}",
                                "LABEL where=$DIR as=\\$DIR",
                                "USER ${NAME:-somebody}",
                                "WORKDIR $DIR/data",
                                "VOLUME $DIR/kept",
                                "EXPOSE ${PORT:-80}",
                                "CMD echo $DIR"));
        assertThat(config.env())
                .containsExactly(
                        "PATH=/usr/bin:/bin",
                        "DIR=/srv",
                        "BEFORE=/bin",
                        "AFTER=/usr/bin:/bin",
                        "NONE=",
                        "DEFAULT=none");
        assertThat(config.labels()).isEqualTo(Map.of("where", "/srv", "as", "$DIR"));
        assertThat(config.user()).isEqualTo("somebody");
        assertThat(config.workingDir()).isEqualTo("/srv/data");
        assertThat(config.volumesOrEmpty().names()).containsExactly("/srv/kept");
        assertThat(config.exposedPortsOrEmpty().names()).containsExactly("80/tcp");
        assertThat(config.cmd()).containsExactly("/bin/sh", "-c", "echo $DIR");
    }

    @Test
    void aTriggerNeedsNoMeaningYet() {
        assertThat(changed("ONBUILD /bin/make all").onBuild()).containsExactly("/bin/make all");
    }

    @Test
    void anImageWithoutVariablesGetsNone() {
        assertThat(changed("USER u").env()).isNull();
        assertThat(changed("ENV A=$PATH").env()).containsExactly("A=");
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
                "EXPOSE 80/icmp | invalid proto: icmp",
                "run x | run is not a valid change command",
                "ADD x | ADD is not a valid change command",
                "SHELL x | SHELL is not a valid change command",
                "# nothing | file with no instructions",
                "ONBUILD FROM x | FROM isn't allowed as an ONBUILD trigger",
                "STOPSIGNAL 9x | invalid signal: 9x",
                "HEALTHCHECK --interval=x CMD y | time: invalid duration \"x\"",
                "HEALTHCHECK RUN y | Unknown type \"RUN\" in HEALTHCHECK (try CMD)"
            })
    void wrongInstructionsAreRefused(String change, String message) {
        assertThatThrownBy(() -> changed(change))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(message);
    }
}
