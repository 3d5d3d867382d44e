package dev.carafe.cli.template;

import dev.carafe.cli.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The functions of a template: Go's own and Docker's.
final class Functions {
    private Functions() {}

    static boolean isKnown(String name) {
        return switch (name) {
            case "and",
                    "or",
                    "not",
                    "call",
                    "html",
                    "js",
                    "urlquery",
                    "index",
                    "slice",
                    "len",
                    "print",
                    "printf",
                    "println",
                    "eq",
                    "ne",
                    "lt",
                    "le",
                    "gt",
                    "ge" ->
                    true;
            default -> isDockers(name);
        };
    }

    /// Whether Docker adds the function to Go's own.
    static boolean isDockers(String name) {
        return switch (name) {
            case "json", "split", "join", "title", "lower", "upper", "pad", "truncate" -> true;
            default -> false;
        };
    }

    /// @throws FunctionFailure with the reason
    static @Nullable Object call(String name, List<@Nullable Object> a) {
        return switch (name) {
            case "not" -> !GoValues.truth(one(name, a));
            case "call" ->
                    throw FunctionFailure.failed(
                            "non-function "
                                    + FunctionFailure.FIRST_ARGUMENT
                                    + " of type "
                                    + GoValues.typeName(first(name, a)));
            case "html" -> Escapes.html(printed(a));
            case "js" -> Escapes.js(printed(a));
            case "urlquery" -> Escapes.url(printed(a));
            case "index" -> index(a);
            case "slice" -> slice(a);
            case "len" -> length(one(name, a));
            case "print" -> print(a);
            case "println" -> println(a);
            case "printf" -> format(a);
            case "eq", "ne", "lt", "le", "gt", "ge" -> Comparisons.call(name, a);
            default -> docker(name, a);
        };
    }

    private static @Nullable Object docker(String name, List<@Nullable Object> a) {
        switch (name) {
            case "json":
                String json = Json.write(plainData(one(name, a)));
                return a.get(0) instanceof GoStruct struct && struct.escapesHtml()
                        ? Escapes.json(json)
                        : json;
            case "split":
                count(name, a, 2);
                return split(text(a, 0), text(a, 1));
            case "join":
                count(name, a, 2);
                return join(a.get(0), text(a, 1));
            case "title":
                count(name, a, 1);
                return title(text(a, 0));
            case "lower":
                count(name, a, 1);
                return text(a, 0).toLowerCase(Locale.ROOT);
            case "upper":
                count(name, a, 1);
                return text(a, 0).toUpperCase(Locale.ROOT);
            case "pad":
                count(name, a, 3);
                String padded = text(a, 0);
                return padded.isEmpty()
                        ? ""
                        : " ".repeat(Math.max(0, whole(a, 1)))
                                + padded
                                + " ".repeat(Math.max(0, whole(a, 2)));
            default:
                count(name, a, 2);
                String s = text(a, 0);
                int length = whole(a, 1);
                return s.length() < length ? s : s.substring(0, Math.max(0, length));
        }
    }

