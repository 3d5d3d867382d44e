package dev.carafe.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.cli.FakeDaemon;
import dev.carafe.cli.Resources;
import dev.carafe.cli.terminal.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is offered for the last word of a command line.
class CompleteCommandTest {
    private static List<String> offers(String... line) throws IOException {
        try (FakeDaemon daemon = new FakeDaemon(CompleteCommandTest::answer)) {
            List<String> words = new ArrayList<>(List.of("--config", "/nowhere"));
            words.addAll(List.of("-H", daemon.address(), "__complete"));
            words.addAll(Arrays.asList(line));
            return run(words);
        }
    }

    private static List<String> run(List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code =
                new CommandLine(
                                InputStream.nullInputStream(),
                                false,
                                new Output(out, false),
                                new Output(err, false))
                        .run(words);
        assertThat(code).isZero();
        assertThat(err.toString()).isEmpty();
        return out.toString().lines().map(line -> line.replaceFirst("\t.*", "")).toList();
    }

    private static void answer(FakeDaemon.Exchange e) throws IOException {
        switch (e.path()) {
            case "/containers/json" ->
                    e.json(
                            200,
                            "[{\"Names\":[\"/web1\",\"/db/link\"],\"Image\":\"i\"},{\"Names\":[\"/web2\"],\"Image\":\"i\"}]");
            case "/images/json" -> e.json(200, "[{\"RepoTags\":[\"app:1\",\"busybox:latest\"]}]");
            case "/networks" ->
                    e.json(
                            200,
                            "[{\"Name\":\"front\",\"Driver\":\"bridge\"},{\"Name\":\"host\",\"Driver\":\"host\"}]");
            case "/volumes" ->
                    e.json(200, "{\"Volumes\":[{\"Name\":\"data\",\"Driver\":\"local\"}]}");
            default -> e.json(200, "{\"Plugins\":{\"Log\":[\"json-file\",\"local\"]}}");
        }
    }

    @Test
    void argumentsAreNamesThatWereNotGivenYet() throws IOException {
        assertThat(offers("rm", "")).containsExactly("web1", "web2");
        assertThat(offers("rm", "web1", "")).containsExactly("web2");
        assertThat(offers("rm", "-f", "--", "w")).containsExactly("web1", "web2");
        assertThat(offers("run", "-it", "-p", "80:80", "--rm", "a")).containsExactly("app:1");
        assertThat(offers("exec", "web1", "s")).isEmpty();
        assertThat(offers("volume", "rm", "")).containsExactly("data");
        assertThat(offers("cp", "web1")).containsExactly(":files", "web1:");
    }

    @Test
    void flagsHaveValues() throws IOException {
        assertThat(offers("run", "--network", "")).containsExactly("front", "host", "container:");
        assertThat(offers("run", "--network=f")).containsExactly("--network=front");
        assertThat(offers("run", "-it", "--restart", "on"))
                .containsExactly("on-failure", "on-failure:");
        assertThat(offers("run", "--log-driver", "l")).containsExactly("local");
        assertThat(offers("run", "--env-file", "x")).containsExactly(":files");
        assertThat(offers("ps", "--format", "")).containsExactly("json", "table");
        assertThat(offers("ps", "-f", "sta")).containsExactly("status=");
        assertThat(offers("ps", "--filter", "status=e")).containsExactly("status=exited");
        assertThat(offers("ps", "--filter=network="))
                .containsExactly("--filter=network=front", "--filter=network=host");
        assertThat(offers("run", "--name", "")).isEmpty();
    }

    @Test
    void flagsAreOfferedWhereTheyMayStand() throws IOException {
        assertThat(offers("run", "--rest")).containsExactly("--restart");
        assertThat(offers("run", "app:1", "--rest")).isEmpty();
        assertThat(offers("rm", "web1", "--fo")).containsExactly("--force");
        assertThat(offers("rm", "--", "--fo")).isEmpty();
        assertThat(offers("--cont")).containsExactly("--context");
        assertThat(offers("--log-level", "w")).containsExactly("warn");
    }

    @Test
    void commandsAreOfferedAlsoToHelpAndAfterOptions() throws IOException {
        assertThat(offers("netw")).containsExactly("network");
        assertThat(offers("network", "con")).containsExactly("connect");
        assertThat(offers("help", "netw")).containsExactly("network");
        assertThat(offers("-D", "--log-level", "info", "rest")).containsExactly("restart");
        assertThat(offers("completion", "z")).containsExactly("zsh");
        assertThat(offers("nope", "x")).isEmpty();
    }

    @Test
    void theDaemonThatWasTypedIsAskedAndNoneIsMissed() {
        for (String line :
                List.of(
                        "__complete rm w",
                        "__complete -H unix:///nowhere/s.sock rm w",
                        "__complete -H bogus:// run --network f",
                        "__complete --context none rm w")) {
            List<String> words = new ArrayList<>(List.of("-H", "unix:///nowhere/s.sock"));
            words.addAll(Resources.words(line));
            assertThat(run(words)).as(line).isEmpty();
        }
    }
}
