package dev.carafe.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The table of a run, printed row by row as it grows. Milliseconds; the first column is ours, each
/// other one ends with how many times as long it took.
final class Report {
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Series> current = new HashMap<>();
    private List<String> columns = List.of();

    void head(List<String> names) {
        columns = names;
        line("| operation (ms, median [quartiles]) | " + String.join(" | ", names) + " |");
        line("|---|" + "---|".repeat(names.size()));
    }

    /// Adds what went by since `start` (of System.nanoTime) to the row that is being measured.
    void add(String column, long start) {
        current.computeIfAbsent(column, k -> new Series()).add((System.nanoTime() - start) / 1e6);
        System.err.print('.');
    }

    void row(String name) {
        StringBuilder row = new StringBuilder("| " + name + " |");
        Series ours = current.get(columns.getFirst());
        for (String column : columns) {
            Series series = current.get(column);
            row.append(' ').append(series == null ? "-" : series.toString());
            if (series != null && ours != null && series != ours) {
                double ratio = series.median() / ours.median();
                row.append(String.format(Locale.ROOT, " (x %.1f)", ratio));
            }
            row.append(" |");
        }
        System.err.println();
        line(row.toString());
        current.clear();
    }

    private void line(String row) {
        text.append(row).append('\n');
        System.out.println(row);
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }
}
