package dev.carafe.cli.command;

import dev.carafe.cli.flags.Csv;
import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Values of `--cache-from` and `--cache-to`: `type=registry,ref=NAME`, `type=inline`, or names of
/// images alone.
final class BuildCaches {
    private static final List<String> TYPES = List.of("registry", "inline");

    private BuildCaches() {}

    /// @param values of the flag; as one list of fields they mean the same, for so the flag is read
    ///   that docker has: a key that comes again begins the next cache
    /// @param write whether caches are written there
    /// @return what the daemon is told, `[{"Type", "Attrs"}]`; empty for none
    /// @throws Failure for a value that can't be
    static String json(List<String> values, boolean write) {
        List<JsonObject> caches = new ArrayList<>();
        JsonObject group = new JsonObject();
        for (String value : values) {
            for (String field : Csv.fields(value)) {
                int equals = field.indexOf('=');
                String key = equals < 0 ? "" : field.substring(0, equals).strip();
                if (equals < 0 || group.containsKey(key.toLowerCase(Locale.ROOT))) {
                    end(group, caches, write);
                    group = new JsonObject();
                }
                if (equals < 0) {
                    caches.add(cache("registry", new JsonObject().with("ref", field)));
                } else {
                    group.put(key.toLowerCase(Locale.ROOT), field.substring(equals + 1));
                }
            }
        }
        end(group, caches, write);
        return caches.isEmpty() ? "" : Json.write(caches);
    }

    private static void end(JsonObject group, List<JsonObject> caches, boolean write) {
        if (group.isEmpty()) {
            return;
        }
        String type = group.text("type");
        group.remove("type");
        if (type.isEmpty()) {
            throw new Failure(
                    "a cache has a type: type=registry,ref=NAME" + (write ? ", type=inline" : ""));
        }
        if (!TYPES.contains(type) || type.equals("inline") && !write) {
            throw new Failure(
                    "a cache of type="
                            + type
                            + " is not "
                            + (write ? "written" : "read")
                            + " by carafe build: take type=registry"
                            + (write ? " or type=inline" : ", also for inline caches")
                            + ", or docker buildx build, on this daemon");
        }
        if (type.equals("registry") && group.text("ref").isEmpty()) {
            throw new Failure("a cache in a registry has a name: type=registry,ref=NAME");
        }
        caches.add(cache(type, group));
    }

    private static JsonObject cache(String type, JsonObject attrs) {
        return new JsonObject().with("Type", type).with("Attrs", attrs);
    }
}
