package dev.carafe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.cli.Resources;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.terminal.Output;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// sentences.jsonl holds exit code and first line of docker's own command line (28.2) for command
/// lines that it refuses, with the program's name exchanged.
class SentencesTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    static Stream<JsonObject> recorded() {
        return Resources.objects("sentences.jsonl");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void refusesWithDockersWordsAndCode(JsonObject row) {
        int code = run(row.text("args"));
        assertThat(code + " " + err.toString().lines().findFirst().orElse(""))
                .isEqualTo(row.number("code") + " " + row.text("says"));
    }

    @Test
    void aMisspelledCommandGetsASuggestion() {
        assertThat(run("pss")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo(
                        "carafe: unknown command: carafe pss\n\nDid you mean 'carafe ps'?\n\nRun 'carafe --help' for more information\n");
    }

    @Test
    void aCommandOfDockersThatIsNotHereIsExplained() {
        assertThat(run("swarm init")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith(
                        "carafe: unknown command: carafe swarm\n\nCarafe has no swarm: it runs the containers of one machine.")
                .contains("'carafe compose up'")
                .doesNotContain("Did you mean");
    }

    @Test
    void aMissingArgumentShowsTheUsage() {
        run("run");
        assertThat(err.toString())
                .isEqualTo(
                        "carafe: 'carafe run' requires at least 1 argument\n\n"
                                + "Usage:  carafe run [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nSee 'carafe run --help' for more information\n");
    }

    @Test
    void withoutADaemonTheSentenceNamesTheAddress() {
        assertThat(run("ps")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo(
                        "Cannot connect to the Carafe daemon at unix:///nowhere/s.sock. Is the carafe daemon running?\n");
    }

    @Test
    void runWithoutADaemonIs125() {
        assertThat(run("run busybox")).isEqualTo(125);
        assertThat(err.toString()).startsWith("carafe: Cannot connect to the Carafe daemon");
    }

    @Test
    void deprecatedFlagsWarn() {
        run("stop --time 5 x");
        assertThat(err.toString())
                .startsWith("Flag --time has been deprecated, use --timeout instead\n");
    }

    @Test
    void helpComesByFlagByLetterAndByCommand() {
        assertThat(run("ps --help")).isZero();
        assertThat(run("ps -h")).isZero();
        assertThat(run("help ps")).isZero();
        String page = out.toString();
        assertThat(page.substring(0, page.length() / 3).repeat(3)).isEqualTo(page);
        assertThat(page).startsWith("Usage:  carafe ps [OPTIONS]\n\nList containers\n");
    }

    private int run(String line) {
        List<String> words = new ArrayList<>(List.of("-H", "unix:///nowhere/s.sock"));
        words.addAll(Resources.words(line));
        return new CommandLine(
                        InputStream.nullInputStream(),
                        false,
                        new Output(out, false),
                        new Output(err, false))
                .run(words);
    }
}
