package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.terminal.Output;
import java.util.List;

/// What the build checks found.
final class CheckView {
    private CheckView() {}

    /// In short, after a build.
    static void shortly(Output err, List<JsonObject> findings) {
        if (findings.isEmpty()) {
            return;
        }
        err.line("").line(" " + count(findings.size(), "found (use --check to see all of it):"));
        for (JsonObject finding : findings) {
            err.line(
                    " - "
                            + finding.text("Rule")
                            + ": "
                            + finding.text("Detail")
                            + " (line "
                            + finding.number("FirstLine")
                            + ")");
        }
        err.flush();
    }

    /// With the lines that are meant.
    ///
    /// @param source lines of the Dockerfile; none where it is not here
    /// @return the exit code
    static int whole(Output out, List<JsonObject> findings, String name, List<String> source) {
        out.line(
                "Check complete, "
                        + (findings.isEmpty()
                                ? "no warnings found."
                                : count(findings.size(), "been found!")
                                        .replace("warning been", "warning has been")
                                        .replace("warnings been", "warnings have been")));
        for (JsonObject finding : findings) {
            out.line("")
                    .line("WARNING: " + finding.text("Rule") + " - " + finding.text("Url"))
                    .line(finding.text("Detail"));
            Excerpt.show(out, name, source, finding);
        }
        return findings.isEmpty() ? 0 : 1;
    }

    private static String count(int number, String rest) {
        return number + (number == 1 ? " warning " : " warnings ") + rest;
    }
}
