package dev.carafe.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @Test
    void unixSocketsAreAbsolutePaths() {
        assertThat(Address.parse("unix:///a/b", false))
                .isEqualTo(new Address.Unix(Path.of("/a/b")));
        assertThat(Address.parse("/a/b", false)).isEqualTo(new Address.Unix(Path.of("/a/b")));
        assertThat(Address.parse("unix://", false)).hasToString("/run/carafe/carafe.sock");
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://0.0.0.0:2375, false, 0.0.0.0, 2375",
        "tcp://:2375, false, '', 2375",
        "tcp://host, false, host, 2375",
        "tcp://host, true, host, 2376",
        "tcp://[::1]:99, true, ::1, 99",
        "tcp://[::1], true, ::1, 2376",
        "tcp://, false, localhost, 2375",
        "tcp://h:1/, false, h, 1"
    })
    void tcpHasHostAndPort(String text, boolean tls, String host, int port) {
        assertThat(Address.parse(text, tls)).isEqualTo(new Address.Tcp(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fd://",
                "npipe:////./pipe/x",
                "http://x",
                "tcp://h:99999",
                "tcp://h:x",
                "tcp://h:1/path",
                "relative"
            })
    void theRestIsRefused(String text) {
        assertThatThrownBy(() -> Address.parse(text, false))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining(text);
    }
}
