package dev.carafe.cli.flags;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `--mount type=bind,src=/a,dst=/b,ro`: the keys in one spelling, checked.
///
/// @param options everything else by Docker's key: `readonly`, `consistency`, `bind-*`, `volume-*`,
///   `image-subpath`, `tmpfs-*`; and ours, `idmap`
/// @param labels of `volume-label`
/// @param driverOptions of `volume-opt`
public record MountValue(
        String type,
        String source,
        String target,
        Map<String, String> options,
        Map<String, String> labels,
        Map<String, String> driverOptions) {

    public static MountValue parse(String text) {
        if (text.isEmpty()) {
            throw new BadValue("value is empty");
        }
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, String> labels = new LinkedHashMap<>();
        Map<String, String> driverOptions = new LinkedHashMap<>();
        for (String field : Csv.fields(text)) {
            int equals = field.indexOf('=');
            String key = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
            String value = equals < 0 ? null : field.substring(equals + 1);
            switch (key) {
                case "volume-label" -> pair(labels, required(field, value));
                case "volume-opt" -> pair(driverOptions, required(field, value));
                default -> options.put(canonical(key, field, value), checked(key, field, value));
            }
        }
        return check(options, labels, driverOptions);
    }

    private static MountValue check(
            Map<String, String> options,
            Map<String, String> labels,
            Map<String, String> driverOptions) {
        String type = taken(options, "type", "volume");
        String source = taken(options, "source", "");
        String target = taken(options, "target", "");
        if (type.isEmpty()) {
            throw new BadValue("type is required");
        }
        if (target.isEmpty()) {
            throw new BadValue("target is required");
        }
        if (options.containsKey("idmap") && !type.equals("bind")) {
            throw new BadValue("option 'idmap' is for mounts of type bind");
        }
        boolean volumeOnly = !labels.isEmpty() || !driverOptions.isEmpty();
        for (String key : options.keySet()) {
            int dash = key.indexOf('-');
            String family = dash < 0 ? "" : key.substring(0, dash);
            if (!family.isEmpty() && !family.equals(type)) {
                throw mixed(family, type);
            }
        }
        if (volumeOnly && !type.equals("volume")) {
            throw mixed("volume", type);
        }
        return new MountValue(type, source, target, options, labels, driverOptions);
    }

    private static BadValue mixed(String family, String type) {
        return new BadValue("cannot mix '" + family + "-*' options with mount type '" + type + "'");
    }

    private static String taken(Map<String, String> options, String key, String fallback) {
        String value = options.remove(key);
        return value == null ? fallback : value;
    }

    private static void pair(Map<String, String> map, String text) {
        int equals = text.indexOf('=');
        map.put(
                equals < 0 ? text : text.substring(0, equals),
                equals < 0 ? "" : text.substring(equals + 1));
    }

    private static String required(String field, @Nullable String value) {
        if (value == null) {
            throw new BadValue("invalid field '" + field + "' must be a key=value pair");
        }
        return value;
    }

    private static String canonical(String key, String field, @Nullable String value) {
        return switch (key) {
            case "type",
                    "consistency",
                    "readonly",
                    "idmap",
                    "bind-propagation",
                    "bind-recursive",
                    "bind-nonrecursive",
                    "bind-create-src",
                    "volume-subpath",
                    "volume-nocopy",
                    "volume-driver",
                    "image-subpath",
                    "tmpfs-size",
                    "tmpfs-mode" ->
                    key;
            case "ro" -> "readonly";
            case "source", "src" -> "source";
            case "target", "dst", "destination" -> "target";
            default -> {
                required(field, value);
                throw new BadValue("unexpected key '" + key + "' in '" + field + "'");
            }
        };
    }

    private static String checked(String key, String field, @Nullable String value) {
        switch (key) {
            case "readonly", "ro", "volume-nocopy", "bind-nonrecursive", "bind-create-src":
                return truth(key, value);
            case "idmap":
                return value == null ? "" : value;
            case "bind-recursive":
                return recursive(required(field, value));
            case "type":
                return required(field, value).toLowerCase(Locale.ROOT);
            case "tmpfs-size":
                return size(required(field, value));
            case "tmpfs-mode":
                return mode(required(field, value));
            default:
                return required(field, value);
        }
    }

    private static String truth(String key, @Nullable String value) {
        if (value == null) {
            return "true";
        }
        try {
            return Boolean.toString(Values.bool(value));
        } catch (BadValue e) {
            throw new BadValue("invalid value for " + key + ": " + value);
        }
    }

    private static String recursive(String value) {
        switch (value) {
            case "enabled", "disabled", "writable", "readonly":
                return value;
            default:
                throw new BadValue(
                        "invalid value for bind-recursive: "
                                + value
                                + " (must be \"enabled\", \"disabled\", \"writable\", or \"readonly\")");
        }
    }

    /// As a decimal number of bytes.
    private static String size(String value) {
        try {
            return Long.toString(Values.bytes(value));
        } catch (BadValue e) {
            throw new BadValue("invalid value for tmpfs-size: " + value);
        }
    }

    /// As a decimal number.
    private static String mode(String value) {
        try {
            return Integer.toString(Integer.parseInt(value, 8));
        } catch (NumberFormatException e) {
            throw new BadValue("invalid value for tmpfs-mode: " + value);
        }
    }
}
