package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Interactive containers in a real terminal, with docker's command line and with ours.
class TerminalIT {
    private static Carafe carafe;

    @BeforeAll
    static void start() {
        carafe = Carafe.start("tty");
    }

    @AfterAll
    static void stop() {
        carafe.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "carafe"})
    void runWithATerminal(String client) {
        try (Tmux terminal = new Tmux()) {
            terminal.type(words(client) + " run --rm -it busybox sh; echo code=$?");
            terminal.waitFor("/ #");
            terminal.type("tty; stty size; echo s$((1+1))");
            assertThat(terminal.waitFor("s2")).contains("/dev/pts/0").contains("30 100");
            terminal.resize(90, 25);
            terminal.type("sleep 0.5; stty size; echo s$((1+2))");
            assertThat(terminal.waitFor("s3")).contains("25 90");
            terminal.type("sleep 100; echo interrupted=$?");
            sleep(500);
            terminal.keys("C-c");
            terminal.type("echo a$((2+2))");
            terminal.waitFor("a4");
            terminal.type("exit 3");
            terminal.waitFor("code=3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "carafe"})
    void execWithATerminalAndDetach(String client) {
        String name = "t-" + client;
        carafe.docker("run", "-d", "--name", name, "busybox", "sleep", "600").ok();
        try (Tmux terminal = new Tmux()) {
            terminal.type(words(client) + " exec -it " + name + " sh; echo code=$?");
            terminal.waitFor("/ #");
            terminal.type("echo in-$(tty)");
            terminal.waitFor("in-/dev/pts/");
            terminal.type("exit 4");
            terminal.waitFor("code=4");
            terminal.type(words(client) + " exec -it " + name + " stty size; echo first=$?");
            assertThat(terminal.waitFor("first=0")).contains("30 100");
        }
        try (Tmux terminal = new Tmux()) {
            terminal.type(
                    words(client) + " run -it --name d" + name + " busybox sh; echo de\"\"tached");
            terminal.waitFor("/ #");
            terminal.keys("C-p", "C-q");
            terminal.waitFor("detached");
            assertThat(carafe.docker("inspect", "-f", "{{.State.Running}}", "d" + name).ok())
                    .isEqualTo("true");
            terminal.type(words(client) + " attach --detach-keys ctrl-x,x d" + name + "; echo l$?");
            terminal.type("echo at$((1+1))");
            terminal.waitFor("\nat2");
            terminal.keys("C-x", "x");
            assertThat(terminal.waitFor("l1")).contains("read escape sequence");
        } finally {
            carafe.docker("rm", "-f", name, "d" + name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "carafe"})
    void theThirdInterruptEndsARunThatHeedsNone(String client) {
        try (Tmux terminal = new Tmux()) {
            terminal.type(
                    words(client)
                            + " run --name n"
                            + client
                            + " busybox sh -c 'echo be\"\"gun; sleep 600'; echo co\"\"de=$?");
            terminal.waitFor("\nbegun");
            for (int i = 1; i <= 3; i++) {
                terminal.keys("C-c");
                terminal.waitFor("^C".repeat(i));
            }
            assertThat(terminal.waitFor("\ncode=1")).contains("forcefully exiting");
        } finally {
            carafe.docker("rm", "-f", "n" + client);
        }
    }

    private static String words(String client) {
        return client.equals("docker")
                ? String.join(" ", carafe.dockerWords())
                : Carafe.PROGRAM + " -H unix://" + carafe.socket();
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
