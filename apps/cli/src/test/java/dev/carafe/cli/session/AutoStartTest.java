package dev.carafe.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.cli.http.HttpConnection;
import dev.carafe.cli.terminal.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoStartTest {
    @TempDir Path dir;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private AutoStart starting(String command, boolean terminal) {
        Endpoint endpoint = new Endpoint("unix://" + dir.resolve("run/d.sock"), null, true);
        return new AutoStart(endpoint, new Output(err, terminal), command);
    }

    @Test
    void waitsForTheSocketOfTheDaemonThatItStarts() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command =
                java
                        + " -cp "
                        + System.getProperty("java.class.path")
                        + " dev.carafe.cli.FakeDaemonMain "
                        + dir.resolve("run/d.sock");
        try (HttpConnection connection = starting(command, true).start()) {
            assertThat(connection.reusable()).isTrue();
        }
        assertThat(err.toString()).isEqualTo("Starting the Carafe daemon ...\n");
        assertThat(dir.resolve("run/daemon.log")).content().startsWith("listening");
    }

    @Test
    void aDaemonThatFailsIsToldWithTheEndOfItsLog() {
        assertThatThrownBy(() -> starting("sh -c 'echo no room >&2; exit 3'", false).start())
                .isInstanceOf(Failure.class)
                .hasMessage(
                        "Cannot start the Carafe daemon: it ended with status 3. The end of "
                                + dir.resolve("run/daemon.log")
                                + ":\nno room");
        assertThat(err.toString()).isEmpty();
    }
}
