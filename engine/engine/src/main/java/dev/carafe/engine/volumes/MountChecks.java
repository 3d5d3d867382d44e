package dev.carafe.engine.volumes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.MountRequest;
import dev.carafe.engine.spec.Idmap;
import dev.carafe.linux.Kernel;
import org.jspecify.annotations.Nullable;

/// What an element of HostConfig.Mounts can't be, in Docker's words.
final class MountChecks {
    private MountChecks() {}

    /// @throws InvalidArgument `invalid mount config for type "bind": ...`
    static void check(MountRequest mount) {
        target(mount);
        switch (mount.type()) {
            case "bind" -> bind(mount);
            case "volume", "" -> {
                absent(mount, "BindOptions", mount.bind());
                if (mount.source().isEmpty() && mount.readOnly()) {
                    throw wrong(mount, "must not set ReadOnly mode when using anonymous volumes");
                }
            }
            case "tmpfs" -> {
                absent(mount, "BindOptions", mount.bind());
                absent(mount, "VolumeOptions", mount.volume());
                if (!mount.source().isEmpty()) {
                    throw wrong(mount, "field Source must not be specified");
                }
            }
            case "image" -> {
                if (mount.source().isEmpty()) {
                    throw wrong(mount, "field Source must not be empty");
                }
                absent(mount, "BindOptions", mount.bind());
                absent(mount, "VolumeOptions", mount.volume());
            }
            default -> throw wrong(mount, "mount type unknown");
        }
    }

    private static void target(MountRequest mount) {
        if (mount.target().isEmpty()) {
            throw wrong(mount, "field Target must not be empty");
        }
        if (!mount.target().startsWith("/")) {
            throw wrong(
                    mount,
                    "invalid mount path: '" + mount.target() + "' mount path must be absolute");
        }
    }

    private static void bind(MountRequest mount) {
        if (mount.source().isEmpty()) {
            throw wrong(mount, "field Source must not be empty");
        }
        MountRequest.BindOptions options = mount.bind();
        if (options != null) {
            String propagation = options.propagation();
            if (!propagation.isEmpty() && !BindText.PROPAGATIONS.contains(propagation)) {
                throw wrong(mount, "invalid propagation mode: " + propagation);
            }
            readOnly(mount, options);
            if (options.idmap() != null) {
                Idmap.parse(options.idmap());
            }
        }
        absent(mount, "VolumeOptions", mount.volume());
        if (!mount.source().startsWith("/")) {
            throw wrong(
                    mount,
                    "invalid mount path: '" + mount.source() + "' mount path must be absolute");
        }
    }

    private static void readOnly(MountRequest mount, MountRequest.BindOptions options) {
        if (!options.readOnlyForceRecursive()) {
            return;
        }
        if (options.readOnlyNonRecursive()) {
            throw wrong(
                    mount,
                    "mount options conflict: ReadOnlyNonRecursive && ReadOnlyForceRecursive");
        }
        if (!Kernel.has(Kernel.Feature.MOUNT_SETATTR)) {
            throw wrong(mount, "rro is not supported: kernel version must be 5.12 or newer");
        }
    }

    private static void absent(MountRequest mount, String field, @Nullable Object options) {
        if (options != null) {
            throw wrong(mount, "field " + field + " must not be specified");
        }
    }

    private static InvalidArgument wrong(MountRequest mount, String why) {
        String type = mount.type().isEmpty() ? "volume" : mount.type();
        return new InvalidArgument("invalid mount config for type \"" + type + "\": " + why);
    }
}
