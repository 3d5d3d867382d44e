package dev.carafe.cli.command;

import dev.carafe.cli.archive.LocalWriter;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.session.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Where a build's result goes: `--output`, `--load`, `--push`; without them to the image store.
final class BuildOutputs {
    private final List<BuildOutput> all;
    private final List<String> tags;
    private final Set<String> known = new HashSet<>();

    private BuildOutputs(List<BuildOutput> all, List<String> tags) {
        this.all = all;
        this.tags = tags;
    }

    /// @throws Failure for what can't be
    static BuildOutputs of(Parsed flags) {
        List<BuildOutput> all = new ArrayList<>();
        flags.all("output").forEach(value -> all.add(BuildOutput.parse(value)));
        if (flags.bool("push")) {
            all.add(BuildOutput.parse("type=registry"));
        }
        if (flags.bool("load") || all.isEmpty()) {
            all.add(BuildOutput.parse("type=image"));
        }
        List<String> tags = new ArrayList<>(flags.all("tag"));
        all.forEach(output -> tags.addAll(output.names()));
        if (all.stream().anyMatch(BuildOutput::push) && tags.isEmpty()) {
            throw new Failure("tag is needed when pushing to registry");
        }
        if (all.stream().filter(output -> output.dest().equals("-")).count() > 1) {
            throw new Failure("only one output can go to standard output");
        }
        return new BuildOutputs(all, tags);
    }

    /// The names that the build gives the image in the store.
    List<String> storedNames() {
        return isStored() ? tags : List.of();
    }

    List<String> names() {
        return tags;
    }

    private boolean isStored() {
        return all.stream().anyMatch(BuildOutput::isStored);
    }

    /// Learns which images have been there before, where the result does not stay.
    void begin(Session session) {
        if (!isStored()) {
            String target = Query.of("/images/json").with("all", "1").toString();
            session.api().getList(target).forEach(image -> known.add(image.text("Id")));
        }
    }

    /// Writes all outputs.
    ///
    /// @param results one for each platform: `Platform`, `ID`
    void write(Session session, List<JsonObject> results) throws IOException {
        try {
            for (BuildOutput output : all) {
                if (output.push()) {
                    push(session);
                }
                if (!output.isStored()) {
                    file(session, output, results);
                }
            }
        } finally {
            if (!isStored()) {
                forget(session, results);
            }
        }
    }

    private void push(Session session) throws IOException {
        for (String tag : new HashSet<>(tags)) {
            PushCommand.push(session, tag, session.err());
        }
    }

    private void file(Session session, BuildOutput output, List<JsonObject> results)
            throws IOException {
        if (output.type().equals("local")) {
            for (JsonObject result : results) {
                Path folder = Path.of(output.dest());
                String platform = result.text("Platform").replace('/', '_');
                folder(session, results.size() < 2 ? folder : folder.resolve(platform), result);
            }
            return;
        }
        Query query = Query.of("/build/result").with("type", output.type());
        results.forEach(result -> query.with("image", result.text("ID")));
        tags.forEach(tag -> query.with("t", tag));
        Download.run(
                session,
                query.toString(),
                output.dest().equals("-") ? "" : output.dest(),
                "dest file is required for "
                        + output.type()
                        + " exporter. refusing to write to console");
    }

    private static void folder(Session session, Path folder, JsonObject result) throws IOException {
        Files.createDirectories(folder);
        String target =
                Query.of("/build/result")
                        .with("type", "tar")
                        .with("image", result.text("ID"))
                        .toString();
        try (Stream stream = session.api().stream("GET", target, null)) {
            LocalWriter.unpack(stream.in(), folder, name -> name);
        }
    }

    /// Removes what only was made to be written elsewhere.
    private void forget(Session session, List<JsonObject> results) {
        for (JsonObject result : results) {
            if (!known.contains(result.text("ID"))) {
                try {
                    session.api().delete("/images/" + Query.segment(result.text("ID")));
                } catch (Failure e) {
                    session.err()
                            .line("the image " + result.text("ID") + " stays: " + e.getMessage());
                }
            }
        }
    }
}
