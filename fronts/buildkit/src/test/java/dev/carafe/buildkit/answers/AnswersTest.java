package dev.carafe.buildkit.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.CheckDockerfile;
import dev.carafe.build.check.Finding;
import dev.carafe.build.check.Rule;
import dev.carafe.build.context.BuildFiles;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.solve.Outline;
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
        assertThat(answer.get("result.txt"))
                .isEqualTo("TARGET    DESCRIPTION\none       \n(default) \n");
        assertThat(Targets.of(files("# a is it\nFROM x AS a\n")).get("result.json"))
                .contains("\"default\":true,\"description\":\"is it\"");
    }

    @Test
    void outlinesAreTables() {
        Source source = new Source(2, 3, "");
        Outline outline =
                new Outline(
                        "a",
                        "is it",
                        List.of(new Outline.Argument("LONGER", "what for", "1", source)),
                        List.of(new Outline.Need("key", true, source)),
                        List.of(new Outline.Need("default", false, source)));
        Map<String, String> answer = OutlineAnswer.of(files("FROM x AS a\n"), outline);
        assertThat(answer.get("result.txt"))
                .isEqualTo(
                        """
                        TARGET:      a
                        DESCRIPTION: is it

                        BUILD ARG   VALUE   DESCRIPTION
                        LONGER      1       what for

                        SECRET   REQUIRED
                        key      true

                        SSH       REQUIRED
                        default \s\s

                        """);
        assertThat(answer.get("result.json"))
                .startsWith(
                        "{\"name\":\"a\",\"description\":\"is it\",\"args\":[{\"name\":\"LONGER\","
                                + "\"description\":\"what for\",\"value\":\"1\",\"location\"")
                .contains("\"secrets\":[{\"name\":\"key\",\"required\":true,\"location\"")
                .contains("\"ssh\":[{\"name\":\"default\",\"location\"");
    }

    @Test
    void whatCanBeAskedIsListed() {
        Map<String, String> answer = Requests.all();
        assertThat(answer.get("result.json"))
                .contains("\"frontend.outline\"", "\"frontend.lint\"", "\"frontend.targets\"");
        assertThat(answer.get("result.txt")).contains("subrequests.describe 1.0.0");
    }

    @Test
    void findingsAreWarningsAndAFailure() {
        Finding finding = new Finding(Rule.STAGE_NAME_CASING, 2, 3, "Stage\tname");
        Map<String, String> answer =
                Lint.of(files("FROM a\n"), new CheckDockerfile.Checked(List.of(finding), null));
        assertThat(answer.get("result.json"))
                .contains("\"ruleName\":\"StageNameCasing\"")
                .contains("\"filename\":\"Docker\\\"file\"")
                .contains("\"detail\":\"Stage\\tname\"")
                .contains("{\"start\":{\"line\":3},\"end\":{\"line\":3}}");
        assertThat(answer.get("result.statuscode")).isEqualTo("1");
        var nothing = new CheckDockerfile.Checked(List.of(), null);
        assertThat(Lint.of(files("FROM a\n"), nothing).get("result.statuscode")).isEqualTo("0");
        var wrong =
                new CheckDockerfile.Checked(
                        List.of(),
                        new InvalidArgument(new Source(2, 3, "").subject(), "no \"b\" here"));
        Map<String, String> failed = Lint.of(files("FROM a\n"), wrong);
        assertThat(failed.get("result.statuscode")).isEqualTo("1");
        assertThat(failed.get("result.json"))
                .contains(
                        "\"buildError\":{\"message\":\"no \\\"b\\\" here\",\"location\":{\"ranges\":"
                                + "[{\"start\":{\"line\":2},\"end\":{\"line\":2}},"
                                + "{\"start\":{\"line\":3},\"end\":{\"line\":3}}]}}");
    }
}
