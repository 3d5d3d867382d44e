package dev.carafe.build.dockerfile;

import dev.carafe.base.InvalidArgument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a Dockerfile.
public final class DockerfileParser {
    private final List<Instruction.Arg> globalArgs = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final List<Instruction> body = new ArrayList<>();
    private Instruction.From from;

    private DockerfileParser(Instruction.From none) {
        this.from = none;
    }

    /// @throws InvalidArgument `dockerfile parse error on line 3: unknown instruction: FOO (did you
    ///   mean FROM?)`
    public static Dockerfile parse(String text) {
        Reading reading = read(text);
        if (reading.error() != null) {
            throw reading.error();
        }
        return reading.file();
    }

    /// What could be read.
    ///
    /// @param file up to the instruction that is wrong
    /// @param error what is wrong there, with its {@link Source#subject lines}; null for nothing
    public record Reading(Dockerfile file, @Nullable InvalidArgument error) {}

    /// The same as {@link #parse}, but what is before a wrong instruction is kept.
    ///
    /// @throws InvalidArgument for what does not even fall into lines
    public static Reading read(String text) {
        Directives directives = new Directives();
        LineJoiner joiner = new LineJoiner(text, directives);
        List<LogicalLine> lines = joiner.all();
        if (lines.isEmpty()) {
            throw new InvalidArgument("file with no instructions");
        }
        DockerfileParser parser = new DockerfileParser(NONE);
        InstructionReader reader = new InstructionReader(directives.escape());
        InvalidArgument error = parser.addAll(lines, reader);
        parser.endStage();
        return new Reading(
                new Dockerfile(
                        directives.escape(),
                        directives.value("syntax"),
                        directives.value("check"),
                        parser.globalArgs,
                        parser.stages,
                        joiner.warnings()),
                error);
    }

    private @Nullable InvalidArgument addAll(List<LogicalLine> lines, InstructionReader reader) {
        for (LogicalLine line : lines) {
            try {
                add(reader.read(line));
            } catch (InvalidArgument e) {
                return LineJoiner.at(line.source(), e);
            }
        }
        return null;
    }

    /// The comments right above instructions, by the instructions' first lines.
    public static Map<Integer, List<String>> comments(String text) {
        Map<Integer, List<String>> comments = new HashMap<>();
        for (LogicalLine line : new LineJoiner(text, new Directives()).all()) {
            if (!line.comments().isEmpty()) {
                comments.put(line.source().firstLine(), List.copyOf(line.comments()));
            }
        }
        return comments;
    }

    /// What the comment above a stage says about it, `# NAME what it is for`; empty for nothing.
    public static String description(String text, Stage stage) {
        String name = stage.from().name();
        return name == null
                ? ""
                : comments(text).getOrDefault(stage.from().source().firstLine(), List.of()).stream()
                        .filter(comment -> comment.startsWith(name + " "))
                        .map(comment -> comment.substring(name.length() + 1))
                        .findFirst()
                        .orElse("");
    }

    /// Reads one instruction, as ONBUILD keeps it.
    ///
    /// @throws InvalidArgument with docker's sentence
    public static Instruction instruction(String text, char escape) {
        List<LogicalLine> lines = new LineJoiner(text, new Directives()).all();
        if (lines.size() != 1) {
            throw new InvalidArgument("file with no instructions");
        }
        return new InstructionReader(escape).read(lines.getFirst());
    }

    /// Instructions that belong to no stage.
    public record Loose(char escape, List<Instruction> instructions) {}

    /// Reads the instructions of a change to an image.
    ///
    /// @param allowed names, upper case
    /// @throws InvalidArgument with docker's sentence, `from is not a valid change command`
    public static Loose changes(String text, Set<String> allowed) {
        Directives directives = new Directives();
        List<LogicalLine> lines = new LineJoiner(text, directives).all();
        if (lines.isEmpty()) {
            throw new InvalidArgument("file with no instructions");
        }
        for (LogicalLine line : lines) {
            String name = line.text().split("\\s", 2)[0];
            if (!allowed.contains(name.toUpperCase(Locale.ROOT))) {
                throw new InvalidArgument(name + " is not a valid change command");
            }
        }
        InstructionReader reader = new InstructionReader(directives.escape(), false);
        return new Loose(directives.escape(), lines.stream().map(reader::read).toList());
    }

    private static final Instruction.From NONE =
            new Instruction.From(new Source(0, 0, ""), "", null, null);

    private void add(Instruction instruction) {
        if (instruction instanceof Instruction.From begun) {
            endStage();
            from = begun;
        } else if (from != NONE) {
            body.add(instruction);
        } else if (instruction instanceof Instruction.Arg arg) {
            globalArgs.add(arg);
        } else {
            throw new InvalidArgument("no build stage in current context");
        }
    }

    private void endStage() {
        if (from != NONE) {
            stages.add(new Stage(from, body));
        }
        body.clear();
    }
}
