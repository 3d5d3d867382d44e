package dev.carafe.build.check;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.build.words.Lexer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The value of `# check=`: `skip=RULE,...;error=true;experimental=RULE,...`, with `all` for every
/// rule.
///
/// @param error whether findings are errors
record Directive(Set<String> skip, Set<String> experimental, boolean error) {
    private static final String ALL = "all";
    private static final Pattern COMMENT = Pattern.compile("(?i)check\\s*=\\s*(\\S+).*");

    /// @param text null or blank for none
    /// @throws InvalidArgument `invalid check option "..."`
    static Directive parse(@Nullable String text) {
        Set<String> skip = new HashSet<>();
        Set<String> experimental = new HashSet<>();
        boolean error = false;
        String value = text == null ? "" : text.strip();
        for (String part : value.isEmpty() ? new String[0] : value.split(";", 3)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals).strip();
            switch (equals < 0 ? "" : key) {
                case "skip" -> skip.addAll(rules(part, equals));
                case "experimental" -> experimental.addAll(rules(part, equals));
                case "error" -> error = bool(part, part.substring(equals + 1).strip());
                default -> throw new InvalidArgument("invalid check option " + Lexer.quoted(key));
            }
        }
        return new Directive(skip, experimental, error);
    }

    private static List<String> rules(String part, int equals) {
        return Arrays.stream(part.substring(equals + 1).split(",")).map(String::strip).toList();
    }

    private static boolean bool(String part, String value) {
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                    throw new InvalidArgument(
                            Subject.NONE,
                            "failed to parse check option "
                                    + Lexer.quoted(part)
                                    + ": strconv.ParseBool: parsing "
                                    + Lexer.quoted(value)
                                    + ": invalid syntax");
        };
    }

    /// With what the comments above one instruction add for it: the first of them that is a
    /// directive, up to a space. What can't be read there is a comment.
    Directive with(List<String> comments) {
        for (String comment : comments) {
            Matcher match = COMMENT.matcher(comment);
            if (match.matches()) {
                return with(match.group(1));
            }
        }
        return this;
    }

    private Directive with(String text) {
        try {
            Directive more = parse(text);
            Set<String> skipped = new HashSet<>(skip);
            skipped.addAll(more.skip);
            Set<String> wanted = new HashSet<>(experimental);
            wanted.addAll(more.experimental);
            return new Directive(skipped, wanted, error);
        } catch (InvalidArgument e) {
            return this;
        }
    }

    /// Rules that are experimental are asked for; the others can be skipped.
    boolean wants(Rule rule) {
        Set<String> named = rule.experimental() ? experimental : skip;
        boolean isNamed = named.contains(ALL) || named.contains(rule.title());
        return isNamed == rule.experimental();
    }
}
