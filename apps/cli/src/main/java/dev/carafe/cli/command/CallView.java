package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.terminal.Output;
import java.util.ArrayList;
import java.util.List;

/// What a Dockerfile says of itself (`build --call`), in buildx's tables.
final class CallView {
    private static final int GAP = 3;

    private CallView() {}

    /// @param stages `Name`, `Description`
    static void targets(Output out, List<JsonObject> stages) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("TARGET", "DESCRIPTION")));
        for (int i = 0; i < stages.size(); i++) {
            String name = stages.get(i).text("Name");
            boolean last = i == stages.size() - 1;
            if (last || !name.isEmpty()) {
                String shown = last ? (name + " (default)").strip() : name;
                rows.add(List.of(shown, stages.get(i).text("Description")));
            }
        }
        table(out, rows);
    }

    /// @param outline `Name`, `Description`, `Arguments`, `Secrets`, `Agents`
    static void outline(Output out, JsonObject outline) {
        List<List<String>> head = new ArrayList<>();
        if (!outline.text("Name").isEmpty()) {
            head.add(List.of("TARGET:", outline.text("Name")));
        }
        if (!outline.text("Description").isEmpty()) {
            head.add(List.of("DESCRIPTION:", outline.text("Description")));
        }
        table(out, head);
        List<List<String>> arguments =
                new ArrayList<>(List.of(List.of("BUILD ARG", "VALUE", "DESCRIPTION")));
        outline.objects("Arguments")
                .forEach(one ->
                        arguments.add(
                                List.of(
                                        one.text("Name"),
                                        one.text("Value"),
                                        one.text("Description"))));
        part(out, !head.isEmpty(), arguments);
        boolean before = !head.isEmpty() || arguments.size() > 1;
        List<List<String>> secrets = needs("SECRET", outline.objects("Secrets"));
        part(out, before, secrets);
        part(out, before || secrets.size() > 1, needs("SSH", outline.objects("Agents")));
    }

    private static List<List<String>> needs(String title, List<JsonObject> needs) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of(title, "REQUIRED")));
        needs.forEach(
                one -> rows.add(List.of(one.text("Name"), one.bool("Required") ? "true" : "")));
        return rows;
    }

    private static void part(Output out, boolean apart, List<List<String>> rows) {
        if (rows.size() > 1) {
            if (apart) {
                out.line("");
            }
            table(out, rows);
        }
    }

    private static void table(Output out, List<List<String>> rows) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
                line.append(row.get(i)).repeat(" ", width + GAP - row.get(i).length());
            }
            out.line(line.toString().stripTrailing());
        }
    }
}
