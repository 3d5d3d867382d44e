package dev.carafe.cli.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Something that a template does: print, choose, repeat.
abstract class Statement {
    /// How a statement ended.
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }

    abstract Flow execute(Scope scope, @Nullable Object dot);

    static final class Block extends Statement {
        final List<Statement> statements = new ArrayList<>();

        @Override
        Flow execute(Scope scope, @Nullable Object dot) {
            int mark = scope.mark();
            for (Statement statement : statements) {
                Flow flow = statement.execute(scope, dot);
                if (flow != Flow.NEXT) {
                    scope.forget(mark);
                    return flow;
                }
            }
            scope.forget(mark);
            return Flow.NEXT;
        }
    }

    static final class Text extends Statement {
        private final String text;

        Text(String text) {
            this.text = text;
        }

        @Override
        Flow execute(Scope scope, @Nullable Object dot) {
            scope.out.append(text);
            return Flow.NEXT;
        }
    }

    static final class Print extends Statement {
        private final Pipeline pipeline;

        Print(Pipeline pipeline) {
            this.pipeline = pipeline;
        }

        @Override
        Flow execute(Scope scope, @Nullable Object dot) {
            Object value = pipeline.evaluate(scope, dot);
            if (pipeline.declared.isEmpty()) {
                scope.out.append(value == null ? "<no value>" : GoFormat.plain(value));
            }
            return Flow.NEXT;
        }
    }

    static final class Jump extends Statement {
        private final Flow flow;

        Jump(Flow flow) {
            this.flow = flow;
        }

        @Override
        Flow execute(Scope scope, @Nullable Object dot) {
            return flow;
        }
    }

    /// `if` and `with`; `with` makes its value the dot.
    static final class If extends Statement {
        private final Pipeline condition;
        private final boolean with;
        private final Block then;
        private final @Nullable Block otherwise;

        If(Pipeline condition, boolean with, Block then, @Nullable Block otherwise) {
            this.condition = condition;
            this.with = with;
            this.then = then;
            this.otherwise = otherwise;
        }

        @Override
        Flow execute(Scope scope, @Nullable Object dot) {
            int mark = scope.mark();
            Object value = condition.evaluate(scope, dot);
            Flow flow = Flow.NEXT;
            if (GoValues.truth(value)) {
                flow = then.execute(scope, with ? value : dot);
            } else if (otherwise != null) {
                flow = otherwise.execute(scope, dot);
            }
            scope.forget(mark);
            return flow;
        }
    }

    static final class Range extends Statement {
        private final Pipeline source;
        private final Block body;
        private final @Nullable Block otherwise;

        Range(Pipeline source, Block body, @Nullable Block otherwise) {
            this.source = source;
            this.body = body;
            this.otherwise = otherwise;
        }

        @Override
        Flow execute(Scope scope, @Nullable Object dot) {
            Object value = source.value(scope, dot);
            int mark = scope.mark();
            boolean any = false;
            if (value instanceof List<?> list) {
                any = list(scope, list);
            } else if (value instanceof Map<?, ?> map) {
                any = map(scope, map);
            } else if (value instanceof Long count) {
                any = count(scope, count);
            } else if (value != null && !(value instanceof GoNil)) {
                throw scope.failure(source, "range can't iterate over " + GoFormat.plain(value));
            }
            scope.forget(mark);
            return any || otherwise == null ? Flow.NEXT : otherwise.execute(scope, dot);
        }

        private boolean list(Scope scope, List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                if (!step(scope, (long) i, list.get(i))) {
                    break;
                }
            }
            return !list.isEmpty();
        }

        private boolean map(Scope scope, Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sorted.put(String.valueOf(entry.getKey()), entry.getValue());
            }
            for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
                if (!step(scope, entry.getKey(), entry.getValue())) {
                    break;
                }
            }
            return !map.isEmpty();
        }

        private boolean count(Scope scope, long count) {
            for (long i = 0; i < count; i++) {
                if (!step(scope, i, i)) {
                    break;
                }
            }
            return count > 0;
        }

        /// @return whether to go on
        private boolean step(Scope scope, Object key, @Nullable Object value) {
            int mark = scope.mark();
            int variables = source.declared.size();
            if (variables > 0) {
                source.store(scope, source.declared.get(variables - 1), value);
            }
            if (variables > 1) {
                source.store(scope, source.declared.get(0), key);
            }
            Flow flow = body.execute(scope, value);
            scope.forget(mark);
            return flow != Flow.BREAK;
        }
    }

    /// `template "name" pipeline`.
    static final class Invoke extends Statement {
        private final Operand place;
        private final String name;
        private final @Nullable Pipeline argument;

        Invoke(Operand place, String name, @Nullable Pipeline argument) {
            this.place = place;
            this.name = name;
            this.argument = argument;
        }

        @Override
        Flow execute(Scope scope, @Nullable Object dot) {
            scope.invoke(place, name, argument == null ? null : argument.evaluate(scope, dot));
            return Flow.NEXT;
        }
    }
}
