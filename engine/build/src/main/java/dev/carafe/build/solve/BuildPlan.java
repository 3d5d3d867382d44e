package dev.carafe.build.solve;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.dockerfile.Dockerfile;
import dev.carafe.build.dockerfile.DockerfileParser;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.dockerfile.RunMount;
import dev.carafe.build.dockerfile.Stage;
import dev.carafe.build.words.Lexer;
import dev.carafe.build.words.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Which stages a target needs, and in which order.
///
/// @param stages all stages of the file
/// @param order indexes of those that are needed, in the file's order; the target is the last
record BuildPlan(List<Stage> stages, List<Integer> order) {
    /// Where no base's name has a variable.
    static BuildPlan of(Dockerfile file, @Nullable String target) {
        return of(file, target, name -> name, name -> false);
    }

    /// @param target name or number; null for the last
    /// @param expand gives names of bases the values of their variables
    /// @param replaced whether the client puts something in the place of a name: the stage of that
    ///   name is not needed then
    /// @throws InvalidArgument `target stage "x" could not be found`
    static BuildPlan of(
            Dockerfile file,
            @Nullable String target,
            UnaryOperator<String> expand,
            Predicate<String> replaced) {
        List<Stage> stages = file.stages();
        int last = target == null || target.isEmpty() ? stages.size() - 1 : file.stage(target);
        if (last < 0) {
            throw new InvalidArgument(
                    stages.isEmpty()
                            ? "No build stage in current context"
                            : "target stage "
                                    + Lexer.quoted(String.valueOf(target))
                                    + " could not be found"
                                    + hint(String.valueOf(target), stages));
        }
        Set<Integer> needed = new TreeSet<>();
        List<Integer> open = new ArrayList<>(List.of(last));
        while (!open.isEmpty()) {
            int stage = open.removeLast();
            if (needed.add(stage)) {
                open.addAll(uses(stages, stage, file.escape(), expand, replaced));
            }
        }
        return new BuildPlan(stages, List.copyOf(needed));
    }

    private static String hint(String target, List<Stage> stages) {
        return Nearest.hint(
                target.toLowerCase(Locale.ROOT),
                stages.stream()
                        .map(stage -> stage.from().name())
                        .filter(Objects::nonNull)
                        .toList());
    }

    /// Refuses a second stage of the same name, as the classic builder does.
    static void checkNames(List<Stage> stages) {
        Set<String> names = new HashSet<>();
        for (Stage stage : stages) {
            String name = stage.from().name();
            if (name != null && !names.add(name)) {
                throw new InvalidArgument(name + " stage name already used");
            }
        }
    }

    /// The stages that this one uses. A name that depends on a variable may be any earlier stage.
    private static List<Integer> uses(
            List<Stage> stages,
            int at,
            char escape,
            UnaryOperator<String> expand,
            Predicate<String> replaced) {
        List<Integer> used = new ArrayList<>();
        Stage stage = stages.get(at);
        String from = expand.apply(stage.from().base());
        if (!replaced.test(from)) {
            addNamed(used, stages, at, from, false);
        }
        List<Instruction> all = new ArrayList<>(stage.instructions());
        int base = replaced.test(from) ? -1 : find(stages, at, from, false);
        if (base >= 0) {
            all.addAll(triggers(stages.get(base), escape));
        }
        for (Instruction instruction : all) {
            switch (instruction) {
                case Instruction.Copy copy when copy.from() != null -> {
                    if (!replaced.test(copy.from())) {
                        checkOrder(stages, at, copy.from());
                        addNamed(used, stages, at, copy.from(), true);
                    }
                }
                case Instruction.Run run ->
                        run.mounts().stream()
                                .map(RunMount::from)
                                .filter(name -> !name.isEmpty() && !replaced.test(name))
                                .forEach(name -> addNamed(used, stages, at, name, true));
                default -> {}
            }
        }
        return used;
    }

    /// What a stage leaves to do to those that begin with it.
    private static List<Instruction> triggers(Stage stage, char escape) {
        return stage.instructions().stream()
                .filter(Instruction.OnBuild.class::isInstance)
                .map(one -> ((Instruction.OnBuild) one).trigger())
                .map(trigger -> DockerfileParser.instruction(trigger, escape))
                .toList();
    }

    private static void checkOrder(List<Stage> stages, int at, String from) {
        if (find(stages, at, from, true) < 0 && find(stages, at + 1, from, true) == at) {
            throw new InvalidArgument("circular dependency detected on stage: " + name(stages, at));
        }
        if (find(stages, at, from, true) < 0 && find(stages, stages.size(), from, false) > at) {
            throw new InvalidArgument(
                    "cannot copy from stage "
                            + Lexer.quoted(from)
                            + ", it needs to be defined before current stage "
                            + Lexer.quoted(name(stages, at)));
        }
    }

    private static String name(List<Stage> stages, int at) {
        return Objects.requireNonNullElse(stages.get(at).from().name(), "stage-" + at);
    }

    private static void addNamed(
            List<Integer> used, List<Stage> stages, int at, String name, boolean numbers) {
        if (name.contains("$")) {
            for (int i = 0; i < at; i++) {
                used.add(i);
            }
            return;
        }
        int found = find(stages, at, name, numbers);
        if (found >= 0) {
            used.add(found);
        }
    }

    /// The last stage before `at` with that name, or number where those count; -1 for none.
    static int find(List<Stage> stages, int at, String name, boolean numbers) {
        for (int i = at - 1; i >= 0; i--) {
            if (stages.get(i).isNamed(name)) {
                return i;
            }
        }
        if (numbers && name.matches("\\d{1,6}") && Integer.parseInt(name) < at) {
            return Integer.parseInt(name);
        }
        return -1;
    }

    int target() {
        return order.getLast();
    }
}
