package dev.carafe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TerminalIT {
    private static final String SCRIPT =
            "tty; stty size; [ -t 0 ] && [ -t 2 ] && echo terminal; echo > /dev/tty; "
                    + "stat -c %F /dev/console; read x; echo got $x; stty size";
    private static Containers containers;

    @BeforeAll
    static void begin() {
        containers = new Containers();
    }

    @AfterAll
    static void end() {
        containers.close();
    }

    @Test
    void theProgramHasAControllingTerminal() {
        Specs specs = Specs.shell(SCRIPT);
        specs.terminal = true;
        ContainerHandle container = containers.create(specs.spec(), StdioRequest.terminal(33, 101));
        container.start();
        String out = Containers.await(container.stdio().stdout(), "special file");
        assertThat(out).contains("/dev/pts/0").contains("33 101").contains("terminal");
        container.resize(44, 55);
        Containers.write(container.stdio().stdin(), "word\n");
        assertThat(Containers.await(container.stdio().stdout(), "44 55"))
                .contains("word")
                .contains("got word");
        assertThat(Containers.join(container.exited()).code()).isZero();
        container.delete();
    }

    @Test
    void anExecHasOneToo() {
        ContainerHandle container =
                containers.create(Specs.of("sleep", "100").spec(), StdioRequest.pipes(false));
        container.start();
        Specs specs = Specs.shell(SCRIPT.replace("stat -c %F /dev/console", "echo special file"));
        specs.terminal = true;
        ExecHandle exec =
                containers.startExec(container, specs.process(), StdioRequest.terminal(20, 30));
        String out = Containers.await(exec.stdio().stdout(), "special file");
        assertThat(out).contains("/dev/pts/0").contains("20 30").contains("terminal");
        exec.resize(10, 11);
        Containers.write(exec.stdio().stdin(), "x\n");
        assertThat(Containers.await(exec.stdio().stdout(), "10 11")).contains("got x");
        assertThat(Containers.join(exec.exited()).code()).isZero();
        exec.release();
        exec.close();
        container.delete();
    }

    @Test
    void controlCInterrupts() {
        Specs specs = Specs.shell("trap 'exit 77' INT; echo ready; while :; do sleep 1; done");
        specs.terminal = true;
        ContainerHandle container = containers.create(specs.spec(), StdioRequest.terminal(20, 80));
        container.start();
        Containers.await(container.stdio().stdout(), "ready");
        Containers.write(container.stdio().stdin(), "\u0003");
        assertThat(Containers.join(container.exited()).code()).isEqualTo(77);
        container.delete();
    }
}
