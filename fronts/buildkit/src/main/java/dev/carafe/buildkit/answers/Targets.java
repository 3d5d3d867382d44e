package dev.carafe.buildkit.answers;

import dev.carafe.base.json.JsonString;
import dev.carafe.build.context.BuildFiles;
import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.DockerfileParser;
import dev.carafe.build.dockerfile.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `frontend.targets`: the stages that can be built, for `docker build --call=targets`.
public final class Targets {
    private Targets() {}

    /// The answer's parts by their names.
    public static Map<String, String> of(BuildFiles files) {
        Dockerfile file = DockerfileParser.parse(files.dockerfile());
        List<String> targets = new ArrayList<>();
        Columns text = new Columns(1).row("TARGET", "DESCRIPTION");
        for (int i = 0; i < file.stages().size(); i++) {
            Stage stage = file.stages().get(i);
            String own = stage.from().name();
            boolean last = i == file.stages().size() - 1;
            String name = own == null ? "" : own;
            String description = DockerfileParser.description(files.dockerfile(), stage);
            targets.add(target(stage, name, description, last));
            String shown = last ? (name + " (default)").strip() : name;
            text.row(shown, description);
        }
        String json =
                "{\"targets\":"
                        + Json.list(targets)
                        + ",\"sources\":[\""
                        + Json.base64(files.dockerfile())
                        + "\"]}";
        return Map.of("result.json", json, "result.txt", text.text(), "version", "1.0.0");
    }

    private static String target(Stage stage, String name, String description, boolean last) {
        return "{"
                + (name.isEmpty() ? "" : "\"name\":" + JsonString.quoted(name) + ",")
                + (last ? "\"default\":true," : "")
                + (description.isEmpty()
                        ? ""
                        : "\"description\":" + JsonString.quoted(description) + ",")
                + "\"base\":"
                + JsonString.quoted(stage.from().base())
                + ",\"location\":{\"ranges\":"
                + Json.ranges(stage.from().source().firstLine(), stage.from().source().lastLine())
                + "}}";
    }
}
