package dev.carafe.buildkit.answers;

import dev.carafe.base.json.JsonString;
import dev.carafe.build.context.BuildFiles;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.solve.Outline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `frontend.outline`: what a target can be given, for `docker build --call=outline`.
public final class OutlineAnswer {
    private OutlineAnswer() {}

    /// The answer's parts by their names.
    public static Map<String, String> of(BuildFiles files, Outline outline) {
        return Map.of(
                "result.json",
                json(files, outline),
                "result.txt",
                text(outline),
                "version",
                "1.0.0");
    }

    private static String json(BuildFiles files, Outline outline) {
        List<String> parts = new ArrayList<>();
        add(parts, "name", outline.name());
        add(parts, "description", outline.description());
        list(parts, "args", outline.arguments().stream().map(OutlineAnswer::argument).toList());
        list(parts, "secrets", outline.secrets().stream().map(OutlineAnswer::need).toList());
        list(parts, "ssh", outline.agents().stream().map(OutlineAnswer::need).toList());
        parts.add("\"sources\":[\"" + Json.base64(files.dockerfile()) + "\"]");
        return "{" + String.join(",", parts) + "}";
    }

    private static void add(List<String> parts, String key, String value) {
        if (!value.isEmpty()) {
            parts.add(JsonString.quoted(key) + ":" + JsonString.quoted(value));
        }
    }

    private static void list(List<String> parts, String key, List<String> items) {
        if (!items.isEmpty()) {
            parts.add(JsonString.quoted(key) + ":" + Json.list(items));
        }
    }

    private static String argument(Outline.Argument argument) {
        List<String> parts =
                new ArrayList<>(List.of("\"name\":" + JsonString.quoted(argument.name())));
        add(parts, "description", argument.description());
        add(parts, "value", argument.value());
        parts.add(location(argument.source()));
        return "{" + String.join(",", parts) + "}";
    }

    private static String need(Outline.Need need) {
        return "{\"name\":"
                + JsonString.quoted(need.name())
                + (need.required() ? ",\"required\":true," : ",")
                + location(need.source())
                + "}";
    }

    private static String location(Source source) {
        return "\"location\":{\"ranges\":"
                + Json.ranges(source.firstLine(), source.lastLine())
                + "}";
    }

    private static String text(Outline outline) {
        StringBuilder out = new StringBuilder();
        if (!outline.name().isEmpty()) {
            Columns target = new Columns(1).row("TARGET:", outline.name());
            if (!outline.description().isEmpty()) {
                target.row("DESCRIPTION:", outline.description());
            }
            out.append(target.text()).append('\n');
        }
        Columns arguments = new Columns(3).row("BUILD ARG", "VALUE", "DESCRIPTION");
        outline.arguments().forEach(a -> arguments.row(a.name(), a.value(), a.description()));
        table(out, outline.arguments(), arguments);
        table(out, outline.secrets(), needs("SECRET", outline.secrets()));
        table(out, outline.agents(), needs("SSH", outline.agents()));
        return out.toString();
    }

    private static Columns needs(String title, List<Outline.Need> needs) {
        Columns columns = new Columns(3).row(title, "REQUIRED");
        needs.forEach(need -> columns.row(need.name(), need.required() ? "true" : ""));
        return columns;
    }

    private static void table(StringBuilder out, List<?> items, Columns columns) {
        if (!items.isEmpty()) {
            out.append(columns.text()).append('\n');
        }
    }
}
