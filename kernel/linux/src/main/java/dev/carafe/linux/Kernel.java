package dev.carafe.linux;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The running kernel: its version for messages, and probes for what it can do. A probe makes the
/// call with arguments that must fail, and looks whether it fails for lack of the call; versions
/// say little where vendors backport.
public final class Kernel {
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);

    private Kernel() {}

    /// Major and minor number.
    public record Version(int major, int minor) {
        public boolean atLeast(int otherMajor, int otherMinor) {
            return major > otherMajor || major == otherMajor && minor >= otherMinor;
        }
    }

    /// As `uname -r` prints it.
    public static String release() {
        return ProcFiles.read("/proc/sys/kernel/osrelease").strip();
    }

    public static Version version() {
        return parse(release());
    }

    static Version parse(String release) {
        Matcher m = RELEASE.matcher(release);
        if (!m.matches()) {
            throw new IllegalArgumentException("kernel release " + release);
        }
        return new Version(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
    }

    /// A thing newer than the oldest kernel Carafe runs on, or one that can be configured away.
    public enum Feature {
        /// clone3(2) with a bad size.
        CLONE3(SyscallNumbers.CLONE3, 0, 0),
        PIDFD_OPEN(SyscallNumbers.PIDFD_OPEN, -1, 0),
        PIDFD_GETFD(SyscallNumbers.PIDFD_GETFD, -1, -1),
        CLOSE_RANGE(SyscallNumbers.CLOSE_RANGE, 2, 1),
        OPENAT2(SyscallNumbers.OPENAT2, -1, 0),
        FSOPEN(SyscallNumbers.FSOPEN, 0, -1),
        MOUNT_SETATTR(SyscallNumbers.MOUNT_SETATTR, -1, 0),
        SECCOMP(SyscallNumbers.SECCOMP, -1, -1),
        BPF(SyscallNumbers.BPF, -1, 0),
        KEYCTL(SyscallNumbers.KEYCTL, -1, 0);

        private final int number;
        private final long first;
        private final long second;

        Feature(int number, long first, long second) {
            this.number = number;
            this.first = first;
            this.second = second;
        }
    }

    /// Whether the kernel has the call.
    public static boolean has(Feature feature) {
        return Syscall.raw(feature.number, feature.first, feature.second) != -Errno.ENOSYS;
    }

    /// Whether overlay takes its layers one by one (`lowerdir+`, since Linux 6.8).
    public static boolean overlayTakesSingleLayers() {
        try (Fd context = Mounts.fsopen("overlay")) {
            // a path that can't exist: an older kernel takes any word here, and looks at none of
            // them before the mount is made
            Mounts.fsconfigString(context, "lowerdir+", "/proc/self/no-such-layer");
            return false;
        } catch (ErrnoException e) {
            return e.errno() == Errno.ENOENT;
        }
    }
}
