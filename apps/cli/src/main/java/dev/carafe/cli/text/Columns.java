package dev.carafe.cli.text;

import java.util.ArrayList;
import java.util.List;

/// Aligns text whose cells end in tabs, as Go's tabwriter does with a minimum width of 10 and a
/// padding of 3. A column is a run of lines that have the cell; the last cell of a line is not
/// aligned.
public final class Columns {
    private static final int MIN_WIDTH = 10;
    private static final int PADDING = 3;

    private final List<List<String>> lines = new ArrayList<>();
    private final StringBuilder out = new StringBuilder();

    private Columns(String text) {
        for (String line : split(text, '\n')) {
            lines.add(split(line, '\t'));
        }
    }

    /// @param text lines, each ending in a newline
    public static String align(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        Columns columns = new Columns(body);
        columns.format(0, columns.lines.size(), new ArrayList<>());
        return columns.out.toString();
    }

    private static List<String> split(String text, char at) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int next = text.indexOf(at); next >= 0; next = text.indexOf(at, start)) {
            parts.add(text.substring(start, next));
            start = next + 1;
        }
        parts.add(text.substring(start));
        return parts;
    }

    private void format(int from, int to, List<Integer> widths) {
        int column = widths.size();
        int written = from;
        for (int line = from; line < to; line++) {
            if (column >= lines.get(line).size() - 1) {
                continue;
            }
            write(written, line, widths);
            int last = line;
            int width = MIN_WIDTH;
            boolean empty = true;
            while (last < to && column < lines.get(last).size() - 1) {
                int cell = width(lines.get(last).get(column));
                empty &= cell == 0;
                width = Math.max(width, cell + PADDING);
                last++;
            }
            List<Integer> more = new ArrayList<>(widths);
            more.add(empty ? 0 : width);
            format(line, last, more);
            written = last;
            line = last - 1;
        }
        write(written, to, widths);
    }

    private void write(int from, int to, List<Integer> widths) {
        for (int line = from; line < to; line++) {
            List<String> cells = lines.get(line);
            for (int i = 0; i < cells.size(); i++) {
                String cell = cells.get(i);
                out.append(cell);
                if (i < cells.size() - 1 && i < widths.size()) {
                    out.repeat(' ', Math.max(0, widths.get(i) - width(cell)));
                }
            }
            out.append('\n');
        }
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
