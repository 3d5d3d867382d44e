package dev.carafe.buildkit.answers;

import java.util.ArrayList;
import java.util.List;

/// Rows of texts, each column as wide as its widest cell. Not thread-safe.
final class Columns {
    private final List<List<String>> rows = new ArrayList<>();
    private final int gap;

    /// @param gap spaces between columns
    Columns(int gap) {
        this.gap = gap;
    }

    Columns row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /// One line each; the last cell ends its line.
    String text() {
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                out.append(cell);
                if (i < row.size() - 1) {
                    out.append(" ".repeat(width(i) + gap - cell.length()));
                }
            }
            out.append('\n');
        }
        return out.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
