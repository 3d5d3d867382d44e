package dev.carafe.daemon.options;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.base.json.JsonText;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a configuration file with the keys of Docker's daemon.json.
public final class ConfigFile {
    private ConfigFile() {}

    /// Values by option, as the command line gives them; objects as `key=value` texts or JSON.
    ///
    /// @throws InvalidArgument when it can't be read, is no JSON object, has an unknown key or a
    ///   value of the wrong kind
    public static Map<Option, List<String>> read(OptionTable table, Path file) {
        Map<Option, List<String>> values = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        object(file)
                .forEach((key, value) -> {
                    Option option = table.byKey(String.valueOf(key));
                    if (option == null) {
                        unknown.add(String.valueOf(key));
                    } else if (value != null) {
                        values.put(option, texts(file, option, value));
                    }
                });
        if (!unknown.isEmpty()) {
            throw invalid(
                    file,
                    "the following directives don't match any configuration option: "
                            + String.join(", ", unknown));
        }
        return values;
    }

    private static Map<?, ?> object(Path file) {
        try {
            String text = Files.readString(file);
            Object root =
                    text.isBlank()
                            ? Map.of()
                            : Jsonb.builder()
                                    .adapter(JsonText.stream())
                                    .build()
                                    .type(Object.class)
                                    .fromJson(text);
            if (root instanceof Map<?, ?> map) {
                return map;
            }
            throw invalid(file, "it is no JSON object");
        } catch (IOException e) {
            throw new InvalidArgument(
                    Subject.NONE, prefix(file) + "it can't be read: " + e.getMessage(), e);
        } catch (JsonException | IllegalStateException e) {
            throw new InvalidArgument(
                    Subject.NONE, prefix(file) + "it is no JSON: " + e.getMessage(), e);
        }
    }

    private static List<String> texts(Path file, Option option, Object value) {
        return switch (option.kind()) {
            case FLAG ->
                    List.of(expect(file, option, value, Boolean.class, "true or false").toString());
            case TEXT -> List.of(text(file, option, value));
            case NUMBER -> List.of(number(file, option, value));
            case LIST ->
                    expect(file, option, value, List.class, "a list") instanceof List<?> list
                            ? list.stream().map(v -> element(v)).toList()
                            : List.of();
            case MAP ->
                    expect(file, option, value, Map.class, "an object") instanceof Map<?, ?> map
                            ? map.entrySet().stream()
                                    .map(e -> e.getKey() + "=" + element(e.getValue()))
                                    .toList()
                            : List.of();
            case JSON ->
                    value instanceof Map<?, ?> map
                            ? map.entrySet().stream()
                                    .map(e -> e.getKey() + "=" + json(e.getValue()))
                                    .toList()
                            : List.of(String.valueOf(value));
        };
    }

    /// Objects and lists as JSON, what is plain as it is.
    private static String json(Object value) {
        return value instanceof Map<?, ?> || value instanceof List<?>
                ? Jsonb.builder()
                        .adapter(JsonText.stream())
                        .build()
                        .type(Object.class)
                        .toJson(value)
                : String.valueOf(value);
    }

    /// Address pools and ulimits are objects in the file, and `base=..,size=..` here.
    private static String element(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return String.valueOf(value);
        }
        return String.join(
                ",",
                map.entrySet().stream().map(e -> e.getKey() + "=" + plain(e.getValue())).toList());
    }

    /// Whole numbers without a fraction.
    private static String plain(Object value) {
        return value instanceof Number n && n.doubleValue() == Math.rint(n.doubleValue())
                ? Long.toString(n.longValue())
                : String.valueOf(value);
    }

    private static String text(Path file, Option option, Object value) {
        return value instanceof Number n
                ? number(file, option, n)
                : expect(file, option, value, String.class, "a text");
    }

    private static String number(Path file, Option option, Object value) {
        Number n = expect(file, option, value, Number.class, "a number");
        if (n.doubleValue() != Math.rint(n.doubleValue())) {
            throw invalid(file, option.key() + " must be a whole number");
        }
        return Long.toString(n.longValue());
    }

    private static <T> T expect(
            Path file, Option option, Object value, Class<T> type, String what) {
        if (!type.isInstance(value)) {
            throw invalid(file, option.key() + " must be " + what);
        }
        return type.cast(value);
    }

    static InvalidArgument invalid(Path file, String why) {
        return new InvalidArgument(prefix(file) + why);
    }

    private static String prefix(Path file) {
        return "unable to configure the Carafe daemon with file " + file + ": ";
    }
}
