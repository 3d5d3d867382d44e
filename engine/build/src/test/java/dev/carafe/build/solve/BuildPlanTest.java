package dev.carafe.build.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.DockerfileParser;
import org.junit.jupiter.api.Test;

class BuildPlanTest {
    private static final String FILE =
            """
            FROM busybox AS a
            FROM busybox AS b
            RUN x
            FROM a AS c
            COPY --from=b /x /y
            FROM busybox AS unused
            FROM busybox AS d
            RUN --mount=from=c,target=/c x
            COPY --from=0 /x /y
            """;

    @Test
    void onlyWhatTheTargetNeedsIsBuilt() {
        assertThat(BuildPlan.of(DockerfileParser.parse(FILE), null).order())
                .containsExactly(0, 1, 2, 4);
        assertThat(BuildPlan.of(DockerfileParser.parse(FILE), "C").order())
                .containsExactly(0, 1, 2);
        assertThat(BuildPlan.of(DockerfileParser.parse(FILE), "1").order()).containsExactly(1);
    }

    @Test
    void variablesInNamesOfBasesHaveTheirValues() {
        Dockerfile file = DockerfileParser.parse("FROM x AS a\nFROM x AS b\nFROM $S\n");
        assertThat(BuildPlan.of(file, null).order()).containsExactly(0, 1, 2);
        assertThat(BuildPlan.of(file, null, name -> name.replace("$S", "b"), name -> false).order())
                .containsExactly(1, 2);
    }

    @Test
    void stagesThatTheClientReplacesAreNotBuilt() {
        Dockerfile file = DockerfileParser.parse(FILE);
        assertThat(BuildPlan.of(file, null, name -> name, "c"::equals).order())
                .containsExactly(0, 4);
    }

    @Test
    void mountsWithVariablesNameTheirStage() {
        String file =
                "FROM x AS a\nFROM x AS b\nFROM x\nRUN --mount=type=$T,from=b,target=/t,mode=$M y\n";
        assertThat(BuildPlan.of(DockerfileParser.parse(file), null).order()).containsExactly(1, 2);
    }

    @Test
    void triggersOfABaseNameStagesOfItsChild() {
        String file =
                """
                FROM x AS a
                FROM x AS b
                FROM x AS base
                ONBUILD COPY --from=a /f /f
                ONBUILD RUN --mount=from=1,target=/b y
                FROM base AS child
                """;
        assertThat(BuildPlan.of(DockerfileParser.parse(file), null).order())
                .containsExactly(0, 1, 2, 3);
        assertThat(BuildPlan.of(DockerfileParser.parse(file), "base").order()).containsExactly(2);
    }

    @Test
    void laterStagesCanNotBeCopiedFrom() {
        String file = "FROM x AS one\nCOPY --from=two / /\nFROM x AS two\nFROM one\n";
        assertThatThrownBy(() -> BuildPlan.of(DockerfileParser.parse(file), null))
                .hasMessage(
                        "cannot copy from stage \"two\", it needs to be defined before current"
                                + " stage \"one\"");
    }

    @Test
    void aStageSeesOnlyThoseBeforeIt() {
        var stages = DockerfileParser.parse(FILE).stages();
        assertThat(BuildPlan.find(stages, 1, "c", true)).isEqualTo(-1);
        assertThat(BuildPlan.find(stages, 3, "c", false)).isEqualTo(2);
        assertThat(BuildPlan.find(stages, 3, "1", false)).isEqualTo(-1);
        assertThat(BuildPlan.find(stages, 3, "1", true)).isEqualTo(1);
    }

    @Test
    void unknownTargetsAreRefusedAndOfDoubledNamesTheLaterCounts() {
        assertThatThrownBy(() -> BuildPlan.of(DockerfileParser.parse(FILE), "none"))
                .hasMessage("target stage \"none\" could not be found");
        assertThatThrownBy(() -> BuildPlan.of(DockerfileParser.parse("FROM x AS build"), "Bulid"))
                .hasMessage("target stage \"Bulid\" could not be found (did you mean build?)");
        var twice = DockerfileParser.parse("FROM x AS a\nFROM y AS A\nFROM a");
        assertThatThrownBy(() -> BuildPlan.checkNames(twice.stages()))
                .hasMessage("a stage name already used");
        assertThat(BuildPlan.of(twice, null).order()).containsExactly(1, 2);
    }

    @Test
    void aStageThatCopiesFromItselfIsACircle() {
        assertThatThrownBy(() ->
                        BuildPlan.of(
                                DockerfileParser.parse("FROM x AS a\nCOPY --from=a /b /"), null))
                .hasMessage("circular dependency detected on stage: a");
        assertThatThrownBy(() ->
                        BuildPlan.of(DockerfileParser.parse("FROM x\nCOPY --from=0 /b /"), null))
                .hasMessage("circular dependency detected on stage: stage-0");
    }
}
