package dev.carafe.engine.cdi;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.cdi.CdiEdits.DeviceNode;
import dev.carafe.engine.cdi.CdiEdits.NamedHook;
import dev.carafe.oci.runtime.Hooks.Hook;
import dev.carafe.oci.runtime.Mount;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// One specification file: YAML, of which JSON is a part.
///
/// @param kind `vendor.com/class`
/// @param edits of every container that gets one of its devices
/// @param devices what each one does besides, by its name
record CdiDocument(String kind, CdiEdits edits, Map<String, CdiEdits> devices) {
    private static final Pattern KIND =
            Pattern.compile("[A-Za-z]([\\w.-]*[A-Za-z0-9])?/[A-Za-z]([\\w-]*[A-Za-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([\\w.:-]*[A-Za-z0-9])?");
    private static final Set<String> POINTS =
            Set.of(
                    "prestart",
                    "createRuntime",
                    "createContainer",
                    "startContainer",
                    "poststart",
                    "poststop");
    private static final Set<String> TYPES = Set.of("b", "c", "u", "p");

    /// @throws InvalidArgument saying what is wrong
    static CdiDocument parse(String text) {
        Map<?, ?> root = object(load(text), "the specification");
        String version = text(root.get("cdiVersion"));
        if (!version.matches("(0\\.[3-9]|1\\.[01])\\.0")) {
            throw new InvalidArgument("invalid or unsupported cdiVersion \"" + version + "\"");
        }
        String kind = text(root.get("kind"));
        if (!KIND.matcher(kind).matches()) {
            throw new InvalidArgument("invalid kind \"" + kind + "\"");
        }
        Map<String, CdiEdits> devices = new LinkedHashMap<>();
        for (Object each : list(root.get("devices"))) {
            Map<?, ?> device = object(each, "a device");
            String name = text(device.get("name"));
            if (!NAME.matcher(name).matches()) {
                throw new InvalidArgument("invalid device name \"" + name + "\"");
            }
            if (devices.put(name, edits(device.get("containerEdits"))) != null) {
                throw new InvalidArgument("multiple devices with name \"" + name + "\"");
            }
        }
        return new CdiDocument(kind, edits(root.get("containerEdits")), devices);
    }

    /// JSON by its own rules: YAML knows no tabs between its words.
    private static @Nullable Object load(String text) {
        if (text.stripLeading().startsWith("{")) {
            try {
                return Jsonb.builder().build().type(Object.class).fromJson(text);
            } catch (JsonException | IllegalStateException e) {
                // a flow mapping of YAML begins so, too
            }
        }
        try {
            return new Load(LoadSettings.builder().setSchema(new CoreSchema()).build())
                    .loadFromString(text);
        } catch (YamlEngineException e) {
            throw new InvalidArgument("no valid YAML: " + e.getMessage());
        }
    }

    private static CdiEdits edits(@Nullable Object value) {
        if (value == null) {
            return CdiEdits.NONE;
        }
        Map<?, ?> map = object(value, "containerEdits");
        if (map.get("intelRdt") != null) {
            throw new InvalidArgument("intelRdt is not supported");
        }
        List<String> env = all(map.get("env"), CdiDocument::text);
        env.stream()
                .filter(v -> v.indexOf('=') <= 0)
                .findFirst()
                .ifPresent(bad -> {
                    throw new InvalidArgument("invalid environment variable \"" + bad + "\"");
                });
        return new CdiEdits(
                env,
                all(map.get("deviceNodes"), v -> node(object(v, "a device node"))),
                all(map.get("mounts"), v -> mount(object(v, "a mount"))),
                all(map.get("hooks"), v -> hook(object(v, "a hook"))),
                all(map.get("additionalGids"), v -> whole(v, "additionalGids")));
    }

    private static DeviceNode node(Map<?, ?> map) {
        String path = required(map, "path", "device path");
        String type = text(map.get("type"));
        String permissions = text(map.get("permissions"));
        if (!type.isEmpty() && !TYPES.contains(type)) {
            throw new InvalidArgument("device \"" + path + "\": invalid type \"" + type + "\"");
        }
        if (!permissions.matches("[rwm]*")) {
            throw new InvalidArgument(
                    "device \"" + path + "\": invalid permissions \"" + permissions + "\"");
        }
        String hostPath = text(map.get("hostPath"));
        Long mode = number(map.get("fileMode"), "fileMode");
        return new DeviceNode(
                path,
                hostPath.isEmpty() ? path : hostPath,
                type.isEmpty() ? null : type,
                number(map.get("major"), "major"),
                number(map.get("minor"), "minor"),
                mode == null ? null : mode.intValue(),
                permissions.isEmpty() ? "rwm" : permissions,
                number(map.get("uid"), "uid"),
                number(map.get("gid"), "gid"));
    }

    private static Mount mount(Map<?, ?> map) {
        String type = text(map.get("type"));
        List<String> options = all(map.get("options"), CdiDocument::text);
        return new Mount(
                required(map, "containerPath", "container path of a mount"),
                type.isEmpty() ? "bind" : type,
                required(map, "hostPath", "host path of a mount"),
                options.isEmpty() ? List.of("bind") : options);
    }

    private static NamedHook hook(Map<?, ?> map) {
        String point = text(map.get("hookName"));
        if (!POINTS.contains(point)) {
            throw new InvalidArgument("invalid hook name \"" + point + "\"");
        }
        Long timeout = number(map.get("timeout"), "timeout");
        return new NamedHook(
                point,
                new Hook(
                        required(map, "path", "path of a hook"),
                        all(map.get("args"), CdiDocument::text),
                        all(map.get("env"), CdiDocument::text),
                        timeout == null ? null : timeout.intValue()));
    }

    private static String required(Map<?, ?> map, String key, String what) {
        String value = text(map.get(key));
        if (value.isEmpty()) {
            throw new InvalidArgument("invalid (empty) " + what);
        }
        return value;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value);
    }

    private static long whole(@Nullable Object value, String what) {
        Long number = number(value, what);
        if (number == null) {
            throw new InvalidArgument(what + " must be numbers");
        }
        return number;
    }

    private static @Nullable Long number(@Nullable Object value, String what) {
        return switch (value) {
            case null -> null;
            case Integer n -> n.longValue();
            case Long n -> n;
            case Double n when n == Math.rint(n) -> n.longValue();
            default -> throw new InvalidArgument(what + " must be a whole number: " + value);
        };
    }

    private static <T> List<T> all(@Nullable Object value, Function<@Nullable Object, T> each) {
        List<T> all = new ArrayList<>();
        for (Object one : list(value)) {
            all.add(each.apply(one));
        }
        return List.copyOf(all);
    }

    private static List<?> list(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list;
            default -> throw new InvalidArgument("a list was expected: " + value);
        };
    }

    private static Map<?, ?> object(@Nullable Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new InvalidArgument(what + " must be an object");
    }
}
