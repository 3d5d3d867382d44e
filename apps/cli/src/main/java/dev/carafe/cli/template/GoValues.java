package dev.carafe.cli.template;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Go's reflection would say about values.
final class GoValues {
    private GoValues() {}

    /// Whether `if` takes the value as true: not zero, not empty, not nil.
    static boolean truth(@Nullable Object value) {
        if (value == null || value instanceof GoNil) {
            return false;
        }
        if (value instanceof Boolean b) {
            return b;
        }
        if (value instanceof Number n) {
            return n.doubleValue() != 0;
        }
        if (value instanceof String s) {
            return !s.isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        return !(value instanceof Map<?, ?> map) || !map.isEmpty();
    }

    static String typeName(@Nullable Object value) {
        if (value == null) {
            return "<nil>";
        }
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Double) {
            return "float64";
        }
        if (value instanceof Number) {
            return "int";
        }
        if (value instanceof List<?>) {
            return "[]interface {}";
        }
        if (value instanceof GoStruct struct) {
            return struct.typeName();
        }
        return value instanceof GoNil nil ? nil.typeName() : "map[string]interface {}";
    }

    /// The value of `.name` on `receiver`.
    ///
    /// @param type the receiver's static type for the error's sentence
    static @Nullable Object field(
            Scope scope,
            Operand place,
            @Nullable Object receiver,
            String type,
            String name,
            List<@Nullable Object> arguments) {
        if (receiver == null) {
            if (scope.missingKeyIsError) {
                throw scope.failure(place, "nil data; no entry for key " + GoFormat.quote(name));
            }
            return null;
        }
        if (receiver instanceof GoStruct struct) {
            return structField(scope, place, struct, name, arguments);
        }
        if (receiver instanceof Map<?, ?> map) {
            if (!arguments.isEmpty()) {
                throw scope.failure(place, name + " is not a method but has arguments");
            }
            if (!map.containsKey(name) && scope.missingKeyIsError) {
                throw scope.failure(place, "map has no entry for key " + GoFormat.quote(name));
            }
            return map.get(name);
        }
        if (receiver instanceof GoNil nil) {
            throw scope.failure(place, "nil pointer evaluating " + nil.typeName() + "." + name);
        }
        throw scope.failure(place, "can't evaluate field " + name + " in type " + type);
    }

    private static @Nullable Object structField(
            Scope scope,
            Operand place,
            GoStruct struct,
            String name,
            List<@Nullable Object> arguments) {
        if (!struct.has(name)) {
            throw scope.failure(
                    place, "can't evaluate field " + name + " in type " + struct.typeName());
        }
        if (!arguments.isEmpty() && !struct.isMethod(name)) {
            throw scope.failure(place, name + " has arguments but cannot be invoked as function");
        }
        return struct.get(name, arguments);
    }

    /// `index` one step into a list, map or string.
    static @Nullable Object index(@Nullable Object value, @Nullable Object key) {
        if (value == null || value instanceof GoNil) {
            throw FunctionFailure.failed(
                    value == null ? "index of untyped nil" : "index of nil pointer");
        }
        if (value instanceof Map<?, ?> map) {
            if (!(key instanceof String)) {
                throw FunctionFailure.failed(
                        key == null
                                ? "value is nil; should be of type string"
                                : "value has type " + typeName(key) + "; should be string");
            }
            return map.containsKey(key)
                    ? map.get(key)
                    : map instanceof GoMap typed ? typed.zero() : null;
        }
        if (value instanceof List<?> list) {
            return list.get(position(key, list.size()));
        }
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return (long) (bytes[position(key, bytes.length)] & 0xff);
        }
        throw FunctionFailure.failed("can't index item of type " + typeName(value));
    }

    private static int position(@Nullable Object key, int length) {
        if (!(key instanceof Long at)) {
            throw FunctionFailure.failed(
                    key == null
                            ? "cannot index slice/array with nil"
                            : "cannot index slice/array with type " + typeName(key));
        }
        if (at < 0 || at >= length) {
            throw FunctionFailure.failed("index out of range: " + at);
        }
        return at.intValue();
    }
}
