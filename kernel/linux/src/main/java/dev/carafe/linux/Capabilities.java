package dev.carafe.linux;

import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/// Capability names and bits, capabilities(7).
public final class Capabilities {
    private static final String PREFIX = "CAP_";
    // in the kernel's order: the position is the bit
    private static final List<String> NAMES =
            List.of(
                    "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE"
                            .concat(
                                    " NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO")
                            .concat(
                                    " SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME")
                            .concat(
                                    " SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG")
                            .concat(
                                    " WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE")
                            .split(" "));

    private Capabilities() {}

    /// The bit of `CAP_NET_ADMIN`, empty for an unknown name.
    public static OptionalInt bit(String name) {
        int bit = name.startsWith(PREFIX) ? NAMES.indexOf(name.substring(PREFIX.length())) : -1;
        return bit < 0 ? OptionalInt.empty() : OptionalInt.of(bit);
    }

    /// `CAP_NET_ADMIN` for 12.
    public static String name(int bit) {
        return PREFIX + NAMES.get(bit);
    }

    /// The set as a mask.
    ///
    /// @throws IllegalArgumentException for an unknown name
    public static long mask(Collection<String> names) {
        long mask = 0;
        for (String name : names) {
            mask |=
                    1L
                            << bit(name)
                                    .orElseThrow(() ->
                                            new IllegalArgumentException(
                                                    "unknown capability " + name));
        }
        return mask;
    }

    /// Every name Carafe knows, in the kernel's order.
    public static List<String> known() {
        return NAMES.stream().map(PREFIX::concat).toList();
    }

    /// The highest bit the running kernel knows.
    public static int last() {
        return Integer.parseInt(ProcFiles.read("/proc/sys/kernel/cap_last_cap").strip());
    }

    /// The bounding set of this process: nothing below it can ever hold more.
    public static long bounding() {
        for (String line : ProcFiles.read("/proc/thread-self/status").split("\n")) {
            if (line.startsWith("CapBnd:")) {
                return Long.parseUnsignedLong(line.substring(7).strip(), 16);
            }
        }
        throw new IllegalStateException("no CapBnd in /proc/thread-self/status");
    }
}
