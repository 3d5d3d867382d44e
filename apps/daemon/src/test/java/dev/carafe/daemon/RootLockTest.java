package dev.carafe.daemon;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Conflict;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootLockTest {
    @TempDir Path dir;

    @Test
    void theSecondIsRefusedAndHearsThePid() {
        try (RootLock first = RootLock.take(dir, "data-root")) {
            assertThatThrownBy(() -> RootLock.take(dir, "data-root"))
                    .isInstanceOf(Conflict.class)
                    .hasMessageContaining("(pid " + ProcessHandle.current().pid() + ")")
                    .hasMessageContaining("--data-root");
        }
        RootLock.take(dir, "data-root").close();
    }

    @Test
    void aStaleSocketGoesAndALiveOneStays() throws IOException {
        Path path = dir.resolve("s");
        UnixSocketFile file = new UnixSocketFile(path);
        file.prepare();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            assertThatThrownBy(file::prepare)
                    .isInstanceOf(Conflict.class)
                    .hasMessageContaining("another daemon listens");
        }
        Assertions.assertThat(Files.exists(path)).isTrue();
        file.prepare();
        Assertions.assertThat(Files.exists(path)).isFalse();
    }

    @Test
    void whatIsNoSocketIsNotTouched() throws IOException {
        Path path = dir.resolve("file");
        Files.writeString(path, "mine");
        assertThatThrownBy(new UnixSocketFile(path)::prepare)
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("no socket");
        Assertions.assertThat(Files.readString(path)).isEqualTo("mine");
    }

    @Test
    void aPidFileOfAnotherProgramIsReplaced() throws IOException {
        Path file = dir.resolve("pid");
        Files.writeString(file, "1");
        try (PidFile mine = PidFile.write(file)) {
            Assertions.assertThat(Files.readString(file))
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()));
        }
        Assertions.assertThat(Files.exists(file)).isFalse();
    }
}
