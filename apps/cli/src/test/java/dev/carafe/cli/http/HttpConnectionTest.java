package dev.carafe.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.cli.FakeDaemon;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
    private static HttpConnection connect(FakeDaemon daemon) throws IOException {
        return new HttpConnection(ChannelTransport.unix(daemon.path()), "test");
    }

    private static String text(HttpResponse response) throws IOException {
        return new String(response.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void oneConnectionCarriesRequestAfterRequest() throws IOException {
        try (FakeDaemon daemon = new FakeDaemon(e -> e.json(200, "[" + e.target + "]"));
                HttpConnection connection = connect(daemon)) {
            assertThat(text(connection.send("GET", "/a", "", null))).isEqualTo("[/a]");
            assertThat(connection.reusable()).isTrue();
            assertThat(
                            text(
                                    connection.send(
                                            "POST",
                                            "/b",
                                            "",
                                            "{}".getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo("[/b]");
            assertThat(daemon.requests()).containsExactly("GET /a", "POST /b");
            assertThat(daemon.bodies()).containsExactly("", "{}");
            assertThat(daemon.connections()).isEqualTo(1);
        }
    }

    @Test
    void chunksBecomeOneBodyAndTheConnectionIsFreeAfterTheLast() throws IOException {
        try (FakeDaemon daemon =
                        new FakeDaemon(e -> {
                            e.chunkedHead("text/plain");
                            e.chunk("hello ".getBytes(StandardCharsets.UTF_8));
                            e.chunk("world".getBytes(StandardCharsets.UTF_8));
                            e.lastChunk();
                        });
                HttpConnection connection = connect(daemon)) {
            HttpResponse response = connection.send("GET", "/", "", null);
            assertThat(connection.reusable()).isFalse();
            assertThat(text(response)).isEqualTo("hello world");
            assertThat(connection.reusable()).isTrue();
        }
    }

    @Test
    void anAnswerWithoutLengthEndsWithTheConnection() throws IOException {
        try (FakeDaemon daemon =
                        new FakeDaemon(e -> {
                            e.write("HTTP/1.1 200 OK\r\n\r\nuntil the end");
                            e.closeOutput();
                        });
                HttpConnection connection = connect(daemon)) {
            assertThat(text(connection.send("GET", "/", "", null))).isEqualTo("until the end");
            assertThat(connection.reusable()).isFalse();
        }
    }

    @Test
    void aHijackedConnectionKeepsWhatCameWithTheHeadAndOutlivesTheEndOfInput() throws IOException {
        try (FakeDaemon daemon =
                        new FakeDaemon(e -> {
                            e.hijack("application/vnd.docker.raw-stream");
                            e.write("first ");
                            String input = new String(e.in.readAllBytes(), StandardCharsets.UTF_8);
                            e.write("then <" + input + ">");
                        });
                HttpConnection connection = connect(daemon)) {
            HttpResponse response =
                    connection.send(
                            "POST", "/attach", "Connection: Upgrade\r\nUpgrade: tcp\r\n", null);
            assertThat(response.status()).isEqualTo(101);
            connection.write("abc".getBytes(StandardCharsets.UTF_8), 0, 3);
            connection.shutdownOutput();
            assertThat(text(response)).isEqualTo("first then <abc>");
        }
    }

    @Test
    void uploadsArriveWholeWhateverTheirSize() throws IOException {
        byte[] data = new byte[1_000_003];
        new Random(7).nextBytes(data);
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (FakeDaemon daemon =
                        new FakeDaemon(e -> {
                            received.writeBytes(e.body);
                            e.json(200, "{}");
                        });
                HttpConnection connection = connect(daemon)) {
            assertThat(
                            connection.stream("POST", "/load", "", new ByteArrayInputStream(data))
                                    .status())
                    .isEqualTo(200);
        }
        assertThat(received.toByteArray()).isEqualTo(data);
    }

    @Test
    void aCutOffBodyIsAnError() throws IOException {
        try (FakeDaemon daemon =
                        new FakeDaemon(e -> {
                            e.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
                            e.closeOutput();
                        });
                HttpConnection connection = connect(daemon)) {
            HttpResponse response = connection.send("GET", "/", "", null);
            assertThatThrownBy(response::bytes)
                    .isInstanceOf(IOException.class)
                    .hasMessage("the answer is cut off");
        }
    }

    @Test
    void whatIsNoHttpIsAnError() throws IOException {
        try (FakeDaemon daemon = new FakeDaemon(e -> e.write("SSH-2.0-x\r\n"));
                HttpConnection connection = connect(daemon)) {
            assertThatThrownBy(() -> connection.send("GET", "/", "", null))
                    .hasMessage("the server does not speak HTTP: SSH-2.0-x");
        }
    }

    @Test
    void framesGoToTheirStreamsBinarySafe() throws IOException {
        byte[] big = new byte[100_000];
        new Random(1).nextBytes(big);
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frames.write(new byte[] {1, 0, 0, 0, 0, 1, (byte) 0x86, (byte) 0xa0});
        frames.write(big);
        frames.write(new byte[] {2, 0, 0, 0, 0, 0, 0, 2, 'e', 'r'});
        frames.write(new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Demultiplexer.copy(new ByteArrayInputStream(frames.toByteArray()), out, err);
        assertThat(out.toByteArray()).isEqualTo(big);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("er");
    }

    @Test
    void aSystemErrorFrameFails() {
        byte[] frame = {3, 0, 0, 0, 0, 0, 0, 3, 'b', 'a', 'd'};
        assertThatThrownBy(() ->
                        Demultiplexer.copy(
                                new ByteArrayInputStream(frame),
                                new ByteArrayOutputStream(),
                                new ByteArrayOutputStream()))
                .hasMessage("error from daemon in stream: bad");
    }
}
