package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.template.GoMap;
import dev.carafe.cli.template.GoNil;
import dev.carafe.cli.template.GoStruct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON of the Engine API as Go's typed structures behave in templates: which objects are maps and
/// which are structs, what a null is, and fields that the encoder left out because they were empty.
final class TypedJson {
    private TypedJson() {}

    static @Nullable Object of(@Nullable Object json) {
        return typed("", json);
    }

    private static @Nullable Object typed(String name, @Nullable Object json) {
        if (json instanceof JsonObject object) {
            return isMap(name) ? map(name, object) : struct(object);
        }
        if (json instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            for (Object item : list) {
                items.add(typed("", item));
            }
            return items;
        }
        return json == null ? nothing(name) : json;
    }

    private static Object struct(JsonObject object) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> entry : object.entrySet()) {
            fields.put(entry.getKey(), typed(entry.getKey(), entry.getValue()));
        }
        return new Struct(fields);
    }

    private static Object map(String name, JsonObject object) {
        GoMap map = new GoMap(zero(name));
        for (Map.Entry<String, @Nullable Object> entry : object.entrySet()) {
            map.put(entry.getKey(), typed("", entry.getValue()));
        }
        return map;
    }

    private static boolean isMap(String name) {
        return switch (name) {
            case "Labels",
                    "Options",
                    "DriverOpts",
                    "Data",
                    "Sysctls",
                    "Tmpfs",
                    "Annotations",
                    "StorageOpt",
                    "AuxiliaryAddresses",
                    "ExposedPorts",
                    "Volumes",
                    "PortBindings",
                    "Ports",
                    "Networks",
                    "Containers",
                    "EndpointsConfig",
                    "Runtimes",
                    "IndexConfigs",
                    "Status",
                    "Details" ->
                    true;
            default -> false;
        };
    }

    /// What `index` gives for a key that is not there.
    private static @Nullable Object zero(String name) {
        return switch (name) {
            case "Labels",
                    "Options",
                    "DriverOpts",
                    "Data",
                    "Sysctls",
                    "Tmpfs",
                    "Annotations",
                    "StorageOpt",
                    "AuxiliaryAddresses",
                    "Details" ->
                    "";
            case "PortBindings", "Ports" -> List.of();
            case "ExposedPorts", "Volumes" -> new Struct(Map.of());
            default -> new GoNil("*" + name);
        };
    }

    /// What a null in the JSON is in Go.
    private static Object nothing(String name) {
        return switch (name) {
            case "Init",
                    "OomKillDisable",
                    "MemorySwappiness",
                    "PidsLimit",
                    "Health",
                    "Healthcheck",
                    "IPAMConfig",
                    "StopTimeout",
                    "UsageData",
                    "Swarm",
                    "BindOptions",
                    "VolumeOptions",
                    "TmpfsOptions" ->
                    new GoNil("*" + name);
            default -> isMap(name) ? new GoMap(zero(name)) : List.of();
        };
    }

    /// What Go leaves out of JSON when it is empty; null when the name is none of these.
    private static @Nullable Object leftOut(String name) {
        return switch (name) {
            case "Health",
                    "Healthcheck",
                    "SizeRw",
                    "SizeRootFs",
                    "StopTimeout",
                    "UsageData",
                    "Init",
                    "ImageManifestDescriptor",
                    "Descriptor" ->
                    new GoNil("*" + name);
            case "StopSignal",
                    "MacAddress",
                    "Comment",
                    "Author",
                    "DockerVersion",
                    "Container",
                    "Runtime",
                    "Variant",
                    "Cgroup" ->
                    "";
            case "NetworkDisabled", "ArgsEscaped" -> Boolean.FALSE;
            case "Shell", "Mounts", "OnBuild", "Manifests" -> List.of();
            case "Annotations", "Tmpfs", "Sysctls", "StorageOpt", "ExposedPorts", "Status" ->
                    new GoMap(zero(name));
            default -> null;
        };
    }

    private record Struct(Map<String, @Nullable Object> all) implements GoStruct {
        @Override
        public String typeName() {
            return "struct";
        }

        @Override
        public boolean has(String field) {
            return all.containsKey(field) || leftOut(field) != null;
        }

        @Override
        public @Nullable Object get(String field, List<@Nullable Object> arguments) {
            return all.containsKey(field) ? all.get(field) : leftOut(field);
        }
    }
}
