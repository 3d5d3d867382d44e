package dev.carafe.build.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.DockerfileParser;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.steps.BuildStep;
import dev.carafe.build.steps.BuildWatcher;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageWatchTest {
    private final List<String> told = new ArrayList<>();
    private final BuildWatcher watcher =
            new BuildWatcher() {
                @Override
                public void begins(BuildStep step) {
                    told.add(step.name() + " @" + step.firstLine());
                }

                @Override
                public void ends(BuildStep step, boolean cached, RuntimeException error) {
                    told.add(cached ? "cached" : error == null ? "done" : error.getMessage());
                }
            };

    private StageWatch watch(String dockerfile, int stage) {
        Dockerfile file = DockerfileParser.parse(dockerfile);
        StageWatch watch = StageWatch.of(watcher, file.stages(), stage, true, "");
        watch.from(file.stages().get(stage).from().source(), "busybox", () -> {});
        for (Instruction instruction : file.stages().get(stage).instructions()) {
            watch.run(instruction, () -> instruction.source().text(), watch::cached);
        }
        return watch;
    }

    @Test
    void onlyWhatMakesFilesIsCounted() {
        watch("FROM busybox\nENV a=b\nRUN x\nCMD y\nWORKDIR /w\n", 0);
        assertThat(told)
                .containsExactly(
                        "[1/3] FROM docker.io/library/busybox:latest @1",
                        "done",
                        "[2/3] RUN x @3",
                        "cached",
                        "[3/3] WORKDIR /w @5",
                        "cached");
    }

    @Test
    void stagesAreNamedWhereThereAreMany() {
        String file = "FROM busybox AS Base\nRUN x\nFROM busybox\nRUN y\n";
        watch(file, 0);
        watch(file, 1);
        assertThat(told)
                .contains(
                        "[base 1/2] FROM docker.io/library/busybox:latest @1",
                        "[stage-1 2/2] RUN y @4");
    }

    @Test
    void aFailureIsToldAndGoesOn() {
        StageWatch watch = watch("FROM busybox\n", 0);
        Instruction run = DockerfileParser.instruction("RUN z", '\\');
        watch.expect(List.of(run));
        assertThatThrownBy(() ->
                        watch.run(
                                run,
                                () -> "RUN z",
                                () -> {
                                    throw new InvalidArgument("no");
                                }))
                .hasMessage("no");
        assertThat(told).contains("[2/2] RUN z @1", "no");
    }
}
