package dev.carafe.build.check;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The value of `# check=`: `skip=RULE,...;error=true;experimental=RULE,...`, with `all` for every
/// rule.
///
/// @param error whether findings are errors
record Directive(Set<String> skip, Set<String> experimental, boolean error) {
    private static final String ALL = "all";

    static Directive parse(@Nullable String text) {
        Set<String> skip = new HashSet<>();
        Set<String> experimental = new HashSet<>();
        boolean error = false;
        for (String part : text == null ? new String[0] : text.split(";")) {
            int equals = part.indexOf('=');
            String key = part.substring(0, Math.max(0, equals)).strip().toLowerCase(Locale.ROOT);
            List<String> values =
                    Arrays.stream(part.substring(equals + 1).split(","))
                            .map(String::strip)
                            .toList();
            switch (key) {
                case "skip" -> skip.addAll(values);
                case "experimental" -> experimental.addAll(values);
                case "error" -> error = values.contains("true");
                default -> {}
            }
        }
        return new Directive(skip, experimental, error);
    }

    boolean wants(Rule rule) {
        boolean asked =
                !rule.experimental()
                        || experimental.contains(ALL)
                        || experimental.contains(rule.title());
        return asked && !skip.contains(ALL) && !skip.contains(rule.title());
    }
}
