package dev.carafe.engine.volumes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Options of the local driver: what is mounted as a volume's data, as `mount -t TYPE -o O DEVICE`
/// would.
///
/// @param options those of `o`, taken apart
record LocalOptions(String type, String device, List<String> options) {
    private static final Set<String> KEYS = Set.of("type", "device", "o", "size");

    /// @throws InvalidArgument with Docker's sentence
    static void check(String volume, Map<String, String> options) {
        for (String key : options.keySet()) {
            if (!KEYS.contains(key)) {
                throw refused(volume, "invalid option: \"" + key + "\"");
            }
        }
        if (options.containsKey("size")) {
            throw refused(volume, "quota size requested but no quota support");
        }
        require(volume, options, "device", "type");
        require(volume, options, "type", "device");
        require(volume, options, "o", "device");
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
                o.isEmpty() ? List.of() : List.of(o.split(",")));
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
