package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.template.GoMap;
import dev.carafe.cli.template.GoNil;
import dev.carafe.cli.template.GoNilList;
import dev.carafe.cli.template.GoStruct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JSON of the Engine API as Go's typed structures behave in templates: which objects are maps and
/// which are structs, what a null is, and fields that the encoder left out because they were empty.
final class TypedJson {
    /// Maps to texts.
    private static final Set<String> TEXTS =
            Set.of(
                    "Labels",
                    "Options",
                    "DriverOpts",
                    "Data",
                    "Sysctls",
                    "Tmpfs",
                    "Annotations",
                    "StorageOpt",
                    "AuxiliaryAddresses",
                    "Details");

    /// Maps to empty structs: sets.
    private static final Set<String> MARKS = Set.of("ExposedPorts", "Volumes");

    /// Maps to lists.
    private static final Set<String> PORTS = Set.of("PortBindings", "Ports");

    /// Maps to pointers.
    private static final Set<String> OBJECTS =
            Set.of(
                    "Networks",
                    "Containers",
                    "EndpointsConfig",
                    "Runtimes",
                    "IndexConfigs",
                    "Status");

    private TypedJson() {}

    static @Nullable Object of(@Nullable Object json) {
        return of("", json);
    }

    /// @param kind what the whole is, `volume`; empty = nothing that needs to be known
    static @Nullable Object of(String kind, @Nullable Object json) {
        return typed(kind, json);
    }

    private static @Nullable Object typed(String name, @Nullable Object json) {
        if (json instanceof JsonObject object) {
            return isMap(name) ? map(name, object) : struct(name, object);
        }
        if (json instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            for (Object item : list) {
                items.add(typed(ofElement(name), item));
            }
            return items;
        }
        return json == null ? nothing(name) : json;
    }

    /// The kind of what a list or a map holds.
    private static String ofElement(String name) {
        return switch (name) {
            case "Mounts" -> "Mount";
            case "Ports", "PortBindings", "PortBinding" -> "PortBinding";
            case "Config" -> "IPAMRange";
            default -> "";
        };
    }

    private static Object struct(String name, JsonObject object) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> entry : object.entrySet()) {
            // The configuration of a log driver is a map, those of a container and of an IPAM are
            // not
            String key = entry.getKey();
            String kind = name.equals("LogConfig") && key.equals("Config") ? "Options" : key;
            fields.put(key, typed(kind, entry.getValue()));
        }
        // A mount that was asked for has a target, one that is there a destination
        boolean known = !name.equals("Mount") || object.containsKey("Destination");
        return new Struct(fields, known ? GoShape.of(name) : Map.of());
    }

    private static Object map(String name, JsonObject object) {
        GoMap map = new GoMap(zero(name));
        for (Map.Entry<String, @Nullable Object> entry : object.entrySet()) {
            map.put(entry.getKey(), typed(ofElement(name), entry.getValue()));
        }
        return map;
    }

    private static boolean isMap(String name) {
        return TEXTS.contains(name)
                || MARKS.contains(name)
                || PORTS.contains(name)
                || OBJECTS.contains(name);
    }

    /// What `index` gives for a key that is not there.
    private static Object zero(String name) {
        if (TEXTS.contains(name)) {
            return "";
        }
        if (PORTS.contains(name)) {
            return List.of();
        }
        return MARKS.contains(name) ? new Struct(Map.of(), Map.of()) : new GoNil("*" + name);
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
            default -> isMap(name) ? GoMap.nil(zero(name)) : GoNilList.INSTANCE;
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
                    GoMap.nil(zero(name));
            default -> null;
        };
    }

    /// @param shape further fields that JSON left out, with their zero values
    private record Struct(Map<String, @Nullable Object> all, Map<String, @Nullable Object> shape)
            implements GoStruct {
        @Override
        public String typeName() {
            return "struct";
        }

        @Override
        public boolean has(String field) {
            return all.containsKey(field) || shape.containsKey(field) || leftOut(field) != null;
        }

        @Override
        public @Nullable Object get(String field, List<@Nullable Object> arguments) {
            if (all.containsKey(field)) {
                return all.get(field);
            }
            return shape.containsKey(field) ? shape.get(field) : leftOut(field);
        }

        @Override
        public Map<String, @Nullable Object> printed() {
            if (shape.isEmpty()) {
                return all;
            }
            Map<String, @Nullable Object> printed = new LinkedHashMap<>(shape);
            printed.putAll(all);
            return printed;
        }
    }
}
