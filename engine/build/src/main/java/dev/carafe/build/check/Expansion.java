package dev.carafe.build.check;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.words.Lexer;
import dev.carafe.build.words.Variables;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Puts variables into texts and remembers which had a value. Whatever a text does about a missing
/// value, as `${x:-y}`, the variable counts as unset: so does BuildKit.
final class Expansion {
    private final Lexer lexer;
    private final Variables variables;
    private final Set<String> set = new TreeSet<>();
    private final Set<String> unset = new TreeSet<>();

    Expansion(Lexer lexer, Variables variables) {
        this.lexer = lexer;
        this.variables = variables;
    }

    /// The text, or null where it can't be expanded: the build says why.
    @Nullable String of(String text) {
        return of(text, lexer);
    }

    /// The same by the rules of here-documents.
    void ofInline(String text) {
        of(text, new Lexer('\\', false, false, false, true));
    }

    private @Nullable String of(String text, Lexer by) {
        try {
            return by.expand(text, this::value);
        } catch (InvalidArgument e) {
            return null;
        }
    }

    private @Nullable String value(String name) {
        String value = variables.get(name);
        (value == null ? unset : set).add(name);
        return value;
    }

    Set<String> set() {
        return set;
    }

    Set<String> unset() {
        return unset;
    }
}
