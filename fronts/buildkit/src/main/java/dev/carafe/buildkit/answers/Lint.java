package dev.carafe.buildkit.answers;

import dev.carafe.base.CarafeException;
import dev.carafe.base.json.JsonString;
import dev.carafe.build.CheckDockerfile;
import dev.carafe.build.check.Finding;
import dev.carafe.build.context.BuildFiles;
import dev.carafe.build.dockerfile.Source;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `frontend.lint`: what `docker build --check` shows.
public final class Lint {
    private Lint() {}

    /// The answer's parts by their names.
    public static Map<String, String> of(BuildFiles files, CheckDockerfile.Checked checked) {
        List<Finding> findings = checked.findings();
        CarafeException error = checked.error();
        String json =
                "{\"warnings\":"
                        + Json.list(findings.stream().map(Lint::warning).toList())
                        + ",\"sources\":["
                        + Json.source(files.name(), files.dockerfile())
                        + "]"
                        + (error == null ? "" : ",\"buildError\":" + error(error))
                        + "}";
        String text =
                findings.stream()
                        .map(f ->
                                "\nWARNING: "
                                        + f.rule().title()
                                        + " - "
                                        + f.rule().url()
                                        + "\n"
                                        + f.detail()
                                        + "\n"
                                        + files.name()
                                        + ":"
                                        + f.firstLine()
                                        + "\n")
                        .collect(Collectors.joining());
        return Map.of(
                "result.json",
                json,
                "result.txt",
                text,
                "result.statuscode",
                findings.isEmpty() && error == null ? "0" : "1",
                "version",
                "1.0.0");
    }

    private static String error(CarafeException error) {
        return "{\"message\":"
                + JsonString.quoted(error.text())
                + ",\"location\":{"
                + Source.of(error.subject())
                        .map(at -> "\"ranges\":" + Json.ranges(at.firstLine(), at.lastLine()))
                        .orElse("")
                + "}}";
    }

    private static String warning(Finding finding) {
        return "{\"ruleName\":"
                + JsonString.quoted(finding.rule().title())
                + ",\"description\":"
                + JsonString.quoted(finding.rule().description())
                + ",\"url\":"
                + JsonString.quoted(finding.rule().url())
                + ",\"detail\":"
                + JsonString.quoted(finding.detail())
                + ",\"location\":{\"ranges\":"
                + Json.ranges(finding.firstLine(), finding.lastLine())
                + "}}";
    }
}
