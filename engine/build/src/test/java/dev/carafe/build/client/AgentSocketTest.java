package dev.carafe.build.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentSocketTest {
    @TempDir Path folder;

    /// An agent that listens to the end, and then says the same as every time.
    private static final class Canned implements AgentSocket.Connection {
        private final byte[] answer;
        private final CountDownLatch asked = new CountDownLatch(1);

        Canned(String answer) {
            this.answer = answer.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public InputStream in() throws IOException {
            try {
                assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return new ByteArrayInputStream(answer);
        }

        @Override
        public OutputStream out() {
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    asked.countDown();
                }
            };
        }

        @Override
        public void close() {
            asked.countDown();
        }
    }

    private static String ask(Path socket, String question) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            Channels.newOutputStream(channel).write(question.getBytes(StandardCharsets.UTF_8));
            channel.shutdownOutput();
            return new String(
                    Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void eachConnectionToTheSocketOpensOneToTheAgent() throws IOException {
        AtomicInteger connections = new AtomicInteger();
        try (AgentSocket socket =
                AgentSocket.open(
                        () -> {
                            connections.incrementAndGet();
                            return new Canned("keys");
                        },
                        folder,
                        () -> {})) {
            assertThat(ask(socket.socket(), "a")).isEqualTo("keys");
            assertThat(ask(socket.socket(), "b")).isEqualTo("keys");
        }
        assertThat(connections).hasValue(2);
    }

    @Test
    void nobodyElseMayConnectUnlessItIsGivenAway() throws IOException {
        try (AgentSocket socket = AgentSocket.open(() -> new Canned(""), folder, () -> {})) {
            assertThat(Files.getPosixFilePermissions(socket.socket())).hasSize(2);
        }
    }

    @Test
    void anAgentThatIsNotThereEndsTheConnection() throws IOException {
        AtomicBoolean over = new AtomicBoolean();
        try (AgentSocket socket =
                AgentSocket.open(
                        () -> {
                            throw new IOException("gone");
                        },
                        folder,
                        () -> over.set(true))) {
            assertThat(ask(socket.socket(), "")).isEmpty();
        }
        assertThat(over).isTrue();
    }
}
