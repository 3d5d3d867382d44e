package dev.carafe.cli.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A word and its arguments: `printf "%d" .Count`.
final class Command extends Operand {
    private final List<Operand> words;

    Command(int position, List<Operand> words) {
        super(position);
        this.words = words;
    }

    @Override
    @Nullable Object value(Scope scope, @Nullable Object dot) {
        return run(scope, dot, MISSING);
    }

    @Nullable Object run(Scope scope, @Nullable Object dot, @Nullable Object piped) {
        return words.get(0).command(scope, dot, this, words.subList(1, words.size()), piped);
    }

    Operand first() {
        return words.get(0);
    }

    /// The values of arguments, a piped value last.
    static List<@Nullable Object> values(
            Scope scope, @Nullable Object dot, List<Operand> arguments, @Nullable Object piped) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Operand argument : arguments) {
            values.add(argument.value(scope, dot));
        }
        if (piped != MISSING) {
            values.add(piped);
        }
        return values;
    }

    @Override
    public String toString() {
        StringBuilder s = new StringBuilder();
        for (Operand word : words) {
            s.append(s.isEmpty() ? "" : " ")
                    .append(word instanceof Pipeline ? "(" + word + ")" : word);
        }
        return s.toString();
    }
}
