package dev.carafe.build.context;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Internal;
import dev.carafe.build.steps.Cancellation;
import org.junit.jupiter.api.Test;

class RemoteFileTest {
    @Test
    void failuresTellNoPassword() {
        RemoteFile file = new RemoteFile("http://me:secret@127.0.0.1:1/file", 1, "ADD failed: ");
        assertThatThrownBy(() -> file.read(new Cancellation(), (headers, bytes, body) -> ""))
                .isInstanceOf(Internal.class)
                .hasMessageStartingWith("ADD failed: Get \"http://127.0.0.1:1/file\": ")
                .hasMessageNotContaining("secret");
    }
}
