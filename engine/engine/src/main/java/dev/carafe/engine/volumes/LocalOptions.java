package dev.carafe.engine.volumes;

import dev.carafe.base.ByteSize;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Options of the local driver: what is mounted as a volume's data, as `mount -t TYPE -o O DEVICE`
/// would.
///
/// @param options those of `o`, taken apart
/// @param sizeBytes what the volume's own folder may take; 0: as much as there is
record LocalOptions(String type, String device, List<String> options, long sizeBytes) {
    static final String NO_QUOTAS = "quota size requested but no quota support";
    private static final Set<String> KEYS = Set.of("type", "device", "o", "size");

    /// @param bounded whether volumes can have a size here
    /// @throws InvalidArgument with Docker's sentence
    static void check(String volume, Map<String, String> options, BooleanSupplier bounded) {
        for (String key : options.keySet()) {
            if (!KEYS.contains(key)) {
                throw refused(volume, "invalid option: \"" + key + "\"");
            }
        }
        require(volume, options, "device", "type");
        require(volume, options, "type", "device");
        require(volume, options, "o", "device");
        if (size(volume, options) > 0) {
            if (options.containsKey("device")) {
                throw refused(
                        volume,
                        "size bounds a volume of its own, and not what a device has: leave out one");
            }
            if (!bounded.getAsBoolean()) {
                throw refused(volume, NO_QUOTAS);
            }
        }
    }

    private static long size(String volume, Map<String, String> options) {
        try {
            return options.containsKey("size") ? ByteSize.parse(options.get("size")).bytes() : 0;
        } catch (InvalidArgument e) {
            throw new InvalidArgument(
                    new Subject("volume", volume), "create " + volume + ": " + e.text(), e);
        }
    }

    private static void require(
            String volume, Map<String, String> options, String key, String other) {
        if (options.containsKey(key) && !options.containsKey(other)) {
            throw refused(volume, "missing required option: \"" + other + "\"");
        }
    }

    private static InvalidArgument refused(String volume, String why) {
        return new InvalidArgument(new Subject("volume", volume), "create " + volume + ": " + why);
    }

    static LocalOptions of(Map<String, String> options) {
        String o = options.getOrDefault("o", "");
        return new LocalOptions(
                options.getOrDefault("type", ""),
                options.getOrDefault("device", ""),
                o.isEmpty() ? List.of() : List.of(o.split(",")),
                size("", options));
    }

    /// Whether nothing but the volume's own folder is meant.
    boolean isPlain() {
        return device.isEmpty();
    }

    /// Whether the device is a path of the host.
    boolean isBind() {
        return options.contains("bind") || options.contains("rbind");
    }
}
