package dev.carafe.runtime;

import dev.carafe.linux.Fd;
import dev.carafe.linux.Mounts;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.Mount;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.runtime.steps.MountOptions;
import org.jspecify.annotations.Nullable;

/// A container's own devpts, made detached: its terminals are opened through a descriptor, so that
/// no path of the container has to be trusted for one, then and in later execs.
final class DevPts {
    private DevPts() {}

    /// The one the spec mounts on /dev/pts, or null.
    static @Nullable Fd make(Spec spec, Linux linux) {
        for (Mount mount : spec.mounts()) {
            if ("devpts".equals(mount.type()) && mount.destination().equals("/dev/pts")) {
                return make(MountOptions.parse(mount.options()), linux);
            }
        }
        return null;
    }

    private static Fd make(MountOptions options, Linux linux) {
        try (Fd context = Mounts.fsopen("devpts")) {
            Mounts.fsconfigString(context, "source", "devpts");
            for (String option : options.data().split(",")) {
                int equals = option.indexOf('=');
                if (option.startsWith("gid=")) {
                    int gid =
                            UserIds.host(linux.gidMappings(), Long.parseLong(option.substring(4)));
                    Mounts.fsconfigString(context, "gid", Integer.toString(gid));
                } else if (equals > 0) {
                    Mounts.fsconfigString(
                            context, option.substring(0, equals), option.substring(equals + 1));
                } else if (!option.isEmpty()) {
                    Mounts.fsconfigFlag(context, option);
                }
            }
            Mounts.fsconfigCreate(context);
            return Mounts.fsmount(context, MountOptions.attributes(options.flags()));
        }
    }
}
