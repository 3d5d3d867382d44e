package dev.carafe.build.steps;

import dev.carafe.oci.Digest;
import java.nio.charset.StandardCharsets;

/// What a build tells while it runs, as the classic builder's stream does. Calls come one at a
/// time.
public interface BuildOutput extends StepOutput {
    /// A line of text, without its end.
    default void line(String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        write(false, bytes, 0, bytes.length);
    }

    /// The id of the image that a stage made.
    void image(Digest id);
}
