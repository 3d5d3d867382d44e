package dev.carafe.build.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KnownHostsTest {
    private final KnownHosts hosts = new KnownHosts(Path.of("/data of 'me'/known_hosts"));

    @Test
    void keysAreKeptInAFileWhateverItsNameIs() {
        assertThat(hosts.ssh())
                .contains("StrictHostKeyChecking=accept-new")
                .endsWith("-o 'UserKnownHostsFile=\"/data of '\\''me'\\''/known_hosts\"'");
    }

    @Test
    void anotherKeyThanTheKnownOneIsExplained() {
        assertThat(hosts.explained("Host key verification failed.\nfatal: Could not read", "fatal"))
                .contains("another than the one known before")
                .contains("/data of 'me'/known_hosts");
        assertThat(hosts.explained("fatal: x", "fatal: x")).isEqualTo("fatal: x");
    }
}
