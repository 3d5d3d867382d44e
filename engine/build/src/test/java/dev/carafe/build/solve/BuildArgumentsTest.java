package dev.carafe.build.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.build.dockerfile.DockerfileParser;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.oci.Platform;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BuildArgumentsTest {
    private static BuildArguments of(String... pairs) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            given.put(pairs[i], pairs[i + 1]);
        }
        return BuildArguments.of(given, Platform.parse("linux/arm64/v8"), null);
    }

    @Test
    void aGivenValueWinsOverTheDefault() {
        BuildArguments stage = of("A", "given").forStage(null);
        assertThat(stage.stageValue("A")).isNull();
        stage.declare("A", "default");
        stage.declare("B", "default");
        stage.declare("C", null);
        assertThat(stage.stageValue("A")).isEqualTo("given");
        assertThat(stage.stageValue("B")).isEqualTo("default");
        assertThat(stage.stageValue("C")).isNull();
        assertThat(stage.forRun(Set.of("B"))).containsExactly("A=given");
    }

    @Test
    void globalValuesReachAStageThatDeclaresThem() {
        BuildArguments all = of();
        all.declareGlobal(arg("ARG V=1"), '\\');
        assertThat(all.globalValue("V")).isEqualTo("1");
        assertThat(all.globalValue("TARGETPLATFORM")).isEqualTo("linux/arm64/v8");
        BuildArguments stage = all.forStage(null);
        assertThat(stage.stageValue("V")).isNull();
        stage.declare("V", null);
        stage.declare("TARGETARCH", null);
        assertThat(stage.stageValue("V")).isEqualTo("1");
        assertThat(stage.stageValue("TARGETARCH")).isEqualTo("arm64");
        assertThat(all.forStage(stage).stageValue("V")).isEqualTo("1");
    }

    private static Instruction.Arg arg(String text) {
        return (Instruction.Arg) DockerfileParser.instruction(text, '\\');
    }

    @Test
    void argumentsBeforeTheFirstStageUseEachOtherAndDecideAboutTheBuild() {
        BuildArguments all = of("B", "given");
        assertThat(all.controlValue("A")).isNull();
        all.declareGlobal(arg("ARG A=1 B=2"), '\\');
        all.declareGlobal(arg("ARG C=$A$B"), '\\');
        assertThat(all.controlValue("C")).isEqualTo("1given");
        assertThat(all.controlValue("B")).isEqualTo("given");
    }

    @Test
    void proxiesReachStepsButNotTheHistory() {
        BuildArguments stage = of("http_proxy", "p", "NOPE", "x").forStage(null);
        assertThat(stage.forRun(Set.of())).containsExactly("HTTP_PROXY=p", "http_proxy=p");
        assertThat(of("NO_PROXY", "a", "no_proxy", "b").forStage(null).forRun(Set.of()))
                .containsExactly("NO_PROXY=a", "no_proxy=b");
        assertThat(stage.forHistory(stage.forRun(Set.of()))).isEmpty();
        stage.declare("http_proxy", null);
        assertThat(stage.forHistory(stage.forRun(Set.of()))).containsExactly("http_proxy=p");
        assertThat(stage.unused()).containsExactly("NOPE");
    }
}
