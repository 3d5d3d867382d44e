package dev.carafe.cli.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Commands joined by `|`, perhaps after `$x :=` or `$x =`.
final class Pipeline extends Operand {
    final List<Variable> declared;
    private final boolean assigns;
    private final List<Command> commands;

    Pipeline(int position, List<Variable> declared, boolean assigns, List<Command> commands) {
        super(position);
        this.declared = declared;
        this.assigns = assigns;
        this.commands = commands;
    }

    @Override
    @Nullable Object value(Scope scope, @Nullable Object dot) {
        Object value = commands.get(0).run(scope, dot, MISSING);
        for (int i = 1; i < commands.size(); i++) {
            value = commands.get(i).run(scope, dot, value);
        }
        return value;
    }

    /// The value, kept in the variable that the pipeline names.
    @Nullable Object evaluate(Scope scope, @Nullable Object dot) {
        Object value = value(scope, dot);
        for (Variable variable : declared) {
            store(scope, variable, value);
        }
        return value;
    }

    void store(Scope scope, Variable variable, @Nullable Object value) {
        if (assigns) {
            scope.assign(this, variable.name, value);
        } else {
            scope.declare(variable.name, value);
        }
    }

    @Override
    public String toString() {
        StringBuilder s = new StringBuilder();
        for (Variable variable : declared) {
            s.append(s.isEmpty() ? "" : ", ").append(variable.name);
        }
        if (!declared.isEmpty()) {
            s.append(assigns ? " = " : " := ");
        }
        for (int i = 0; i < commands.size(); i++) {
            s.append(i == 0 ? "" : " | ").append(commands.get(i));
        }
        return s.toString();
    }
}
