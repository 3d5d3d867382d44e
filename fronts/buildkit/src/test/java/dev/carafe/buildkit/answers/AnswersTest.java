package dev.carafe.buildkit.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.build.check.Finding;
import dev.carafe.build.check.Rule;
import dev.carafe.build.context.BuildFiles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static BuildFiles files(String text) {
        return new BuildFiles(
                "Docker\"file",
                text,
                () -> {
                    throw new AssertionError("no context is needed");
                });
    }

    @Test
    void targetsHaveNamesAndBases() {
        Map<String, String> answer = Targets.of(files("FROM a AS One\nFROM one\n"));
        assertThat(answer.get("result.json"))
                .startsWith(
                        "{\"targets\":[{\"name\":\"one\",\"base\":\"a\",\"location\":{\"ranges\":"
                                + "[{\"start\":{\"line\":1},\"end\":{\"line\":1}}]}},"
                                + "{\"default\":true,\"base\":\"one\"")
                .endsWith("\"sources\":[\"RlJPTSBhIEFTIE9uZQpGUk9NIG9uZQo=\"]}");
        assertThat(answer.get("result.txt")).isEqualTo("TARGET\none\n(default)\n");
    }

    @Test
    void findingsAreWarningsAndAFailure() {
        Finding finding = new Finding(Rule.STAGE_NAME_CASING, 2, 3, "Stage\tname");
        Map<String, String> answer = Lint.of(files("FROM a\n"), List.of(finding));
        assertThat(answer.get("result.json"))
                .contains("\"ruleName\":\"StageNameCasing\"")
                .contains("\"filename\":\"Docker\\\"file\"")
                .contains("\"detail\":\"Stage\\u0009name\"")
                .contains("\"start\":{\"line\":2},\"end\":{\"line\":3}");
        assertThat(answer.get("result.statuscode")).isEqualTo("1");
        assertThat(Lint.of(files("FROM a\n"), List.of()).get("result.statuscode")).isEqualTo("0");
    }
}
