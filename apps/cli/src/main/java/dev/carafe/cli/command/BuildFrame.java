package dev.carafe.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Lays steps of a build out on a terminal: names at the left, times at the right edge, what does
/// not fit cut off. Pure.
///
/// @param columns of the terminal
/// @param rows that may be used; what has no room is left out, steps that are done first
/// @param colors whether lines are coloured
record BuildFrame(int columns, int rows, boolean colors) {
    private static final String BLUE = "\033[34m";
    private static final String RED = "\033[31m";
    private static final String DIM = "\033[2m";
    private static final String PLAIN = "\033[0m";
    private static final String CUT = "...";

    enum Mood {
        RUNNING,
        DONE,
        CACHED,
        FAILED
    }

    /// @param time `0.3s`
    /// @param log the last lines that it said
    record Step(String name, Mood mood, String time, List<String> log) {}

    List<String> lines(String title, List<Step> steps) {
        List<Step> shown = new ArrayList<>(steps);
        int left = rows - 1;
        while (height(shown) > left && shown.removeIf(first(shown, Mood.DONE, Mood.CACHED))) {
            continue;
        }
        long running = shown.stream().filter(step -> step.mood == Mood.RUNNING).count();
        long said = Math.max(0, left - shown.size()) / Math.max(1, running);
        List<String> lines = new ArrayList<>();
        lines.add(cut(title, columns));
        for (Step step : shown.subList(Math.max(0, shown.size() - left), shown.size())) {
            lines.add(line(step));
            if (step.mood == Mood.RUNNING) {
                step.log.stream()
                        .skip(Math.max(0, step.log.size() - said))
                        .forEach(text -> lines.add(colored(DIM, cut(" => => # " + text, columns))));
            }
        }
        return lines;
    }

    private static Predicate<Step> first(List<Step> steps, Mood... moods) {
        Step found =
                steps.stream()
                        .filter(step -> List.of(moods).contains(step.mood))
                        .findFirst()
                        .orElse(null);
        return step -> step == found;
    }

    private static int height(List<Step> steps) {
        return steps.stream()
                .mapToInt(step -> step.mood == Mood.RUNNING ? 1 + step.log.size() : 1)
                .sum();
    }

    private String line(Step step) {
        String mark =
                switch (step.mood) {
                    case FAILED -> "ERROR ";
                    case CACHED -> "CACHED ";
                    case DONE, RUNNING -> "";
                };
        int width = Math.max(0, columns - step.time.length() - 1);
        String text = cut(" => " + mark + step.name.replaceAll("\\p{Cntrl}", " "), width);
        String line = text + " ".repeat(Math.max(1, columns - text.length() - step.time.length()));
        return switch (step.mood) {
            case FAILED -> colored(RED, line + step.time);
            case DONE, CACHED -> colored(BLUE, line + step.time);
            case RUNNING -> line + step.time;
        };
    }

    private String colored(String color, String text) {
        return colors ? color + text + PLAIN : text;
    }

    private static String cut(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        return width <= CUT.length() * 2
                ? text.substring(0, Math.max(0, width))
                : text.substring(0, width - CUT.length()) + CUT;
    }
}
