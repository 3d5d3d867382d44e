package dev.carafe.build.dockerfile;

import dev.carafe.base.ByteSize;
import dev.carafe.base.Csv;
import dev.carafe.base.InvalidArgument;
import dev.carafe.build.dockerfile.RunMount.Sharing;
import dev.carafe.build.dockerfile.RunMount.Type;
import dev.carafe.build.words.Lexer;
import dev.carafe.build.words.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The comma-separated value of `RUN --mount` (Dockerfile reference, "RUN --mount").
final class MountReader {
    private static final Map<String, String> SAME =
            Map.ofEntries(
                    Map.entry("type", "type"),
                    Map.entry("from", "from"),
                    Map.entry("source", "source"),
                    Map.entry("src", "source"),
                    Map.entry("target", "target"),
                    Map.entry("dst", "target"),
                    Map.entry("destination", "target"),
                    Map.entry("readonly", "readonly"),
                    Map.entry("ro", "readonly"),
                    Map.entry("readwrite", "readwrite"),
                    Map.entry("rw", "readwrite"),
                    Map.entry("required", "required"),
                    Map.entry("size", "size"),
                    Map.entry("id", "id"),
                    Map.entry("sharing", "sharing"),
                    Map.entry("mode", "mode"),
                    Map.entry("uid", "uid"),
                    Map.entry("gid", "gid"),
                    Map.entry("env", "env"));
    private static final List<String> FLAGS = List.of("readonly", "readwrite", "required");

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> written = new HashMap<>();
    private final Type type;

    MountReader(String text, UnaryOperator<String> expand) {
        for (String field : fields(text)) {
            int equals = field.indexOf('=');
            String key = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
            String name = SAME.get(key);
            if (equals < 0 && !FLAGS.contains(name == null ? "" : name)) {
                throw new InvalidArgument("invalid field '" + field + "' must be a key=value pair");
            }
            if (name == null) {
                throw unknown(key, field);
            }
            values.put(name, equals < 0 ? "true" : expand.apply(field.substring(equals + 1)));
            written.put(name, key);
        }
        type = type(values.getOrDefault("type", "bind"));
    }

    static void check(String text) {
        for (String field : fields(text)) {
            int equals = field.indexOf('=');
            String value = field.substring(equals + 1);
            int dollar = value.indexOf('$');
            if (field.toLowerCase(Locale.ROOT).startsWith("from=")
                    && dollar >= 0
                    && dollar != value.length() - 1) {
                throw new InvalidArgument(
                        "'from' doesn't support variable expansion, define alias stage instead");
            }
        }
        if (!text.contains("$")) {
            new MountReader(text, UnaryOperator.identity()).read();
        }
    }

    /// What `from=` says, which has no variables; empty for nothing.
    static String from(String text) {
        return fields(text).stream()
                .filter(field -> field.toLowerCase(Locale.ROOT).startsWith("from="))
                .map(field -> field.substring("from=".length()))
                .reduce("", (first, last) -> last);
    }

    private static InvalidArgument unknown(String key, String field) {
        return new InvalidArgument(
                "unexpected key '"
                        + key
                        + "' in '"
                        + field
                        + "'"
                        + Nearest.hint(key, SAME.keySet()));
    }

    RunMount read() {
        only("required", Type.SECRET, Type.SSH);
        only("size", Type.TMPFS);
        boolean owned = type == Type.SECRET || type == Type.SSH || type == Type.CACHE;
        for (String key : List.of("mode", "uid", "gid")) {
            if (!owned && values.containsKey(key)) {
                throw new InvalidArgument(
                        key + " not allowed for " + Lexer.quoted(lower(type)) + " type mounts");
            }
        }
        if (type == Type.SECRET) {
            checkSecret();
        }
        if (type != Type.CACHE && values.containsKey("sharing")) {
            throw new InvalidArgument("invalid cache sharing set for " + lower(type) + " mount");
        }
        return new RunMount(
                type,
                values.get("from"),
                values.get("source"),
                values.get("target"),
                readOnly(),
                size(),
                values.get("id"),
                sharing(),
                bool("required", false),
                values.get("env"),
                number("mode", 8),
                number("uid", 10),
                number("gid", 10));
    }

    private void only(String key, Type... types) {
        if (values.containsKey(key) && !List.of(types).contains(type)) {
            throw new InvalidArgument(
                    "unexpected key '" + key + "' for mount type '" + lower(type) + "'");
        }
    }

    private void checkSecret() {
        if (!values.getOrDefault("from", "").isEmpty()) {
            throw new InvalidArgument("secret mount should not have a from");
        }
        if (values.containsKey("sharing")) {
            throw new InvalidArgument("secret mount should not define sharing");
        }
        boolean source = !values.getOrDefault("source", "").isEmpty();
        boolean id = !values.getOrDefault("id", "").isEmpty();
        if (!source && !id && values.getOrDefault("target", "").isEmpty()) {
            throw new InvalidArgument("invalid secret mount. one of source, target required");
        }
        if (source && id) {
            throw new InvalidArgument("both source and id can't be set");
        }
    }

    private boolean readOnly() {
        if (values.containsKey("readwrite")) {
            return !bool("readwrite", true);
        }
        return bool("readonly", type != Type.CACHE && type != Type.TMPFS);
    }

    private boolean bool(String key, boolean otherwise) {
        String value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        return switch (value) {
            case "1", "t", "T", "TRUE", "true", "True" -> true;
            case "0", "f", "F", "FALSE", "false", "False" -> false;
            default -> throw wrong(key, value);
        };
    }

    private InvalidArgument wrong(String key, String value) {
        return new InvalidArgument("invalid value for " + written.get(key) + ": " + value);
    }

    private long size() {
        String value = values.get("size");
        if (value == null) {
            return 0;
        }
        try {
            return ByteSize.parse(value).bytes();
        } catch (InvalidArgument e) {
            throw wrong("size", value);
        }
    }

    private @Nullable Integer number(String key, int radix) {
        String value = values.get(key);
        if (value == null) {
            return null;
        }
        try {
            return Integer.parseUnsignedInt(value, radix);
        } catch (NumberFormatException e) {
            throw new InvalidArgument("invalid value " + value + " for " + key);
        }
    }

    private Sharing sharing() {
        String value = values.getOrDefault("sharing", "shared");
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "shared" -> Sharing.SHARED;
            case "private" -> Sharing.PRIVATE;
            case "locked" -> Sharing.LOCKED;
            default ->
                    throw new InvalidArgument(
                            "unsupported sharing value "
                                    + Lexer.quoted(value)
                                    + Nearest.hint(value, List.of("shared", "private", "locked")));
        };
    }

    private static Type type(String value) {
        for (Type type : Type.values()) {
            if (lower(type).equals(value.toLowerCase(Locale.ROOT))) {
                return type;
            }
        }
        throw new InvalidArgument(
                "unsupported mount type "
                        + Lexer.quoted(value)
                        + Nearest.hint(value, List.of("bind", "cache", "tmpfs", "secret", "ssh")));
    }

    private static String lower(Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> fields(String text) {
        try {
            return Csv.fields(text);
        } catch (InvalidArgument e) {
            throw new InvalidArgument(e.subject(), "failed to parse csv mounts: " + e.text(), e);
        }
    }
}
