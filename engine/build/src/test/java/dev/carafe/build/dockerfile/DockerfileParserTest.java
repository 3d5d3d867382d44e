package dev.carafe.build.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileParserTest {
    private static List<Instruction> body(String... lines) {
        return DockerfileParser.parse("FROM a\n" + String.join("\n", lines) + "\n")
                .stages()
                .getFirst()
                .instructions();
    }

    private static Instruction.Run run(String... lines) {
        return (Instruction.Run) body(lines).getFirst();
    }

    @Test
    void stagesBeginAtFrom() {
        Dockerfile file =
                DockerfileParser.parse(
                        "ARG V=1\nFROM --platform=linux/amd64 golang:$V AS Build\nRUN x\n"
                                + "from scratch\nCOPY --from=build /a /b\n");
        assertThat(file.globalArgs()).hasSize(1);
        assertThat(file.stages()).hasSize(2);
        Instruction.From first = file.stages().getFirst().from();
        assertThat(first.base()).isEqualTo("golang:$V");
        assertThat(first.name()).isEqualTo("build");
        assertThat(first.platform()).isEqualTo("linux/amd64");
        assertThat(first.source().firstLine()).isEqualTo(2);
        assertThat(file.stage("BUILD")).isZero();
        assertThat(file.stage("1")).isEqualTo(1);
        assertThat(file.stage("2")).isEqualTo(-1);
        assertThat(file.stage("none")).isEqualTo(-1);
    }

    @Test
    void linesContinueAndCommentsInBetweenAreDropped() {
        Instruction.Run run =
                run("RUN one \\  ", "  # a comment", "  two \\", "three", "# another");
        assertThat(run.command().words()).containsExactly("one   two three");
        assertThat(run.source()).isEqualTo(new Source(2, 5, "RUN one   two three"));
    }

    @Test
    void anEmptyLineInAContinuationIsAWarning() {
        Dockerfile file = DockerfileParser.parse("FROM a\nRUN one \\\n\n  two\n");
        assertThat(file.warnings())
                .containsExactly(
                        new Dockerfile.Warning(
                                4, "Empty continuation line found in: RUN one   two"));
        assertThat(file.stages().getFirst().instructions()).hasSize(1);
    }

    @Test
    void windowsLineEndsAndAMarkOfByteOrderAreRead() {
        Dockerfile file = DockerfileParser.parse("\uFEFFFROM a\r\nRUN b \\\r\n  c\r\n");
        assertThat(((Instruction.Run) file.stages().getFirst().instructions().getFirst()))
                .extracting(r -> r.command().words())
                .isEqualTo(List.of("b   c"));
    }

    @Test
    void directivesStandBeforeEverythingElse() {
        Dockerfile file =
                DockerfileParser.parse(
                        "# syntax=docker/dockerfile:1\n# escape=`\n# check=skip=all\nFROM a\n"
                                + "RUN c:\\dir `\n  x\n");
        assertThat(file.syntax()).isEqualTo("docker/dockerfile:1");
        assertThat(file.check()).isEqualTo("skip=all");
        assertThat(file.escape()).isEqualTo('`');
        assertThat(((Instruction.Run) file.stages().getFirst().instructions().getFirst()))
                .extracting(r -> r.command().words())
                .isEqualTo(List.of("c:\\dir   x"));
        assertThat(DockerfileParser.parse("# hello\n# escape=`\nFROM a").escape()).isEqualTo('\\');
        assertThat(DockerfileParser.parse("# unknown=x\n# syntax=y\nFROM a").syntax()).isNull();
        assertThat(DockerfileParser.parse("\n# syntax=y\nFROM a").syntax()).isNull();
        assertThat(DockerfileParser.parse("#!/usr/bin/env x\n#syntax = y \nFROM a").syntax())
                .isEqualTo("y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FROM a\\nFOO x|2|unknown instruction: FOO (did you mean FROM?)",
                "FROM a\\nWHATEVER x|2|unknown instruction: WHATEVER",
                "FROM a\\n\\nrnu x|3|unknown instruction: rnu (did you mean run?)",
                "RUN x|1|no build stage in current context",
                "FROM|1|FROM requires either one or three arguments",
                "FROM a b|1|FROM requires either one or three arguments",
                "FROM a AS 1x|1|invalid name for build stage: \"1x\", name can't start with a"
                        + " number or contain symbols",
                "# escape=x\\nFROM a|1|invalid escape token 'x' does not match ` or \\",
                "# syntax=x\\n# syntax=y\\nFROM a|2|only one syntax parser directive can be used",
                "FROM a\\nENV A|2|ENV must have two arguments",
                "FROM a\\nENV A=1 B|2|Syntax error - can't find = in \"B\". Must be of the form:"
                        + " name=value",
                "FROM a\\nENV =x|2|ENV names can not be blank",
                "FROM a\\nENV|2|ENV requires at least one argument",
                "FROM a\\nLABEL|2|LABEL requires at least one argument",
                "FROM a\\nARG|2|ARG requires at least one argument",
                "FROM a\\nARG =x|2|ARG names can not be blank",
                "FROM a\\nEXPOSE|2|EXPOSE requires at least one argument",
                "FROM a\\nCOPY x|2|COPY requires at least two arguments, but only one was"
                        + " provided. Destination could not be determined",
                "FROM a\\nADD|2|ADD requires at least two arguments, but only one was provided."
                        + " Destination could not be determined",
                "FROM a\\nCOPY --form=x a b|2|unknown flag: --form (did you mean from?)",
                "FROM a\\nCOPY --from=$x a b|2|variable expansion is not supported for --from, define a new"
                        + " stage with FROM using ARG from global scope as a workaround",
                "FROM a\\nCOPY --from a b|2|missing a value on flag: --from",
                "FROM a\\nCOPY --link=x a b|2|expecting boolean value for flag --link, not: x",
                "FROM a\\nCOPY --chown=1 --chown=2 a b|2|duplicate flag specified: --chown",
                "FROM a\\nRUN --network=x y|2|network mode \"x\" is not supported",
                "FROM a\\nRUN <<E\\nx|2|unterminated heredoc",
                "FROM a\\nCOPY a <<E\\nE|2|COPY cannot accept a heredoc as a destination",
                "FROM a\\nWORKDIR|2|WORKDIR requires exactly one argument",
                "FROM a\\nUSER|2|USER requires exactly one argument",
                "FROM a\\nVOLUME [\"\"]|2|VOLUME specified can not be an empty string",
                "FROM a\\nSHELL []|2|SHELL requires at least one argument",
                "FROM a\\nSHELL sh -c|2|SHELL requires the arguments to be in JSON form, not:"
                        + " SHELL sh -c",
                "FROM a\\nHEALTHCHECK CMD|2|Missing command after HEALTHCHECK CMD",
                "FROM a\\nHEALTHCHECK X y|2|Unknown type \"X\" in HEALTHCHECK (try CMD)",
                "FROM a\\nHEALTHCHECK NONE x|2|HEALTHCHECK NONE takes no arguments",
                "FROM a\\nHEALTHCHECK --interval=1us CMD x|2|Interval \"interval\" cannot be less"
                        + " than 1ms",
                "FROM a\\nHEALTHCHECK --retries=-1 CMD x|2|--retries cannot be negative (-1)",
                "FROM a\\nONBUILD FROM x|2|FROM isn't allowed as an ONBUILD trigger",
                "FROM a\\nONBUILD ONBUILD RUN x|2|Chaining ONBUILD via `ONBUILD ONBUILD` isn't"
                        + " allowed",
                "FROM a\\nONBUILD COPPY x y|2|unknown instruction: COPPY (did you mean COPY?)",
                "FROM a\\nCMD [\"a\", 1]|2|when using JSON array syntax, arrays must be comprised"
                        + " of strings only",
            })
    void errorsTellTheLineAndAHint(String text, int line, String message) {
        assertThatThrownBy(() -> DockerfileParser.parse(text.replace("\\n", "\n")))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("dockerfile parse error on line " + line + ": " + message);
    }

    @Test
    void aFileOfCommentsHasNoInstructions() {
        for (String text : List.of("", "\n\n", "# nothing\n")) {
            assertThatThrownBy(() -> DockerfileParser.parse(text))
                    .hasMessage("file with no instructions");
        }
    }

    @Test
    void anArrayOfStringsIsTheExecForm() {
        assertThat(run("RUN [\"a\", \"b \\\" \\u00e9\\n\"]").command())
                .isEqualTo(new CommandLine(List.of("a", "b \" é\n"), false, List.of()));
        assertThat(run("RUN ['a']").command().shell()).isTrue();
        assertThat(run("RUN [\"a\"").command().shell()).isTrue();
        assertThat(run("RUN [\"a\",]").command().shell()).isTrue();
        assertThat(run("RUN [ \"a\" ] && x").command().shell()).isTrue();
        assertThat(run("RUN []").command()).isEqualTo(new CommandLine(List.of(), false, List.of()));
    }

    @Test
    void environmentComesInPairsOrInTheOldForm() {
        assertThat(((Instruction.Env) body("ENV A=1 B=\"x y\" C=a\\ b D=").getFirst()).pairs())
                .containsExactly(
                        new KeyValue("A", "1", false),
                        new KeyValue("B", "\"x y\"", false),
                        new KeyValue("C", "a\\ b", false),
                        new KeyValue("D", "", false));
        assertThat(((Instruction.Env) body("ENV A the  rest=x").getFirst()).pairs())
                .containsExactly(new KeyValue("A", "the  rest=x", true));
        assertThat(((Instruction.Label) body("LABEL a.b=c \"d e\"='f g'").getFirst()).pairs())
                .containsExactly(
                        new KeyValue("a.b", "c", false), new KeyValue("\"d e\"", "'f g'", false));
    }

    @Test
    void argumentsHaveDefaultsAndDescriptions() {
        Instruction.Arg arg =
                (Instruction.Arg) body("# A what it is", "ARG A B=1 C=\"x y\" D=").getFirst();
        assertThat(arg.definitions())
                .containsExactly(
                        new Instruction.Arg.Definition("A", null, "what it is"),
                        new Instruction.Arg.Definition("B", "1", ""),
                        new Instruction.Arg.Definition("C", "\"x y\"", ""),
                        new Instruction.Arg.Definition("D", "", ""));
    }

    @Test
    void flagsStandBeforeTheArguments() {
        Instruction.Copy copy =
                (Instruction.Copy)
                        body("COPY --from=x --chown=\"a b\":c --chmod=u=rwX --link --parents=false"
                                        + " --exclude=*.o --exclude=*.a -- --a b /c/")
                                .getFirst();
        assertThat(copy.from()).isEqualTo("x");
        assertThat(copy.chown()).isEqualTo("a b:c");
        assertThat(copy.chmod()).isEqualTo("u=rwX");
        assertThat(copy.link()).isTrue();
        assertThat(copy.parents()).isFalse();
        assertThat(copy.excludes()).containsExactly("*.o", "*.a");
        assertThat(copy.sources().paths()).containsExactly("--a", "b");
        assertThat(copy.sources().destination()).isEqualTo("/c/");
        Instruction.Add add =
                (Instruction.Add)
                        body("ADD --checksum=sha256:00 --unpack=false --keep-git-dir"
                                        + " [\"a b\", \"c\"]")
                                .getFirst();
        assertThat(add.checksum()).isEqualTo("sha256:00");
        assertThat(add.unpack()).isFalse();
        assertThat(add.keepGitDir()).isTrue();
        assertThat(add.sources().paths()).containsExactly("a b");
        Instruction.Run run = run("RUN --mount=type=cache,target=/c --network=none echo --x");
        assertThat(run.mounts()).containsExactly("type=cache,target=/c");
        assertThat(run.network()).isEqualTo("none");
        assertThat(run.command().words()).containsExactly("echo --x");
    }

    @Test
    void hereDocumentsBelongToTheirInstruction() {
        Instruction.Run run = run("RUN <<EOF cat && <<-\"X\" sh", "a", "EOF", "\tb", "\tX");
        assertThat(run.command().heredocs())
                .containsExactly(
                        new Heredoc("EOF", true, false, "a\n"),
                        new Heredoc("X", false, true, "\tb\n"));
        assertThat(run.command().heredocs().getLast().text()).isEqualTo("b\n");
        assertThat(run.source().lastLine()).isEqualTo(6);
        Instruction.Copy copy =
                (Instruction.Copy)
                        body("COPY <<a.txt x <<b.txt /d/", "# kept \\", "a.txt", "b.txt")
                                .getFirst();
        assertThat(copy.sources().inline())
                .containsExactly(
                        new Heredoc("a.txt", true, false, "# kept \\\n"),
                        new Heredoc("b.txt", true, false, ""));
        assertThat(copy.sources().paths()).containsExactly("x");
    }

    @Test
    void shiftsAndQuotedArrowsAreNoHereDocuments() {
        assertThat(run("RUN echo '<<EOF' && cat <<<EOF && cat < EOF").command().heredocs())
                .isEmpty();
        assertThat(body("CMD cat <<EOF", "RUN x").size()).isEqualTo(2);
    }

    @Test
    void triggersKeepTheirHereDocuments() {
        Instruction.OnBuild trigger =
                (Instruction.OnBuild) body("onbuild  RUN <<E", "x", "E").getFirst();
        assertThat(trigger.trigger()).isEqualTo("RUN <<E\nx\nE");
        Instruction.Run run =
                (Instruction.Run) DockerfileParser.instruction(trigger.trigger(), '\\');
        assertThat(run.command().heredocs().getFirst().content()).isEqualTo("x\n");
    }

    @Test
    void healthChecksAreRead() {
        Instruction.HealthCheck check =
                (Instruction.HealthCheck)
                        body("HEALTHCHECK --interval=5s --timeout=1m30s --start-period=1s"
                                        + " --start-interval=2s --retries=4 CMD curl -f x || exit 1")
                                .getFirst();
        assertThat(check.check().test()).containsExactly("CMD-SHELL", "curl -f x || exit 1");
        assertThat(check.check().interval()).isEqualTo(5_000_000_000L);
        assertThat(check.check().timeout()).isEqualTo(90_000_000_000L);
        assertThat(check.check().retries()).isEqualTo(4);
        Instruction.HealthCheck exec =
                (Instruction.HealthCheck) body("HEALTHCHECK CMD [\"a\",\"b\"]").getFirst();
        assertThat(exec.check().test()).containsExactly("CMD", "a", "b");
        Instruction.HealthCheck none =
                (Instruction.HealthCheck) body("HEALTHCHECK none").getFirst();
        assertThat(none.check().test()).containsExactly("NONE");
    }

    @Test
    void theOthersAreRead() {
        List<Instruction> all =
                body(
                        "WORKDIR /a b",
                        "USER $u:g",
                        "EXPOSE 90/udp 80 8000-8010",
                        "VOLUME /a /b",
                        "VOLUME [\"/c d\"]",
                        "STOPSIGNAL SIGINT",
                        "SHELL [\"bash\", \"-c\"]",
                        "MAINTAINER A B <a@b>",
                        "ENTRYPOINT []",
                        "CMD");
        assertThat(((Instruction.Workdir) all.get(0)).path()).isEqualTo("/a b");
        assertThat(((Instruction.User) all.get(1)).user()).isEqualTo("$u:g");
        assertThat(((Instruction.Expose) all.get(2)).ports())
                .containsExactly("80", "8000-8010", "90/udp");
        assertThat(((Instruction.Volume) all.get(3)).paths()).containsExactly("/a", "/b");
        assertThat(((Instruction.Volume) all.get(4)).paths()).containsExactly("/c d");
        assertThat(((Instruction.StopSignal) all.get(5)).signal()).isEqualTo("SIGINT");
        assertThat(((Instruction.Shell) all.get(6)).shell()).containsExactly("bash", "-c");
        assertThat(((Instruction.Maintainer) all.get(7)).name()).isEqualTo("A B <a@b>");
        assertThat(((Instruction.Entrypoint) all.get(8)).command().words()).isEmpty();
        assertThat(((Instruction.Cmd) all.get(9)).command().words()).isEmpty();
    }
}
