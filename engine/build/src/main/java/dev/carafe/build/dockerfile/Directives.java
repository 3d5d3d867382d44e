package dev.carafe.build.dockerfile;

import dev.carafe.base.InvalidArgument;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parser directives: `# name=value` lines before anything else (Dockerfile reference, "Parser
/// directives").
final class Directives {
    private static final Set<String> NAMES = Set.of("syntax", "escape", "check");
    private static final Pattern LINE =
            Pattern.compile("#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(.+?)\\s*");
    private final Map<String, String> values = new HashMap<>();
    private boolean over;

    /// @return whether the line is a directive
    /// @throws InvalidArgument for one that was there before, or an escape character that can't be
    boolean read(String line) {
        Matcher match = LINE.matcher(line);
        String name = "";
        if (!over && match.matches()) {
            name = match.group(1).toLowerCase(Locale.ROOT);
        }
        if (!NAMES.contains(name)) {
            over = true;
            return false;
        }
        if (values.putIfAbsent(name, match.group(2)) != null) {
            throw new InvalidArgument("only one " + name + " parser directive can be used");
        }
        if (name.equals("escape") && !match.group(2).matches("[\\\\`]")) {
            throw new InvalidArgument(
                    "invalid escape token '" + match.group(2) + "' does not match ` or \\");
        }
        return true;
    }

    char escape() {
        return values.getOrDefault("escape", "\\").charAt(0);
    }

    @Nullable String value(String name) {
        return values.get(name);
    }
}
