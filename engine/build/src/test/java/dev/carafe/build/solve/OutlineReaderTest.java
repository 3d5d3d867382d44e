package dev.carafe.build.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.steps.StepSpec.StepLimits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutlineReaderTest {
    private static final String FILE =
            """
            ARG lent=lo
            ARG other=x
            # base is what all stand on
            ARG base="he${lent}"
            FROM ${base} AS first
            ARG GIVEN=1
            RUN --mount=type=secret,id=key${GIVEN},required true
            FROM ${other} AS apart
            ARG NEVER
            RUN --mount=type=ssh true
            # last is the one
            FROM first AS last
            # NAME who it is
            ARG NAME lent
            ENV AGENT=a
            RUN --mount=type=ssh,id=${AGENT} true
            FROM scratch
            """;

    private static Outline of(@Nullable String target, Map<String, String> given) {
        return OutlineReader.read(
                FILE,
                new SolveOptions(
                        target,
                        Map.copyOf(given),
                        Map.of(),
                        "default",
                        false,
                        Set.of(),
                        List.of(),
                        false,
                        true,
                        true,
                        null,
                        false,
                        true,
                        StepLimits.NONE));
    }

    @Test
    void onlyWhatTheTargetNeedsIsTold() {
        Outline outline = of("last", Map.of("GIVEN", "7"));
        assertThat(outline.name()).isEqualTo("last");
        assertThat(outline.description()).isEqualTo("is the one");
        assertThat(outline.arguments())
                .extracting(Outline.Argument::name, Outline.Argument::value)
                .containsExactly(
                        tuple("lent", "lo"),
                        tuple("base", "helo"),
                        tuple("GIVEN", "7"),
                        tuple("NAME", ""));
        assertThat(outline.arguments().get(1).description()).isEqualTo("is what all stand on");
        assertThat(outline.arguments().get(3).description()).isEqualTo("who it is");
    }

    @Test
    void secretsAndAgentsHaveTheValuesOfTheirVariables() {
        Outline outline = of("last", Map.of());
        assertThat(outline.secrets()).hasSize(1);
        assertThat(outline.secrets().getFirst().name()).isEqualTo("key1");
        assertThat(outline.secrets().getFirst().required()).isTrue();
        assertThat(outline.secrets().getFirst().source().firstLine()).isEqualTo(7);
        assertThat(outline.agents()).extracting(Outline.Need::name).containsExactly("a");
    }

    @Test
    void aTargetThatIsNotThereIsSaid() {
        assertThat(of(null, Map.of()).arguments()).isEmpty();
        assertThatThrownBy(() -> of("lust", Map.of()))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("target stage \"lust\" could not be found");
    }
}
