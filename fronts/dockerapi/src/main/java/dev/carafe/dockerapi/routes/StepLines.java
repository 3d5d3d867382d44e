package dev.carafe.dockerapi.routes;

import dev.carafe.build.Built;
import dev.carafe.build.check.Finding;
import dev.carafe.build.context.BuildFiles;
import dev.carafe.build.dockerfile.DockerfileParser;
import dev.carafe.build.dockerfile.Source;
import dev.carafe.build.dockerfile.Stage;
import dev.carafe.build.solve.Outline;
import dev.carafe.build.steps.BuildOutput;
import dev.carafe.build.steps.BuildStep;
import dev.carafe.build.steps.BuildWatcher;
import dev.carafe.build.steps.StepFailed;
import dev.carafe.dockerapi.http.Errors;
import dev.carafe.dockermodel.ProgressMessage;
import dev.carafe.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A build as our own client wants it (`progress=steps`): what each step does, with stages side by
/// side. `{"id": STEP, "aux": {"Step": {"Event": "begins" | "ends", "Name", "Time", "Cached",
/// "Error", "FirstLine", "LastLine"}}}`, and a step's output as `{"id": STEP, "stream": TEXT}`.
/// Thread-safe.
final class StepLines implements BuildWatcher {
    private final BuildStream out;

    StepLines(BuildStream out) {
        this.out = out;
    }

    /// Takes the classic builder's text, and tells the image only.
    BuildOutput output() {
        return new BuildOutput() {
            @Override
            public void write(boolean stderr, byte[] bytes, int offset, int length) {}

            @Override
            public void image(Digest id) {
                out.image(id);
            }
        };
    }

    @Override
    public void begins(BuildStep step) {
        event(step, "begins", Map.of());
    }

    @Override
    public void writes(BuildStep step, byte[] bytes, int offset, int length) {
        send(
                new ProgressMessage(
                        new String(bytes, offset, length, StandardCharsets.UTF_8),
                        null,
                        null,
                        null,
                        id(step),
                        null,
                        null,
                        null));
    }

    @Override
    public void ends(BuildStep step, boolean cached, @Nullable RuntimeException error) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("Cached", cached);
        if (error != null) {
            more.put(
                    "Error",
                    error instanceof StepFailed failed ? failed.process() : Errors.message(error));
            more.put("FirstLine", step.firstLine());
            more.put("LastLine", step.lastLine());
        }
        event(step, "ends", more);
    }

    @Override
    public void finds(Finding finding, String name, String content) {
        send(finding(finding));
    }

    private static String id(BuildStep step) {
        return step.stage() + "." + step.number();
    }

    private void event(BuildStep step, String event, Map<String, Object> more) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("Event", event);
        told.put("Name", step.name());
        told.put("Time", Instant.now().toString());
        told.putAll(more);
        send(
                new ProgressMessage(
                        null, null, null, null, id(step), null, null, Map.of("Step", told)));
    }

    /// What a check found, `{"aux": {"Check": {...}}}`.
    static ProgressMessage finding(Finding finding) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("Rule", finding.rule().title());
        told.put("Url", finding.rule().url());
        told.put("Description", finding.rule().description());
        told.put("Detail", finding.detail());
        told.put("FirstLine", finding.firstLine());
        told.put("LastLine", finding.lastLine());
        return aux("Check", told);
    }

    /// Where in the Dockerfile the failure is that comes next.
    static ProgressMessage place(Source source) {
        return aux("Place", Map.of("FirstLine", source.firstLine(), "LastLine", source.lastLine()));
    }

    /// What was made for one platform.
    static ProgressMessage result(Built built) {
        return aux(
                "Result",
                Map.of("Platform", built.platform().toString(), "ID", built.id().toString()));
    }

    /// The stages that a Dockerfile has.
    static ProgressMessage targets(BuildFiles files) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Stage stage : DockerfileParser.parse(files.dockerfile()).stages()) {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("Name", Objects.requireNonNullElse(stage.from().name(), ""));
            told.put("Base", stage.from().base());
            told.put("Description", DockerfileParser.description(files.dockerfile(), stage));
            all.add(told);
        }
        return aux("Targets", all);
    }

    /// What a target can be given.
    static ProgressMessage outline(Outline outline) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("Name", outline.name());
        told.put("Description", outline.description());
        told.put(
                "Arguments",
                outline.arguments().stream()
                        .map(one ->
                                Map.of(
                                        "Name", one.name(),
                                        "Value", one.value(),
                                        "Description", one.description()))
                        .toList());
        told.put("Secrets", needs(outline.secrets()));
        told.put("Agents", needs(outline.agents()));
        return aux("Outline", told);
    }

    private static List<Map<String, Object>> needs(List<Outline.Need> needs) {
        return needs.stream()
                .map(need ->
                        Map.<String, Object>of("Name", need.name(), "Required", need.required()))
                .toList();
    }

    private static ProgressMessage aux(String name, Object value) {
        return new ProgressMessage(null, null, null, null, null, null, null, Map.of(name, value));
    }

    private void send(ProgressMessage message) {
        try {
            out.line(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
