package dev.carafe.engine.spec;

import dev.carafe.oci.runtime.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Device nodes of the host, as containers can have them.
public final class HostDevices {
    private static final int S_IFMT = 0xf000;
    private static final int S_IFCHR = 0x2000;
    private static final int S_IFBLK = 0x6000;

    private HostDevices() {}

    /// Null when it is none.
    public static @Nullable Device at(Path path) {
        try {
            int mode = (Integer) Objects.requireNonNull(Files.getAttribute(path, "unix:mode"));
            long rdev = (Long) Objects.requireNonNull(Files.getAttribute(path, "unix:rdev"));
            Integer uid = (Integer) Objects.requireNonNull(Files.getAttribute(path, "unix:uid"));
            Integer gid = (Integer) Objects.requireNonNull(Files.getAttribute(path, "unix:gid"));
            String type = (mode & S_IFMT) == S_IFCHR ? "c" : (mode & S_IFMT) == S_IFBLK ? "b" : "";
            if (type.isEmpty()) {
                return null;
            }
            return new Device(
                    type,
                    path.toString(),
                    major(rdev),
                    minor(rdev),
                    mode & 0x1ff,
                    uid.longValue(),
                    gid.longValue());
        } catch (IOException e) {
            return null;
        }
    }

    /// makedev(3): glibc spreads both numbers over 64 bits.
    static long major(long rdev) {
        return ((rdev >>> 8) & 0xfff) | ((rdev >>> 32) & ~0xfffL);
    }

    static long minor(long rdev) {
        return (rdev & 0xff) | ((rdev >>> 12) & ~0xffL);
    }
}
