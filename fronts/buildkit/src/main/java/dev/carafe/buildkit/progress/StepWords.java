package dev.carafe.buildkit.progress;

import dev.carafe.build.steps.StepFailed;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// BuildKit's sentence for a command that failed, made of the classic builder's.
public final class StepWords {
    private static final Pattern CLASSIC =
            Pattern.compile("The command '(.*)' returned a non-zero code: \\d+", Pattern.DOTALL);

    private StepWords() {}

    static String of(StepFailed failed) {
        Matcher classic = CLASSIC.matcher(failed.text());
        String command = classic.matches() ? classic.group(1) : failed.text();
        return "process \""
                + command
                + "\" did not complete successfully: exit code: "
                + failed.code();
    }
}
