package dev.carafe.engine.logs;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.base.json.JsonString;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What the options `labels`, `env` and their `-regex` forms choose of a container, and the tag.
final class LogAttributes {
    private LogAttributes() {}

    /// @throws InvalidArgument an expression that is none
    static Map<String, String> of(LogSubject subject, Map<String, String> options) {
        Map<String, String> all = new TreeMap<>();
        Predicate<String> labels = chosen(options, "labels");
        subject.labels()
                .forEach((key, value) -> {
                    if (labels.test(key)) {
                        all.put(key, value);
                    }
                });
        Predicate<String> env = chosen(options, "env");
        for (String pair : subject.env()) {
            int equals = pair.indexOf('=');
            if (equals > 0 && env.test(pair.substring(0, equals))) {
                all.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return all;
    }

    /// @throws InvalidArgument an expression that is none
    static void check(Map<String, String> options) {
        Predicate<String> unused = chosen(options, "labels").or(chosen(options, "env"));
    }

    private static Predicate<String> chosen(Map<String, String> options, String kind) {
        Set<String> names =
                new HashSet<>(Arrays.asList(options.getOrDefault(kind, "").split(",", -1)));
        String expression = options.getOrDefault(kind + "-regex", "");
        Predicate<String> named = name -> !name.isEmpty() && names.contains(name);
        if (expression.isEmpty()) {
            return named;
        }
        try {
            return named.or(Pattern.compile(expression).asPredicate());
        } catch (PatternSyntaxException e) {
            throw new InvalidArgument(
                    Subject.NONE,
                    "invalid " + kind + "-regex '" + expression + "': " + e.getMessage(),
                    e);
        }
    }

    /// As a JSON object; empty when there are none.
    static String json(Map<String, String> attributes) {
        StringBuilder json = new StringBuilder();
        attributes.forEach((key, value) -> {
            json.append(json.isEmpty() ? '{' : ',');
            json.append(JsonString.quotedForHtml(key))
                    .append(':')
                    .append(JsonString.quotedForHtml(value));
        });
        return json.isEmpty() ? "" : json.append('}').toString();
    }
}
