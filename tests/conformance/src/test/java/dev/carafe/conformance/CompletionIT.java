package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Command lines completed by real shells.
class CompletionIT {
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("compl");
        carafe.docker("create", "--name", "webone", "busybox").ok();
        carafe.docker("create", "--name", "webtwo", "busybox").ok();
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    private static Map<String, String> environment() {
        return Map.of(
                "CARAFE_HOST",
                "unix://" + carafe.socket(),
                "CARAFE_NO_AUTOSTART",
                "1",
                "HOME",
                carafe.home().toString(),
                "PATH",
                Carafe.PROGRAM.getParent() + ":/usr/bin:/bin");
    }

    private static List<String> fish(String line) {
        return Command.run(
                        List.of(
                                "fish",
                                "--no-config",
                                "-c",
                                "carafe completion fish | source; complete -C '" + line + "'"),
                        new byte[0],
                        environment())
                .ok()
                .lines()
                .toList();
    }

    @Test
    void fishOffersCommandsFlagsAndContainers() {
        assertThat(fish("carafe netw")).containsExactly("network\tManage networks");
        assertThat(fish("carafe rm web")).containsExactly("webone\tbusybox", "webtwo\tbusybox");
        assertThat(fish("carafe run --netw")).anyMatch(l -> l.startsWith("--network\t"));
    }

    @Test
    void bashKeepsWordsWithColonsAndEqualsSignsWhole() {
        carafe.docker("tag", "busybox", "shop:one").ok();
        assertThat(bash("carafe rm web")).containsExactlyInAnyOrder("webone", "webtwo");
        assertThat(bash("carafe rm webone -- web")).containsExactly("webtwo");
        assertThat(bash("carafe run shop:o")).containsExactly("one");
        assertThat(bash("carafe run --network=ho")).containsExactly("host");
        assertThat(bash("carafe ps --filter status=ex")).containsExactly("exited");
        assertThat(bash("carafe -H unix:///nowhere rm web")).isEmpty();
    }

    /// What bash would put in place of the last piece of the line, as Readline splits it.
    private static List<String> bash(String line) {
        String script =
                """
                source <(carafe completion bash)
                COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=()
                for word in $1; do
                    while [[ $word =~ ^([^:=]*)([:=]+)(.*)$ ]]; do
                        [ -z "${BASH_REMATCH[1]}" ] || COMP_WORDS+=("${BASH_REMATCH[1]}")
                        COMP_WORDS+=("${BASH_REMATCH[2]}")
                        word=${BASH_REMATCH[3]}
                    done
                    COMP_WORDS+=("$word")
                done
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _carafe
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
        return Command.run(List.of("bash", "-c", script, "bash", line), new byte[0], environment())
                .ok()
                .lines()
                .filter(reply -> !reply.isEmpty())
                .toList();
    }

    @Test
    void pluginsCompleteTheirOwnWords() {
        assertThat(fish("carafe comp")).anyMatch(line -> line.startsWith("compose\t"));
        assertThat(fish("carafe compose up --no-l")).anyMatch(l -> l.startsWith("--no-log-prefix"));
    }

    @Test
    void zshOffersThemToo() {
        try (Tmux terminal = new Tmux()) {
            Path home = carafe.home();
            terminal.type(
                    "cd "
                            + home
                            + " && env HOME="
                            + home
                            + " CARAFE_NO_AUTOSTART=1 CARAFE_HOST=unix://"
                            + carafe.socket()
                            + " PATH="
                            + Carafe.PROGRAM.getParent()
                            + ":/usr/bin:/bin PS1='zsh> ' zsh -f");
            terminal.waitFor("zsh> ");
            terminal.type(
                    "autoload -Uz compinit; compinit -u; source <(carafe completion zsh); echo re\"\"ady");
            terminal.waitFor("\nready");
            terminal.keys("-l", "carafe rm web");
            terminal.keys("Tab");
            terminal.waitFor("webone  webtwo");
            terminal.keys("C-u");
            terminal.keys("-l", "carafe run --restart un");
            terminal.keys("Tab");
            terminal.waitFor("--restart unless-stopped");
        }
    }
}
