package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.check.CheckArguments;
import dev.carafe.build.check.Extent;
import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.Stage;
import dev.carafe.build.words.Lexer;
import dev.carafe.build.words.Nearest;
import dev.carafe.oci.Platform;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a build knows of its Dockerfile before anything is done: arguments, stages that the target
/// needs, and whether every FROM can be.
///
/// @param error what is wrong with the first FROM that can't be, or with the target; null for
///   nothing
public record Outset(CheckArguments arguments, Extent extent, @Nullable InvalidArgument error) {
    /// @param all whether every stage is looked at where no target is asked for
    /// @param replaced whether the client puts something in the place of a base's name
    public static Outset of(
            Dockerfile file, SolveOptions options, boolean all, Predicate<String> replaced) {
        BuildArguments arguments = arguments(file, options, options.buildArgs());
        CheckArguments checked =
                new CheckArguments(
                        options.buildArgs(),
                        arguments.globals(),
                        defaults(file, options, arguments));
        if (file.stages().isEmpty()) {
            return new Outset(
                    checked,
                    new Extent(true, 0, Set.of()),
                    new InvalidArgument("dockerfile contains no stages to build"));
        }
        try {
            int begun = 0;
            for (Stage stage : file.stages()) {
                begun++;
                InvalidArgument wrong = wrong(stage.from(), file.escape(), arguments);
                if (wrong != null) {
                    return new Outset(checked, new Extent(true, begun, Set.of()), wrong);
                }
            }
            Set<Integer> needed = needed(file, options, all, replaced, arguments);
            return new Outset(checked, new Extent(true, begun, needed), null);
        } catch (InvalidArgument e) {
            return new Outset(checked, new Extent(true, file.stages().size(), Set.of()), e);
        }
    }

    /// For a file that could not be read to its end.
    public static Outset ofPart(SolveOptions options) {
        CheckArguments arguments = new CheckArguments(options.buildArgs(), Map.of(), Map.of());
        return new Outset(arguments, new Extent(false, 0, Set.of()), null);
    }

    /// The values without what the client gave. Where there must be something given, nothing can be
    /// said about the defaults: then the values themselves.
    private static Map<String, @Nullable String> defaults(
            Dockerfile file, SolveOptions options, BuildArguments arguments) {
        try {
            return arguments(file, options, Map.of()).globals();
        } catch (InvalidArgument e) {
            return arguments.globals();
        }
    }

    private static BuildArguments arguments(
            Dockerfile file, SolveOptions options, Map<String, @Nullable String> given) {
        Platform platform = options.platform();
        BuildArguments arguments =
                BuildArguments.of(
                        given,
                        platform == null ? Platform.host() : platform,
                        Solver.targetName(file, options));
        file.globalArgs().forEach(arg -> arguments.declareGlobal(arg, file.escape()));
        return arguments;
    }

    private static Set<Integer> needed(
            Dockerfile file,
            SolveOptions options,
            boolean all,
            Predicate<String> replaced,
            BuildArguments arguments) {
        Lexer lexer = new Lexer(file.escape());
        BuildPlan plan =
                BuildPlan.of(
                        file,
                        options.target(),
                        name -> lexer.expand(name, arguments::globalValue),
                        replaced);
        return all && options.target() == null
                ? IntStream.range(0, file.stages().size()).boxed().collect(Collectors.toSet())
                : Set.copyOf(plan.order());
    }

    /// What is wrong with a base's name or its platform; null for nothing.
    static @Nullable InvalidArgument wrong(
            Instruction.From from, char escape, BuildArguments arguments) {
        try {
            Lexer lexer = new Lexer(escape);
            if (lexer.expand(from.base(), arguments::globalValue).isEmpty()) {
                return new InvalidArgument(
                        from.source().subject(),
                        "base name (" + from.base() + ") should not be blank");
            }
            return from.platform() == null ? null : platform(from, lexer, arguments);
        } catch (InvalidArgument e) {
            return new InvalidArgument(from.source().subject(), e.text(), e);
        }
    }

    private static @Nullable InvalidArgument platform(
            Instruction.From from, Lexer lexer, BuildArguments arguments) {
        Set<String> unset = new TreeSet<>();
        String value =
                lexer.expand(
                        String.valueOf(from.platform()),
                        name -> {
                            String known = arguments.globalValue(name);
                            if (known == null) {
                                unset.add(name);
                            }
                            return known;
                        });
        String hint =
                unset.stream()
                        .map(name -> Nearest.hint(name, arguments.globals().keySet()))
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse("");
        if (value.isEmpty()) {
            return new InvalidArgument(
                    from.source().subject(),
                    "empty platform value from expression " + from.platform() + hint);
        }
        try {
            Platform.parse(value);
            return null;
        } catch (InvalidArgument e) {
            return new InvalidArgument(
                    from.source().subject(),
                    "failed to parse platform " + from.platform() + ": " + e.text() + hint,
                    e);
        }
    }
}
