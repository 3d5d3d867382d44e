package dev.carafe.buildkit.control;

import dev.carafe.build.steps.BuildStep;
import dev.carafe.buildkit.answers.Json;
import dev.carafe.buildkit.progress.Failures;
import dev.carafe.buildkit.wire.common.Detail;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which lines of which file failed: clients show these lines.
final class FailureDetails {
    private static final Pattern LINE =
            Pattern.compile("^dockerfile parse error on line (\\d{1,6}):");

    private FailureDetails() {}

    static List<Detail> of(String file, String text, BuildStep step, String vertex) {
        return List.of(
                Failures.detail("errdefs.Vertex+json", "{\"digest\":\"" + vertex + "\"}"),
                source(file, text, step.firstLine(), step.lastLine()));
    }

    /// For a sentence that names its line.
    static List<Detail> ofSentence(String file, String text, String sentence) {
        Matcher line = LINE.matcher(sentence);
        if (text.isEmpty() || !line.find()) {
            return List.of();
        }
        int number = Integer.parseInt(line.group(1));
        return List.of(source(file, text, number, number));
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
