package dev.carafe.build.dockerfile;

/// The lines of a text, one after the other, with their ends.
final class Lines {
    private final String text;
    private int at;
    private int number;

    Lines(String text) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    boolean more() {
        return at < text.length();
    }

    /// The next line with its `\n`, if it has one.
    String next() {
        int end = text.indexOf('\n', at);
        int next = end < 0 ? text.length() : end + 1;
        String line = text.substring(at, next);
        at = next;
        number++;
        return line;
    }

    /// The number of the line that came last, counted from 1.
    int number() {
        return number;
    }

    static String withoutEnd(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return line.substring(0, end);
    }
}
