package dev.carafe.build.solve;

import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.DockerfileParser;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.Stage;
import dev.carafe.build.words.Lexer;
import dev.carafe.oci.Platform;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads from a Dockerfile what a target can be given: the arguments and mounts of the stages that
/// the target needs. Not thread-safe.
public final class OutlineReader {
    private final Dockerfile file;
    private final BuildArguments arguments;
    private final Lexer lexer;
    private final BuildPlan plan;
    private final Map<String, Global> globals = new LinkedHashMap<>();
    private final Map<String, Outline.Argument> found = new LinkedHashMap<>();
    private final Map<String, Outline.Need> secrets = new LinkedHashMap<>();
    private final Map<String, Outline.Need> agents = new LinkedHashMap<>();
    private final Map<Integer, OutlineStage> stages = new HashMap<>();

    /// An ARG before the first FROM.
    ///
    /// @param uses the names that its value is made of
    private record Global(Outline.Argument argument, Set<String> uses) {}

    private OutlineReader(Dockerfile file, SolveOptions options) {
        this.file = file;
        this.lexer = new Lexer(file.escape());
        Platform platform = options.platform();
        this.arguments =
                BuildArguments.of(
                        options.buildArgs(),
                        platform == null ? Platform.host() : platform,
                        options.target());
        file.globalArgs().forEach(this::global);
        this.plan =
                BuildPlan.of(
                        file,
                        options.target(),
                        name -> lexer.expand(name, arguments::globalValue),
                        name -> false);
    }

    /// @param text a Dockerfile
    /// @throws dev.carafe.base.InvalidArgument for what is none, and for a target that it lacks
    public static Outline read(String text, SolveOptions options) {
        Dockerfile file = DockerfileParser.parse(text);
        OutlineReader reader = new OutlineReader(file, options);
        reader.plan.order().forEach(reader::stage);
        Stage target = file.stages().get(reader.plan.target());
        String name = target.from().name();
        return new Outline(
                name == null ? "" : name,
                DockerfileParser.description(text, target),
                sorted(reader.found.values().stream().toList(), one -> one.source().firstLine()),
                sorted(reader.secrets.values().stream().toList(), one -> one.source().firstLine()),
                sorted(reader.agents.values().stream().toList(), one -> one.source().firstLine()));
    }

    private static <T> List<T> sorted(List<T> all, java.util.function.ToIntFunction<T> line) {
        return all.stream().sorted(Comparator.comparingInt(line)).toList();
    }

    private void global(Instruction.Arg arg) {
        for (Instruction.Arg.Definition one : arg.definitions()) {
            Set<String> uses = new HashSet<>();
            Global before = globals.get(one.name());
            if (before != null) {
                uses.addAll(before.uses());
            }
            names(one.value(), uses);
            arguments.declareGlobal(new Instruction.Arg(arg.source(), List.of(one)), file.escape());
            globals.put(
                    one.name(),
                    new Global(argument(arg, one, arguments.globalValue(one.name())), uses));
        }
    }

    private static Outline.Argument argument(
            Instruction.Arg arg, Instruction.Arg.Definition one, @Nullable String value) {
        return new Outline.Argument(
                one.name(), one.description(), Objects.requireNonNullElse(value, ""), arg.source());
    }

    private void names(@Nullable String text, Set<String> uses) {
        if (text != null) {
            lexer.expand(
                    text,
                    name -> {
                        uses.add(name);
                        return arguments.globalValue(name);
                    });
        }
    }

    private void stage(int index) {
        Stage stage = plan.stages().get(index);
        Set<String> uses = new HashSet<>();
        names(stage.from().base(), uses);
        names(stage.from().platform(), uses);
        String base = lexer.expand(stage.from().base(), arguments::globalValue);
        OutlineStage below = stages.get(BuildPlan.find(plan.stages(), index, base, false));
        OutlineStage own =
                new OutlineStage(
                        lexer,
                        arguments.forStage(below == null ? null : below.arguments()),
                        below == null ? Map.of() : below.env());
        stages.put(index, own);
        for (Instruction instruction : stage.instructions()) {
            switch (instruction) {
                case Instruction.Arg arg -> declare(arg, own, uses);
                case Instruction.Env env -> own.env(env);
                case Instruction.Run run -> own.mounts(run, secrets, agents);
                default -> {}
            }
        }
        useGlobals(uses, new HashSet<>());
    }

    private void declare(Instruction.Arg arg, OutlineStage stage, Set<String> uses) {
        for (Instruction.Arg.Definition one : arg.definitions()) {
            boolean inherited =
                    one.value() == null
                            && globals.containsKey(one.name())
                            && !arguments.isGiven(one.name());
            stage.declare(one);
            if (inherited) {
                uses.add(one.name());
            } else {
                found.put(one.name(), argument(arg, one, stage.value(one.name())));
            }
        }
    }

    private void useGlobals(Set<String> names, Set<String> seen) {
        for (String name : names) {
            Global global = globals.get(name);
            if (global != null && seen.add(name)) {
                found.putIfAbsent(name, global.argument());
                useGlobals(global.uses(), seen);
            }
        }
    }
}
