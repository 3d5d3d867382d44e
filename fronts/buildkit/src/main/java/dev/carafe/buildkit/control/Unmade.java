package dev.carafe.buildkit.control;

import dev.carafe.buildkit.options.FrontendOptions;
import dev.carafe.buildkit.progress.Progress;
import dev.carafe.buildkit.wire.control.SolveRequest;
import java.util.Map;

/// Says what a client asked for that builds do well without, and that is not made.
final class Unmade {
    private Unmade() {}

    static void warn(FrontendOptions options, SolveRequest request, Progress progress) {
        Map<String, String> attestations = options.all("attest:");
        attestations.forEach((kind, value) -> {
            // the smallest one is asked for by clients on their own
            boolean asked = !value.contains("inline-only=true") && !value.contains("disabled=true");
            if (asked) {
                progress.warns("No " + kind + " attestation is made: not supported yet");
            }
        });
        request.getCache()
                .getExportsList()
                .forEach(cache ->
                        progress.warns(
                                "The cache is not exported to "
                                        + cache.getType()
                                        + ": not supported yet"));
        if (!options.text("cache-imports").isEmpty() || !options.text("cache-from").isEmpty()) {
            progress.warns(
                    "No cache is imported: not supported yet; the cache on this host is used");
        }
    }
}
