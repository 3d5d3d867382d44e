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
        }
        try (Tmux terminal = new Tmux()) {
            terminal.type(
                    words(client) + " run -it --name d" + name + " busybox sh; echo de\"\"tached");
            terminal.waitFor("/ #");
            terminal.keys("C-p", "C-q");
            terminal.waitFor("detached");
            assertThat(carafe.docker("inspect", "-f", "{{.State.Running}}", "d" + name).ok())
                    .isEqualTo("true");
        } finally {
            carafe.docker("rm", "-f", name, "d" + name);
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
