package dev.carafe.dockerapi.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.dockerapi.http.RawStream;
import dev.carafe.engine.logs.StreamKind;
import dev.carafe.engine.streams.AttachSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HijackSinkTest {
    private final ByteArrayOutputStream toClient = new ByteArrayOutputStream();
    private final PipedOutputStream fromClient = new PipedOutputStream();
    private final ByteArrayOutputStream stdin = new ByteArrayOutputStream();
    private final CountDownLatch stdinClosed = new CountDownLatch(1);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final HijackSink sink = new HijackSink();

    private final AttachSession session =
            new AttachSession() {
                @Override
                public void stdin(byte[] data, int offset, int length) {
                    stdin.write(data, offset, length);
                }

                @Override
                public void closeStdin() {
                    stdinClosed.countDown();
                }

                @Override
                public CompletableFuture<Void> ended() {
                    return ended;
                }

                @Override
                public boolean detached() {
                    return false;
                }

                @Override
                public boolean tty() {
                    return false;
                }

                @Override
                public void close() {}
            };

    private RawStream raw() throws IOException {
        InputStream in = new PipedInputStream(fromClient);
        return new RawStream() {
            @Override
            public InputStream in() {
                return in;
            }

            @Override
            public OutputStream out() {
                return toClient;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void outputIsFramedByStream() throws IOException {
        Thread.startVirtualThread(() -> write(StreamKind.STDOUT, "out"));
        Thread.startVirtualThread(() -> {
            ended.join();
        });
        CompletableFuture.runAsync(() -> {
            while (toClient.size() < 11) {
                Thread.onSpinWait();
            }
            write(StreamKind.STDERR, "err!");
            ended.complete(null);
        });
        sink.carry(raw(), session, false, false);
        assertThat(toClient.toByteArray())
                .isEqualTo(
                        "\1\0\0\0\0\0\0\3out\2\0\0\0\0\0\0\4err!"
                                .getBytes(StandardCharsets.ISO_8859_1));
    }

    private void write(StreamKind kind, String text) {
        byte[] bytes = ("xx" + text).getBytes(StandardCharsets.UTF_8);
        try {
            sink.write(kind, bytes, 2, text.length());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatTheAttachingThreadWritesItselfComesFirst() throws IOException {
        write(StreamKind.STDOUT, "no such program");
        ended.complete(null);
        sink.carry(raw(), session, false, true);
        assertThat(toClient.toString(StandardCharsets.UTF_8)).isEqualTo("no such program");
    }

    @Test
    void theClientsEndOfInputIsPassedOnAndOutputGoesOn() throws Exception {
        CompletableFuture<Void> carried =
                CompletableFuture.runAsync(() -> {
                    try {
                        sink.carry(raw(), session, true, true);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
        while (true) {
            try {
                fromClient.write("in\0put".getBytes(StandardCharsets.UTF_8));
                break;
            } catch (IOException notYetConnected) {
                Thread.onSpinWait();
            }
        }
        fromClient.close();
        assertThat(stdinClosed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(stdin.toString(StandardCharsets.UTF_8)).isEqualTo("in\0put");
        write(StreamKind.STDOUT, "late");
        ended.complete(null);
        carried.get(20, TimeUnit.SECONDS);
        assertThat(toClient.toString(StandardCharsets.UTF_8)).isEqualTo("late");
    }

    @Test
    void aClientThatDetachedDoesNotEndTheContainersInput() throws Exception {
        ended.complete(null);
        sink.carry(raw(), session, true, true);
        fromClient.close();
        assertThat(stdinClosed.await(300, TimeUnit.MILLISECONDS)).isFalse();
    }
}
