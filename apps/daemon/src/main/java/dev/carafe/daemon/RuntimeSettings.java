package dev.carafe.daemon;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.json.JsonText;
import dev.carafe.daemon.options.Settings;
import dev.carafe.engine.config.RuntimeOptions;
import dev.carafe.runtime.ExternalRuntime;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From options to the runtimes that containers can ask for: `runtimes` of the file, each `{"path":
/// FILE, "runtimeArgs": [..]}` or, as containerd's shim of runc takes it, `{"runtimeType":
/// "io.containerd.runc.v2", "options": {"BinaryName": FILE}}`; `--add-runtime NAME=FILE`;
/// `default-runtime`.
final class RuntimeSettings {
    private static final String RUNC_SHIM = "io.containerd.runc.v2";

    private RuntimeSettings() {}

    /// @throws InvalidArgument with dockerd's sentences
    static RuntimeOptions of(Settings settings) {
        Map<String, ExternalRuntime> runtimes = new LinkedHashMap<>();
        settings.object("runtimes")
                .forEach((name, json) -> runtimes.put(name, runtime(settings, name, json)));
        for (String pair : settings.list("add-runtime")) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new InvalidArgument(
                        "invalid add-runtime: " + pair + ": invalid format, expected name=path");
            }
            String name = pair.substring(0, equals);
            if (runtimes.containsKey(name)) {
                throw new InvalidArgument("runtime '" + name + "' was already added");
            }
            runtimes.put(name, external(settings, name, pair.substring(equals + 1), List.of()));
        }
        return new RuntimeOptions(
                runtimes, settings.text("default-runtime").orElse(RuntimeOptions.STOCK));
    }

    private static ExternalRuntime runtime(Settings settings, String name, String json) {
        Map<?, ?> fields = fields(name, json);
        String path = text(fields.get("path"));
        String type = text(fields.get("runtimeType"));
        List<String> arguments =
                fields.get("runtimeArgs") instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of();
        boolean options = fields.get("options") instanceof Map<?, ?> given && !given.isEmpty();
        refuse(
                path.isEmpty() && type.isEmpty(),
                name,
                "either a runtimeType or a path must be configured");
        refuse(
                !path.isEmpty() && !type.isEmpty(),
                name,
                "cannot configure both path and runtimeType for the same runtime");
        refuse(!path.isEmpty() && options, name, "options cannot be used with a path runtime");
        refuse(
                path.isEmpty() && !arguments.isEmpty(),
                name,
                "args cannot be used with a runtimeType runtime");
        return external(
                settings,
                name,
                path.isEmpty() ? ofShim(name, type, fields.get("options")) : path,
                arguments);
    }

    /// The program that containerd's shim of runc would call; other shims are programs of
    /// containerd's.
    private static String ofShim(String name, String type, @Nullable Object options) {
        refuse(
                !type.equals(RUNC_SHIM),
                name,
                "the runtimeType "
                        + type
                        + " is a shim of containerd, which is not needed here: give the path of the"
                        + " OCI runtime itself");
        String binary = options instanceof Map<?, ?> given ? text(given.get("BinaryName")) : "";
        refuse(
                binary.isEmpty(),
                name,
                "its options have no BinaryName: give the path of the OCI runtime");
        return binary;
    }

    private static ExternalRuntime external(
            Settings settings, String name, String path, List<String> arguments) {
        refuse(name.isEmpty() || name.indexOf('/') >= 0, name, "a name can't have slashes");
        Path root = settings.execRoot().resolve("runtime-" + name);
        return new ExternalRuntime(name, path, arguments, root);
    }

    private static Map<?, ?> fields(String name, String json) {
        try {
            Object value =
                    Jsonb.builder()
                            .adapter(JsonText.stream())
                            .build()
                            .type(Object.class)
                            .fromJson(json);
            if (value instanceof Map<?, ?> map) {
                return map;
            }
        } catch (JsonException | IllegalStateException e) {
            // it is not what is expected either
        }
        throw new InvalidArgument(
                "runtime "
                        + name
                        + ": it must be an object like {\"path\": \"/usr/bin/"
                        + name
                        + "\"}");
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static void refuse(boolean wrong, String name, String why) {
        if (wrong) {
            throw new InvalidArgument("runtime " + name + ": " + why);
        }
    }
}
