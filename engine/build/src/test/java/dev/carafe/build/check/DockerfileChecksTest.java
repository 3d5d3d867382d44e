package dev.carafe.build.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.glob.IgnoreRules;
import dev.carafe.build.dockerfile.DockerfileParser;
import dev.carafe.build.solve.Outset;
import dev.carafe.build.solve.SolveOptions;
import dev.carafe.build.steps.StepSpec.StepLimits;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.OciJson;
import dev.carafe.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileChecksTest {
    private static final ImageConfig BOX =
            OciJson.config(
                    "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Env\":[\"FROM_IMAGE=1\"]},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
                            .getBytes(StandardCharsets.UTF_8));

    private static final SolveOptions OPTIONS = options(Map.of());

    private static SolveOptions options(Map<String, String> arguments) {
        return new SolveOptions(
                null,
                new HashMap<>(arguments),
                Map.of(),
                "default",
                false,
                Set.of(),
                List.of(),
                false,
                true,
                true,
                Platform.parse("linux/amd64"),
                false,
                true,
                StepLimits.NONE);
    }

    private static List<Finding> check(String dockerfile, String... ignored) {
        return check(dockerfile, OPTIONS, ignored).findings();
    }

    private static DockerfileChecks.Result check(
            String dockerfile, SolveOptions options, String... ignored) {
        DockerfileParser.Reading reading = DockerfileParser.read(dockerfile);
        Outset outset =
                reading.error() == null
                        ? Outset.of(reading.file(), options, true, name -> false)
                        : Outset.ofPart(options);
        return DockerfileChecks.of(
                new CheckSubject(
                        reading.file(),
                        DockerfileParser.comments(dockerfile),
                        IgnoreRules.parse(String.join("\n", ignored)),
                        Objects.requireNonNull(options.platform()),
                        outset.extent(),
                        outset.arguments(),
                        name -> name.equals("box") ? Optional.of(BOX) : Optional.empty()));
    }

    /// A bar stands for a line's end.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            textBlock =
                    """
                    StageNameCasing; FROM a AS Build; Stage name 'Build' should be lowercase (line 1)
                    FromAsCasing; FROM a as build; 'as' and 'FROM' keywords' casing do not match (line 1)
                    NoEmptyContinuation; FROM a|RUN x \\||  y; Empty continuation line (line 4)
                    ConsistentInstructionCasing; FROM a|RUN x|run y; Command 'run' should match the case of the command majority (uppercase) (line 3)
                    ConsistentInstructionCasing; from a|run x|RUN y; Command 'RUN' should match the case of the command majority (lowercase) (line 3)
                    ConsistentInstructionCasing; FROM a|Run x; Command 'Run' should match the case of the command majority (uppercase) (line 2)
                    DuplicateStageName; FROM a AS b|FROM a AS b; Duplicate stage name "b", stage names should be unique (line 2)
                    ReservedStageName; FROM a AS scratch; Stage name should not use the same name as reserved stage "scratch" (line 1)
                    JSONArgsRecommended; FROM a|CMD x; JSON arguments recommended for CMD to prevent unintended behavior related to OS signals (line 2)
                    JSONArgsRecommended; FROM a|ENTRYPOINT x; JSON arguments recommended for ENTRYPOINT to prevent unintended behavior related to OS signals (line 2)
                    MaintainerDeprecated; FROM a|MAINTAINER me; Maintainer instruction is deprecated in favor of using label (line 2)
                    UndefinedArgInFrom; ARG VERSION=1|FROM a:1$VERSIO; FROM argument 'VERSIO' is not declared (did you mean VERSION?) (line 2)
                    WorkdirRelativePath; FROM a|WORKDIR x; Relative workdir "x" can have unexpected results if the base image changes (line 2)
                    UndefinedVar; FROM box|ENV DIR=/x|COPY a $DI; Usage of undefined variable '$DI' (did you mean $DIR?) (line 3)
                    UndefinedVar; FROM box|LABEL a=${X:-d}; Usage of undefined variable '$X' (line 2)
                    UndefinedVar; FROM scratch|COPY <<E /f|$X|E; Usage of undefined variable '$X' (line 2)
                    UndefinedArgInFrom; ARG A|FROM --platform=linux/$B a; FROM argument 'B' is not declared (did you mean A?) (line 2)
                    WorkdirRelativePath; FROM box|ENV D=x|WORKDIR $D|WORKDIR y; Relative workdir "x" can have unexpected results if the base image changes (line 3)
                    UndefinedVar; FROM scratch|LABEL a=${ABSENT}; Usage of undefined variable '$ABSENT' (line 2)
                    MultipleInstructionsDisallowed; FROM a|CMD ["x"]|CMD ["y"]; Multiple CMD instructions should not be used in the same stage because only the last one will be used (line 2)
                    LegacyKeyValueFormat; FROM a|ENV a b; "ENV key=value" should be used instead of legacy "ENV key value" format (line 2)
                    RedundantTargetPlatform; FROM --platform=$TARGETPLATFORM a; Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior (line 1)
                    SecretsUsedInArgOrEnv; FROM a|ENV API_TOKEN=x; Do not use ARG or ENV instructions for sensitive data (ENV "API_TOKEN") (line 2)
                    SecretsUsedInArgOrEnv; FROM a|ARG password; Do not use ARG or ENV instructions for sensitive data (ARG "password") (line 2)
                    InvalidDefaultArgInFrom; ARG TAG|FROM a:${TAG}; Default value for ARG a:${TAG} results in empty or invalid base image name (line 2)
                    FromPlatformFlagConstDisallowed; FROM --platform=linux/arm64 a; FROM --platform flag should not use constant value "linux/arm64" (line 1)
                    CopyIgnoredFile; FROM a|COPY notes.md /; Attempting to Copy file "notes.md" that is excluded by .dockerignore (line 2)
                    CopyIgnoredFile; FROM a|ADD notes.md /; Attempting to Add file "notes.md" that is excluded by .dockerignore (line 2)
                    InvalidDefinitionDescription; # check=experimental=all|# some words|FROM a AS b; Comment for FROM should follow the format: `# b <description>` (line 3)
                    InvalidDefinitionDescription; # check=experimental=all|# some words|ARG x y|FROM a; Comment for ARG should follow the format: `# <arg_key> <description>` (line 3)
                    ExposeProtoCasing; FROM a|EXPOSE 80/TCP; Defined protocol '80/TCP' in EXPOSE instruction should be lowercase (line 2)
                    ExposeInvalidFormat; FROM a|EXPOSE 127.0.0.1:80:80; EXPOSE instruction should not define an IP address or host-port mapping, found '127.0.0.1:80:80' (line 2)
                    """)
    void eachRuleFindsItsPlace(String rule, String dockerfile, String detail) {
        assertThat(check(dockerfile.replace('|', '\n'), "*.md").stream().map(Finding::text))
                .containsExactly(rule + ": " + detail);
    }

    @Test
    void theWholeContextMayBeIgnored() {
        String file = "FROM a\nCOPY . .\n";
        assertThat(check(file, "*").stream().map(Finding::text))
                .containsExactly(
                        "CopyIgnoredFile: Attempting to Copy file \".\" that is excluded by"
                                + " .dockerignore (line 2)");
        assertThat(check(file, ".*")).isEmpty();
        assertThat(check(file, "*", "!src")).isEmpty();
    }

    @Test
    void aBaseOfAnotherPlatformIsTold() {
        String file = "FROM box\n";
        List<Finding> findings = check(file, OPTIONS.on(Platform.parse("linux/arm64"))).findings();
        assertThat(findings.stream().map(Finding::text))
                .containsExactly(
                        "InvalidBaseImagePlatform: Base image box was pulled with platform"
                                + " \"linux/amd64\", expected \"linux/arm64\" for current build"
                                + " (line 1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            textBlock =
                    """
                    FROM a AS b|FROM b|WORKDIR /x|WORKDIR y|CMD ["z"]
                    FROM a|SHELL ["/bin/bash", "-c"]|CMD x
                    FROM box|LABEL a=$FROM_IMAGE b=$PATH d='$Y' e=\\$Z|RUN echo $W
                    FROM unknown|LABEL a=$MAYBE
                    ARG T=1|FROM a:$T|FROM --platform=$BUILDPLATFORM a|FROM --platform=linux/arm64 a AS arm64
                    FROM a|ENV PUBLIC_KEY=x MONKEY=y
                    # check=skip=JSONArgsRecommended,StageNameCasing|FROM a AS B|CMD x
                    # check=skip=all|FROM a AS B|CMD x
                    FROM a|# check=skip=JSONArgsRecommended|CMD x
                    # some words|FROM a AS b
                    FROM a|COPY kept.md other/ notes.md /d/
                    ARG B=box|FROM $B AS b|SHELL ["/x"]|FROM b|CMD x
                    FROM a|ENV PASSWORD_FILE=x AUTH_VERSION=1
                    # check=skip=ConsistentInstructionCasing|From a as b
                    FROM a|# check=skip=SecretsUsedInArgOrEnv // known here|ARG token
                    """)
    void whatIsMeantIsNotTold(String dockerfile) {
        assertThat(check(dockerfile.replace('|', '\n'), "*.md", "!kept.md")).isEmpty();
    }

    @Test
    void everyRuleHasItsPageAndATest() {
        assertThat(Rule.values()).hasSize(22);
        assertThat(Rule.of("JSONArgsRecommended").map(Rule::url))
                .contains("https://docs.docker.com/go/dockerfile/rule/json-args-recommended/");
        Set<String> titles =
                Arrays.stream(Rule.values()).map(Rule::title).collect(Collectors.toSet());
        assertThat(titles).hasSize(22);
    }

    @Test
    void whatStandsBeforeAMistakeIsToldAsFarAsItsOwnLineTellsIt() {
        assertThat(check("FROM a AS B\nFROM a AS B\nMAINTAINER me\nCMD x\nBAD\n").stream())
                .map(Finding::rule)
                .containsExactly(
                        Rule.STAGE_NAME_CASING, Rule.STAGE_NAME_CASING, Rule.MAINTAINER_DEPRECATED);
    }

    @Test
    void afterAFromThatCanNotBeNoInstructionIsLookedAt() {
        String file = "FROM --platform=linux/ a\nCMD x\nFROM a:1$B\n";
        assertThat(check(file)).isEmpty();
        assertThat(Outset.of(DockerfileParser.parse(file), OPTIONS, true, n -> false).error())
                .hasMessage(
                        "failed to parse platform linux/: \"\" is an invalid component of"
                                + " \"linux/\": platform specifier component must match"
                                + " \"^[A-Za-z0-9_.-]+$\": invalid argument");
    }

    @Test
    void theClientsDirectiveIsInThePlaceOfTheFiles() {
        String file = "# check=skip=all\nFROM a\nCMD x\n";
        Map<String, String> asked =
                Map.of("BUILDKIT_DOCKERFILE_CHECK", "skip=StageNameCasing;error=true");
        DockerfileChecks.Result result = check(file, options(asked));
        assertThat(result.findings()).hasSize(1);
        assertThat(result.error())
                .hasMessage("lint violation found for rules: JSONArgsRecommended");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    skip       | failed to parse check options: invalid check option "skip"
                    quiet=true | failed to parse check options: invalid check option "quiet"
                    error=very | failed to parse check options: failed to parse check option "error=very": strconv.ParseBool: parsing "very": invalid syntax
                    """)
    void aDirectiveThatCanNotBeIsAnError(String text, String sentence) {
        assertThatThrownBy(() -> check("# check=" + text + "\nFROM a\n")).hasMessage(sentence);
    }

    @Test
    void anArgumentThatMustBeGivenIsNoFinding() {
        String file = "ARG TAG=${X:?give one}\nFROM a:${TAG}\n";
        assertThat(check(file, options(Map.of("TAG", "1"))).findings()).isEmpty();
    }

    @Test
    void aFileWithoutStagesIsNoBuild() {
        assertThat(Outset.of(DockerfileParser.parse("ARG A\n"), OPTIONS, true, n -> false).error())
                .hasMessage("dockerfile contains no stages to build");
    }
}
