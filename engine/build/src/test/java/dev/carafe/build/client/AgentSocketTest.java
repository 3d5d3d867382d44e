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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentSocketTest {
    @TempDir Path folder;

    /// An agent that answers every connection in the same words.
    private record Canned(String answer, ByteArrayOutputStream heard)
            implements AgentSocket.Connection {
        @Override
        public InputStream in() {
            return new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public OutputStream out() {
            return heard;
        }

        @Override
        public void close() {}
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
        List<ByteArrayOutputStream> heard = Collections.synchronizedList(new ArrayList<>());
        try (AgentSocket socket =
                AgentSocket.open(
                        () -> {
                            heard.add(new ByteArrayOutputStream());
                            return new Canned("keys", heard.getLast());
                        },
                        folder,
                        () -> {})) {
            assertThat(ask(socket.socket(), "a")).isEqualTo("keys");
            assertThat(ask(socket.socket(), "b")).isEqualTo("keys");
        }
        assertThat(heard).hasSize(2);
    }

    @Test
    void nobodyElseMayConnectUnlessItIsGivenAway() throws IOException {
        try (AgentSocket socket =
                AgentSocket.open(
                        () -> new Canned("", new ByteArrayOutputStream()), folder, () -> {})) {
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
