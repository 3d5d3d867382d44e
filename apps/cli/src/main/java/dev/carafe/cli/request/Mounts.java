package dev.carafe.cli.request;

import dev.carafe.cli.flags.MountValue;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `--mount` as an object of HostConfig.Mounts.
final class Mounts {
    private Mounts() {}

    static JsonObject mount(MountValue value) {
        Map<String, String> options = value.options();
        boolean bind = value.type().equals("bind");
        JsonObject mount = new JsonObject().with("Type", value.type());
        if (!value.source().isEmpty()) {
            mount.put(
                    "Source",
                    bind && value.source().startsWith(".")
                            ? Volumes.absolute(value.source())
                            : value.source());
        }
        mount.put("Target", value.target());
        boolean readOnly = isTrue(options.get("readonly"));
        if (readOnly) {
            mount.put("ReadOnly", true);
        }
        if (options.containsKey("consistency")) {
            mount.put("Consistency", options.get("consistency"));
        }
        put(mount, "BindOptions", bind(options, readOnly));
        put(mount, "VolumeOptions", volume(value));
        put(mount, "ImageOptions", renamed(options, "image-subpath", "Subpath"));
        put(mount, "TmpfsOptions", tmpfs(options));
        return mount;
    }

    private static void put(JsonObject mount, String name, JsonObject options) {
        if (!options.isEmpty()) {
            mount.put(name, options);
        }
    }

    private static boolean isTrue(@Nullable String text) {
        return "true".equals(text);
    }

    private static JsonObject renamed(Map<String, String> options, String key, String name) {
        JsonObject object = new JsonObject();
        String value = options.get(key);
        if (value != null) {
            object.put(name, value);
        }
        return object;
    }

    private static JsonObject bind(Map<String, String> options, boolean readOnly) {
        JsonObject bind = renamed(options, "bind-propagation", "Propagation");
        String recursive = options.get("bind-recursive");
        if (options.containsKey("bind-nonrecursive")) {
            throw new Failure(
                    125, "bind-nonrecursive is deprecated, use bind-recursive=disabled instead");
        }
        if (isTrue(options.get("bind-create-src"))) {
            bind.put("CreateMountpoint", true);
        }
        String idmap = options.get("idmap");
        if (idmap != null) {
            bind.put("IDMap", idmap);
        }
        if (recursive == null) {
            return bind;
        }
        switch (recursive) {
            case "disabled" -> bind.put("NonRecursive", true);
            case "writable" -> {
                requireReadOnly(readOnly, recursive);
                bind.put("ReadOnlyNonRecursive", true);
            }
            case "readonly" -> {
                requireReadOnly(readOnly, recursive);
                if (!"rprivate".equals(options.get("bind-propagation"))) {
                    throw new Failure(
                            125,
                            "option 'bind-recursive=readonly' requires 'bind-propagation=rprivate' to be specified in conjunction");
                }
                bind.put("ReadOnlyForceRecursive", true);
            }
            default -> {}
        }
        return bind;
    }

    private static void requireReadOnly(boolean readOnly, String recursive) {
        if (!readOnly) {
            throw new Failure(
                    125,
                    "option 'bind-recursive="
                            + recursive
                            + "' requires 'readonly' to be specified in conjunction");
        }
    }

    private static JsonObject volume(MountValue value) {
        JsonObject volume = renamed(value.options(), "volume-subpath", "Subpath");
        if (isTrue(value.options().get("volume-nocopy"))) {
            volume.put("NoCopy", true);
        }
        if (!value.labels().isEmpty()) {
            JsonObject labels = new JsonObject();
            labels.putAll(value.labels());
            volume.put("Labels", labels);
        }
        JsonObject driver = renamed(value.options(), "volume-driver", "Name");
        if (!value.driverOptions().isEmpty()) {
            JsonObject options = new JsonObject();
            options.putAll(value.driverOptions());
            driver.put("Options", options);
        }
        put(volume, "DriverConfig", driver);
        return volume;
    }

    private static JsonObject tmpfs(Map<String, String> options) {
        JsonObject tmpfs = new JsonObject();
        String size = options.get("tmpfs-size");
        if (size != null) {
            tmpfs.put("SizeBytes", Long.valueOf(size));
        }
        String mode = options.get("tmpfs-mode");
        if (mode != null) {
            tmpfs.put("Mode", Long.valueOf(mode));
        }
        return tmpfs;
    }
}
