package dev.carafe.build.words;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import org.jspecify.annotations.Nullable;

/// What the modifiers of `${name...}` do to a value.
final class Substitution {
    private Substitution() {}

    /// @param value null when the variable is unset
    /// @param modifier `-`, `+`, `?`, `#` or `%`
    /// @param colon an empty value counts as unset
    static String apply(
            String name, @Nullable String value, int modifier, boolean colon, String word) {
        boolean missing = value == null || colon && value.isEmpty();
        String known = value == null ? "" : value;
        return switch (modifier) {
            case '-' -> missing ? word : known;
            case '+' -> missing ? "" : word;
            case '?' -> {
                if (missing) {
                    String state = value == null ? "unset" : "empty";
                    throw new InvalidArgument(
                            name
                                    + ": "
                                    + (word.isEmpty() ? "is not allowed to be " + state : word));
                }
                yield known;
            }
            default -> trim(known, modifier, word);
        };
    }

    private static String trim(String value, int modifier, String word) {
        boolean longest = !word.isEmpty() && word.charAt(0) == modifier;
        ShellPattern pattern = pattern(longest ? word.substring(1) : word);
        return modifier == '#'
                ? pattern.trimPrefix(value, longest)
                : pattern.trimSuffix(value, longest);
    }

    static String replace(String value, String pattern, String replacement, boolean all) {
        return pattern(pattern).replace(value, replacement, all);
    }

    private static ShellPattern pattern(String text) {
        try {
            return ShellPattern.parse(text);
        } catch (InvalidArgument e) {
            throw new InvalidArgument(
                    Subject.NONE, "invalid pattern (" + text + ") in substitution: " + e.text(), e);
        }
    }
}
