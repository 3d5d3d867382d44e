package dev.carafe.build.dockerfile;

import dev.carafe.base.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes logical lines: drops comments, also between continuations, joins what an escape character
/// at the end continues, and takes in here-documents.
final class LineJoiner {
    private static final Pattern HEREDOC_INSTRUCTION =
            Pattern.compile("\\s*(?:ONBUILD\\s+)?(?:ADD|COPY|RUN)\\s.*", Pattern.DOTALL);

    private final Lines lines;
    private final Directives directives;
    private final List<Dockerfile.Warning> warnings = new ArrayList<>();
    private final List<LogicalLine> joined = new ArrayList<>();
    private List<String> comments = new ArrayList<>();

    LineJoiner(String text, Directives directives) {
        this.lines = new Lines(text);
        this.directives = directives;
    }

    List<Dockerfile.Warning> warnings() {
        return warnings;
    }

    /// @throws InvalidArgument with the line's number
    List<LogicalLine> all() {
        while (lines.more()) {
            String line = Lines.withoutEnd(lines.next()).stripLeading();
            boolean shebang = lines.number() == 1 && line.startsWith("#!");
            if (!shebang && !directive(line) && line.startsWith("#")) {
                comment(line.substring(1).strip());
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                instruction(line);
            }
        }
        return joined;
    }

    private boolean directive(String line) {
        try {
            return directives.read(line);
        } catch (InvalidArgument e) {
            throw at(lines.number(), e);
        }
    }

    private void comment(String text) {
        if (text.isEmpty()) {
            comments = new ArrayList<>();
        } else {
            comments.add(text);
        }
    }

    private void instruction(String begin) {
        int first = lines.number();
        StringBuilder whole = new StringBuilder();
        boolean emptyLine = false;
        String line = begin;
        boolean goesOn = continued(line);
        whole.append(cut(line));
        while (goesOn && lines.more()) {
            line = Lines.withoutEnd(lines.next());
            if (line.stripLeading().startsWith("#")) {
                continue;
            }
            if (line.isBlank()) {
                emptyLine = true;
                continue;
            }
            goesOn = continued(line);
            whole.append(cut(line));
        }
        String text = whole.toString();
        if (text.isBlank()) {
            return;
        }
        if (emptyLine) {
            warnings.add(
                    new Dockerfile.Warning(
                            lines.number(), "Empty continuation line found in: " + text));
        }
        List<Heredoc> heredocs = heredocs(text, first);
        Source source = new Source(first, lines.number(), text.strip());
        joined.add(new LogicalLine(source, comments, heredocs));
        comments = new ArrayList<>();
    }

    /// An escape character at the end, spaces after it allowed, but not two of them.
    private boolean continued(String line) {
        return cutAt(line) >= 0;
    }

    private String cut(String line) {
        int at = cutAt(line);
        return at < 0 ? line : line.substring(0, at);
    }

    private int cutAt(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
            end--;
        }
        boolean escaped = end > 0 && line.charAt(end - 1) == directives.escape();
        boolean twice = end > 1 && line.charAt(end - 2) == directives.escape();
        return escaped && !twice ? end - 1 : -1;
    }

    private List<Heredoc> heredocs(String text, int first) {
        Matcher match = HEREDOC_INSTRUCTION.matcher(text.toUpperCase(Locale.ROOT));
        if (!text.contains("<<") || !match.matches()) {
            return List.of();
        }
        try {
            List<Heredoc> whole = new ArrayList<>();
            for (Heredoc begun : Heredoc.allBegun(text)) {
                whole.add(begun.with(content(begun)));
            }
            return whole;
        } catch (InvalidArgument e) {
            throw at(first, e);
        }
    }

    private String content(Heredoc begun) {
        StringBuilder content = new StringBuilder();
        while (lines.more()) {
            String line = lines.next();
            if (begun.endsAt(Lines.withoutEnd(line))) {
                return content.toString();
            }
            content.append(line);
        }
        throw new InvalidArgument("unterminated heredoc");
    }

    private static InvalidArgument at(int line, InvalidArgument e) {
        return at(new Source(line, line, ""), e);
    }

    static InvalidArgument at(Source place, InvalidArgument e) {
        return new InvalidArgument(
                place.subject(),
                "dockerfile parse error on line " + place.firstLine() + ": " + e.text(),
                e);
    }
}
