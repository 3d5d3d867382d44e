package dev.carafe.build.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

class RemoteFailureTest {
    private static String words(IOException failure) {
        return RemoteFailure.words("http://host:81/f", failure);
    }

    @Test
    void everyFailureHasWords() {
        ConnectException unknown = new ConnectException();
        unknown.initCause(new ConnectException().initCause(new UnresolvedAddressException()));
        assertThat(words(unknown))
                .isEqualTo("Get \"http://host:81/f\": dial tcp: lookup host: no such host");
        ConnectException refused = new ConnectException();
        refused.initCause(new ClosedChannelException());
        assertThat(words(refused))
                .isEqualTo(
                        "Get \"http://host:81/f\": dial tcp host:81: connect: connection refused");
        assertThat(words(new EOFException()))
                .isEqualTo("Get \"http://host:81/f\": java.io.EOFException");
        assertThat(words(new IOException("reset"))).isEqualTo("Get \"http://host:81/f\": reset");
    }
}
