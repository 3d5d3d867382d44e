package dev.carafe.content;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Internal;
import dev.carafe.base.ResourceExhausted;
import dev.carafe.base.Subject;
import java.io.IOException;

/// What a disk's refusal means.
public final class Disk {
    private Disk() {}

    /// The exception to throw for a refused file operation: {@link ResourceExhausted} for a full
    /// disk, else {@link Internal}.
    public static CarafeException failed(String what, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        if (cause.getCause() instanceof CarafeException inner) {
            return inner;
        }
        if (reason.contains("No space left") || reason.contains("quota exceeded")) {
            return new ResourceExhausted(Subject.NONE, what + ": no space left on device", cause);
        }
        return new Internal(Subject.NONE, what + ": " + reason, cause);
    }
}
