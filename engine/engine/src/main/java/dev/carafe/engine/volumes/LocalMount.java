package dev.carafe.engine.volumes;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.Mounts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/// Mounts the file system that a volume's options name, detached.
final class LocalMount {
    private LocalMount() {}

    /// The caller closes it; the file system goes away with its last mount.
    ///
    /// @throws InvalidArgument with Docker's sentence when the kernel refuses
    static Fd of(Volume volume, LocalOptions options, String data) {
        try (Fd context = Mounts.fsopen(options.type())) {
            Mounts.fsconfigString(context, "source", options.device());
            long attributes = 0;
            for (String option : options.options()) {
                long attribute = attribute(option);
                attributes |= attribute;
                if (attribute == 0 && !option.equals("rw") && !option.isEmpty()) {
                    configure(context, option);
                }
            }
            Mounts.fsconfigCreate(context);
            return Mounts.fsmount(context, attributes);
        } catch (ErrnoException e) {
            throw failed(volume, options, data, e.errorText());
        }
    }

    private static long attribute(String option) {
        return switch (option) {
            case "ro" -> Mounts.MOUNT_ATTR_RDONLY;
            case "nosuid" -> Mounts.MOUNT_ATTR_NOSUID;
            case "nodev" -> Mounts.MOUNT_ATTR_NODEV;
            case "noexec" -> Mounts.MOUNT_ATTR_NOEXEC;
            case "noatime" -> Mounts.MOUNT_ATTR_NOATIME;
            case "nodiratime" -> Mounts.MOUNT_ATTR_NODIRATIME;
            default -> 0;
        };
    }

    private static void configure(Fd context, String option) {
        int equals = option.indexOf('=');
        if (equals < 0) {
            Mounts.fsconfigFlag(context, option);
            return;
        }
        String key = option.substring(0, equals);
        String value = option.substring(equals + 1);
        Mounts.fsconfigString(context, key, key.equals("addr") ? address(value) : value);
    }

    /// The kernel knows no names of hosts.
    private static String address(String host) {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            return host;
        }
    }

    static InvalidArgument failed(Volume volume, LocalOptions options, String data, String why) {
        return new InvalidArgument(
                new Subject("volume", volume.name()),
                "error while mounting volume '%s': failed to mount local volume: mount %s:%s%s: %s"
                        .formatted(
                                data,
                                options.device(),
                                data,
                                options.options().isEmpty()
                                        ? ""
                                        : ", data: " + String.join(",", options.options()),
                                why.toLowerCase(Locale.ROOT)));
    }
}
