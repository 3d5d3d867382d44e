package dev.carafe.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAddressTest {
    @ParameterizedTest
    @CsvSource({
        "/run/d.sock, false, unix:///run/d.sock",
        "unix://, false, unix:///run/carafe/carafe.sock",
        "unix:///run/d.sock, true, unix:///run/d.sock",
        "127.0.0.1:2375, false, tcp://127.0.0.1:2375",
        ":4000, false, tcp://localhost:4000",
        "' host ', false, tcp://host:2375",
        "host, true, tcp://host:2376",
        "tcp://, false, tcp://localhost:2375",
        "tcp://[::1], true, tcp://[::1]:2376",
        "tcp://host/base, false, tcp://host:2375/base",
        "tcp://host:1/base, false, tcp://host:1/base",
        "ssh://me@host, false, ssh://me@host",
        "foo://x, false, foo://x"
    })
    void whatIsLeftOutIsFilledInAsDockerDoes(String text, boolean secure, String whole) {
        assertThat(HostAddress.whole(text, secure)).isEqualTo(whole);
    }
}
