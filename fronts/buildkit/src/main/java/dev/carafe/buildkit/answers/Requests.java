package dev.carafe.buildkit.answers;

import dev.carafe.base.json.JsonString;
import java.util.List;
import java.util.Map;

/// `frontend.subrequests.describe`: what can be asked instead of a build.
public final class Requests {
    private static final List<Request> ALL =
            List.of(
                    new Request(
                            "frontend.outline", "The arguments, secrets and agents of a target"),
                    new Request("frontend.targets", "The stages that can be built"),
                    new Request("frontend.lint", "What the checks find in the Dockerfile"),
                    new Request(
                            "frontend.subrequests.describe",
                            "What can be asked instead of a build"));

    private Requests() {}

    private record Request(String name, String description) {
        String json() {
            return "{\"name\":"
                    + JsonString.quoted(name)
                    + ",\"version\":\"1.0.0\",\"type\":\"rpc\",\"description\":"
                    + JsonString.quoted(description)
                    + ",\"opts\":"
                    + (name.equals("frontend.outline") ? "[{\"name\":\"target\"}]" : "null")
                    + ",\"inputs\":null,\"metadata\":[{\"name\":\"result.json\"},"
                    + "{\"name\":\"result.txt\"}],\"refs\":null}";
        }
    }

    /// The answer's parts by their names.
    public static Map<String, String> all() {
        Columns text = new Columns(1).row("NAME", "VERSION", "DESCRIPTION");
        ALL.forEach(one ->
                text.row(one.name().replaceFirst("^frontend\\.", ""), "1.0.0", one.description()));
        return Map.of(
                "result.json",
                Json.list(ALL.stream().map(Request::json).toList()),
                "result.txt",
                text.text(),
                "version",
                "1.0.0");
    }
}