    /// Values with structs as objects, for JSON; maps get Go's order, which is sorted.
    private static @Nullable Object plainData(@Nullable Object value) {
        if (value instanceof GoNil
                || value instanceof GoNilList
                || (value instanceof GoMap nil && nil.isNil())) {
            return null;
        }
        if (value instanceof GoStruct struct) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            for (Map.Entry<String, @Nullable Object> entry : struct.all().entrySet()) {
                fields.put(entry.getKey(), plainData(entry.getValue()));
            }
            return fields;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> fields = new TreeMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                fields.put(String.valueOf(entry.getKey()), plainData(entry.getValue()));
            }
            return fields;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            for (Object item : list) {
                items.add(plainData(item));
            }
            return items;
        }
        return value;
    }

    private static @Nullable Object index(List<@Nullable Object> a) {
        Object value = first("index", a);
        if (value == null) {
            throw FunctionFailure.failed("index of untyped nil");
        }
        for (int i = 1; i < a.size(); i++) {
            value = GoValues.index(value, a.get(i));
        }
        return value;
    }

    private static Object slice(List<@Nullable Object> a) {
        Object value = first("slice", a);
        if (a.size() > 4) {
            throw FunctionFailure.failed("too many slice indexes: " + (a.size() - 1));
        }
        if (value instanceof String s) {
            byte[] bytes = GoText.utf8(s);
            int from = bound(a, 1, 0, bytes.length);
            int to = bound(a, 2, bytes.length, bytes.length);
            return new String(bytes, from, ordered(from, to) - from, StandardCharsets.UTF_8);
        }
        if (value instanceof List<?> list) {
            int from = bound(a, 1, 0, list.size());
            return list.subList(from, ordered(from, bound(a, 2, list.size(), list.size())));
        }
        throw FunctionFailure.failed(
                value == null
                        ? "slice of untyped nil"
                        : "can't slice item of type " + GoValues.typeName(value));
    }

    private static int bound(List<@Nullable Object> a, int at, int fallback, int max) {
        if (a.size() <= at) {
            return fallback;
        }
        if (!(a.get(at) instanceof Long n)) {
            throw FunctionFailure.failed(
                    "cannot index slice/array with type " + GoValues.typeName(a.get(at)));
        }
        if (n < 0 || n > max) {
            throw FunctionFailure.failed("index out of range: " + n);
        }
        return n.intValue();
    }

    private static int ordered(int from, int to) {
        if (from > to) {
            throw FunctionFailure.failed("invalid slice index: " + from + " > " + to);
        }
        return to;
    }

    private static Long length(@Nullable Object value) {
        if (value instanceof String s) {
            return (long) GoText.utf8(s).length;
        }
        if (value instanceof List<?> list) {
            return (long) list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return (long) map.size();
        }
        throw FunctionFailure.failed(
                value == null ? "len of nil pointer" : "len of type " + GoValues.typeName(value));
    }

    /// A space between two values when neither is a string.
    private static String print(List<@Nullable Object> a) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < a.size(); i++) {
            if (i > 0 && !(a.get(i) instanceof String) && !(a.get(i - 1) instanceof String)) {
                s.append(' ');
            }
            s.append(GoFormat.plain(a.get(i)));
        }
        return s.toString();
    }

    private static String println(List<@Nullable Object> a) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < a.size(); i++) {
            s.append(i > 0 ? " " : "").append(GoFormat.plain(a.get(i)));
        }
        return s.append('\n').toString();
    }

    /// Text for an escaping function.
    private static String printed(List<@Nullable Object> a) {
        return a.size() == 1 && a.get(0) == null ? "<no value>" : print(a);
    }

    private static List<@Nullable Object> split(String text, String separator) {
        List<@Nullable Object> parts = new ArrayList<>();
        if (separator.isEmpty()) {
            for (int i = 0; i < text.length(); i++) {
                parts.add(text.substring(i, i + 1));
            }
            return parts;
        }
        int at = 0;
        for (int next = text.indexOf(separator); next >= 0; next = text.indexOf(separator, at)) {
            parts.add(text.substring(at, next));
            at = next + separator.length();
        }
        parts.add(text.substring(at));
        return parts;
    }

    private static String join(@Nullable Object list, String separator) {
        if (list == null) {
            return "";
        }
        if (!(list instanceof List<?> items)) {
            throw FunctionFailure.failed("expected slice, got " + GoValues.typeName(list));
        }
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            s.append(i > 0 ? separator : "").append(GoFormat.plain(items.get(i)));
        }
        return s.toString();
    }

    /// The first letter of each word in upper case.
    private static String title(String text) {
        StringBuilder s = new StringBuilder();
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean starts = !Character.isLetterOrDigit(before) && before != '_' && before != '\'';
            s.append(starts ? Character.toTitleCase(c) : c);
            before = c;
        }
        return s.toString();
    }

    private static @Nullable Object first(String name, List<@Nullable Object> a) {
        if (a.isEmpty()) {
            throw FunctionFailure.refused(
                    "wrong number of args for " + name + ": want at least 1 got 0");
        }
        return a.get(0);
    }

    private static @Nullable Object one(String name, List<@Nullable Object> a) {
        count(name, a, 1);
        return a.get(0);
    }

    private static void count(String name, List<@Nullable Object> a, int want) {
        if (a.size() != want) {
            throw FunctionFailure.refused(
                    "wrong number of args for " + name + ": want " + want + " got " + a.size());
        }
    }

    private static String format(List<@Nullable Object> a) {
        first("printf", a);
        return Printf.format(text(a, 0), a.subList(1, a.size()));
    }

    private static String text(List<@Nullable Object> a, int at) {
        if (a.get(at) instanceof String s) {
            return s;
        }
        throw FunctionFailure.argument(at, "string", a.get(at));
    }

    private static int whole(List<@Nullable Object> a, int at) {
        if (a.get(at) instanceof Long n) {
            return n.intValue();
        }
        throw FunctionFailure.argument(at, "int", a.get(at));
    }
}
