package dev.carafe.buildkit.control;

import dev.carafe.base.CarafeException;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.steps.BuildStep;
import dev.carafe.buildkit.answers.Json;
import dev.carafe.buildkit.progress.Failures;
import dev.carafe.buildkit.wire.common.Detail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which lines of which file failed: clients show these lines.
final class FailureDetails {
    private FailureDetails() {}

    static List<Detail> of(String file, String text, BuildStep step, String vertex) {
        return List.of(
                Failures.detail("errdefs.Vertex+json", "{\"digest\":\"" + vertex + "\"}"),
                source(file, text, step.firstLine(), step.lastLine()));
    }

    /// For an error that is about lines; else none.
    static List<Detail> ofError(String file, String text, @Nullable Throwable error) {
        if (text.isEmpty() || !(error instanceof CarafeException known)) {
            return List.of();
        }
        return Source.of(known.subject())
                .map(place -> List.of(source(file, text, place.firstLine(), place.lastLine())))
                .orElse(List.of());
    }

    private static Detail source(String file, String text, int firstLine, int lastLine) {
        return Failures.detail(
                "errdefs.Source+json",
                "{\"info\":"
                        + Json.source(file, text)
                        + ",\"ranges\":"
                        + Json.ranges(firstLine, lastLine)
                        + "}");
    }
}
