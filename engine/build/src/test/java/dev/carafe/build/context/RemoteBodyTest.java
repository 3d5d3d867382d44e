package dev.carafe.build.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RemoteBodyTest {
    /// Says nothing until it is closed.
    private static final class Silent extends InputStream {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read() throws IOException {
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return -1;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void whatIsShortAndTalksComesWhole() throws IOException {
        try (InputStream body = new RemoteBody(new ByteArrayInputStream(new byte[100]), 100)) {
            assertThat(body.readAllBytes()).hasSize(100);
        }
    }

    @Test
    void tooMuchIsAnError() throws IOException {
        try (InputStream body = new RemoteBody(new ByteArrayInputStream(new byte[101]), 100)) {
            assertThatThrownBy(body::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessage("it is longer than 100 bytes");
        }
    }

    @Test
    void silenceIsAnErrorAndNoEnd() throws IOException {
        try (InputStream body = new RemoteBody(new Silent(), 100, Duration.ofMillis(1))) {
            assertThatThrownBy(body::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("nothing came for ");
        }
    }
}
