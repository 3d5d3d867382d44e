package dev.carafe.runtime.plan;

import dev.carafe.linux.SyscallNumbers;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/// Prints a plan for people and golden files; the same on every architecture.
final class PlanText {
    private PlanText() {}

    static String of(List<Step> steps, List<String> phases) {
        Map<Integer, String> names = names();
        StringBuilder out = new StringBuilder();
        String phase = "";
        for (Step step : steps.subList(1, steps.size())) {
            if (!phases.get(step.index()).equals(phase)) {
                phase = phases.get(step.index());
                out.append(phase).append('\n');
            }
            String call =
                    step.number() == LaunchPlan.LOAD32
                            ? ""
                            : names.getOrDefault(step.number(), "?");
            out.append(
                    String.format(
                            Locale.ROOT,
                            "%5d  %-16s %s%s%n",
                            step.index(),
                            call,
                            step.label(),
                            notes(step)));
        }
        return out.toString();
    }

    private static String notes(Step step) {
        StringJoiner notes = new StringJoiner(", ", "  (", ")").setEmptyValue("");
        for (int i = 0; i < 3 && step.tolerated(i) != 0; i++) {
            notes.add(
                    step.tolerated(i) == Step.ANY_ERROR
                            ? "may fail"
                            : "may fail with " + step.tolerated(i));
        }
        jump(notes, "on error", step.jumpOnError());
        jump(notes, "on zero", step.jumpOnZero());
        jump(notes, "above zero", step.jumpOnPositive());
        return notes.toString();
    }

    private static void jump(StringJoiner notes, String when, int target) {
        if (target != 0) {
            notes.add(when + " " + target);
        }
    }

    private static Map<Integer, String> names() {
        Map<Integer, String> names = new HashMap<>();
        for (Field field : SyscallNumbers.class.getFields()) {
            try {
                names.put(field.getInt(null), field.getName().toLowerCase(Locale.ROOT));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return names;
    }
}
