package dev.carafe.buildkit.control;

import dev.carafe.buildkit.options.FrontendOptions;
import dev.carafe.buildkit.progress.Progress;
import java.util.Map;

/// Says what a client asked for that builds do well without, and that is not made.
final class Unmade {
    private Unmade() {}

    static void warn(FrontendOptions options, Progress progress) {
        Map<String, String> attestations = options.all("attest:");
        attestations.forEach((kind, value) -> {
            // the smallest one is asked for by clients on their own
            boolean asked = !value.contains("inline-only=true") && !value.contains("disabled=true");
            if (asked) {
                progress.warns("No " + kind + " attestation is made: not supported yet");
            }
        });
    }
}
