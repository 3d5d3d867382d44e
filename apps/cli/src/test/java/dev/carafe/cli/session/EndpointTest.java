package dev.carafe.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointTest {
    private static List<String> ssh(String address) {
        return new Endpoint(address, null, false).ssh();
    }

    @Test
    void anotherMachinesDockerOrCarafeIsAsked() {
        assertThat(ssh("ssh://me@far.example:2222"))
                .containsExactly(
                        "ssh",
                        "-o",
                        "ConnectTimeout=30",
                        "-T",
                        "-l",
                        "me",
                        "-p",
                        "2222",
                        "--",
                        "far.example",
                        "sh -c 'command -v docker >/dev/null && exec docker system dial-stdio; exec carafe system dial-stdio'");
    }

    @Test
    void aPathIsASocketThere() {
        assertThat(ssh("ssh://far/run/my.sock"))
                .last()
                .asString()
                .contains("exec docker --host unix:///run/my.sock system dial-stdio")
                .contains("exec carafe --host unix:///run/my.sock system dial-stdio");
        assertThat(ssh("ssh://far/")).last().asString().doesNotContain("--host");
        assertThatThrownBy(() -> ssh("ssh://far/x';reboot")).isInstanceOf(Failure.class);
    }
}
