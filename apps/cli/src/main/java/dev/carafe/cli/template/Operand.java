package dev.carafe.cli.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A part of an expression. `toString` is the text that error sentences show.
abstract class Operand {
    /// What a command without a piped value is given; not null, which is Go's nil.
    static final Object MISSING = new Object();

    final int position;

    Operand(int position) {
        this.position = position;
    }

    /// The value as an argument.
    abstract @Nullable Object value(Scope scope, @Nullable Object dot);

    /// The value as the first word of a command.
    ///
    /// @param arguments the words after it
    /// @param piped the value of the command before, or {@link #MISSING}
    @Nullable Object command(
            Scope scope,
            @Nullable Object dot,
            Command command,
            List<Operand> arguments,
            @Nullable Object piped) {
        if (!arguments.isEmpty() || piped != MISSING) {
            throw scope.failure(this, "can't give argument to non-function " + this);
        }
        return value(scope, dot);
    }

    /// A number, string, boolean or nil.
    static final class Constant extends Operand {
        private final @Nullable Object value;
        private final String source;

        Constant(int position, @Nullable Object value, String source) {
            super(position);
            this.value = value;
            this.source = source;
        }

        @Override
        @Nullable Object value(Scope scope, @Nullable Object dot) {
            return value;
        }

        @Override
        @Nullable Object command(
                Scope scope,
                @Nullable Object dot,
                Command command,
                List<Operand> arguments,
                @Nullable Object piped) {
            if (value == null) {
                throw scope.failure(this, "nil is not a command");
            }
            return super.command(scope, dot, command, arguments, piped);
        }

        @Override
        public String toString() {
            return source;
        }
    }

    /// `.`
    static final class Dot extends Operand {
        Dot(int position) {
            super(position);
        }

        @Override
        @Nullable Object value(Scope scope, @Nullable Object dot) {
            return dot;
        }

        @Override
        public String toString() {
            return ".";
        }
    }

    /// `.A.B`, `$x.A` or `(pipeline).A`.
    static final class Fields extends Operand {
        private final Operand base;
        private final List<String> names;

        Fields(int position, Operand base, List<String> names) {
            super(position);
            this.base = base;
            this.names = names;
        }

        @Override
        @Nullable Object value(Scope scope, @Nullable Object dot) {
            return walk(scope, dot, List.of(), MISSING);
        }

        @Override
        @Nullable Object command(
                Scope scope,
                @Nullable Object dot,
                Command command,
                List<Operand> arguments,
                @Nullable Object piped) {
            return walk(scope, dot, arguments, piped);
        }

        private @Nullable Object walk(
                Scope scope,
                @Nullable Object dot,
                List<Operand> arguments,
                @Nullable Object piped) {
            Object at = base.value(scope, dot);
            String type = GoValues.typeName(at);
            if (!(base instanceof Pipeline)) {
                scope.node = this;
            }
            Operand place = scope.node;
            for (int i = 0; i < names.size(); i++) {
                boolean last = i == names.size() - 1;
                List<@Nullable Object> values =
                        last ? Command.values(scope, dot, arguments, piped) : List.of();
                Object next = GoValues.field(scope, place, at, type, names.get(i), values);
                if (next == null
                        && !last
                        && at instanceof Map<?, ?> map
                        && map.containsKey(names.get(i))) {
                    throw scope.failure(
                            place, "nil pointer evaluating interface {}." + names.get(i + 1));
                }
                at = next;
                type = "interface {}";
            }
            return at;
        }

        @Override
        public String toString() {
            String start =
                    base instanceof Dot
                            ? ""
                            : base instanceof Pipeline ? "(" + base + ")" : base.toString();
            return start + "." + String.join(".", names);
        }
    }

    /// `$x`, or `$` which is the value that the template was given.
    static final class Variable extends Operand {
        final String name;

        Variable(int position, String name) {
            super(position);
            this.name = name;
        }

        @Override
        @Nullable Object value(Scope scope, @Nullable Object dot) {
            return scope.variable(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// A function's name.
    static final class Function extends Operand {
        private final String name;

        Function(int position, String name) {
            super(position);
            this.name = name;
        }

        @Override
        @Nullable Object value(Scope scope, @Nullable Object dot) {
            return call(scope, dot, this, List.of(), MISSING);
        }

        @Override
        @Nullable Object command(
                Scope scope,
                @Nullable Object dot,
                Command command,
                List<Operand> arguments,
                @Nullable Object piped) {
            return call(scope, dot, command, arguments, piped);
        }

        private @Nullable Object call(
                Scope scope,
                @Nullable Object dot,
                Operand place,
                List<Operand> arguments,
                @Nullable Object piped) {
            if (name.equals("and") || name.equals("or")) {
                return shortCircuit(scope, dot, arguments, piped);
            }
            List<@Nullable Object> values = Command.values(scope, dot, arguments, piped);
            if (scope.heads && !values.isEmpty() && Functions.isDockers(name)) {
                return values.get(0);
            }
            scope.node = place;
            try {
                return Functions.call(name, values);
            } catch (FunctionFailure e) {
                throw failure(scope, place, arguments, e);
            }
        }

        private TemplateFailure failure(
                Scope scope, Operand place, List<Operand> arguments, FunctionFailure e) {
            if (e.inside()) {
                String first = arguments.isEmpty() ? "" : arguments.get(0).toString();
                return scope.failure(
                        place,
                        "error calling "
                                + name
                                + ": "
                                + e.text().replace(FunctionFailure.FIRST_ARGUMENT, first));
            }
            if (e.argument() < 0 || e.argument() >= arguments.size()) {
                return scope.failure(this, e.text());
            }
            Operand wrong = arguments.get(e.argument());
            return scope.failure(
                    wrong,
                    wrong instanceof Constant
                            ? "expected " + e.expected() + "; found " + wrong
                            : e.text());
        }

        private @Nullable Object shortCircuit(
                Scope scope,
                @Nullable Object dot,
                List<Operand> arguments,
                @Nullable Object piped) {
            boolean stopAt = name.equals("or");
            if (arguments.isEmpty() && piped == MISSING) {
                throw scope.failure(
                        this, "wrong number of args for " + name + ": want at least 1 got 0");
            }
            Object value = null;
            for (Operand argument : arguments) {
                value = argument.value(scope, dot);
                if (GoValues.truth(value) == stopAt) {
                    return value;
                }
            }
            return piped == MISSING ? value : piped;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
