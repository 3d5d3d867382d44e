package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.OptionalInt;

/// Resource limits, getrlimit(2).
public final class Rlimits {
    /// No limit.
    public static final long INFINITY = -1;

    private static final List<String> NAMES =
            List.of(
                    "RLIMIT_CPU",
                    "RLIMIT_FSIZE",
                    "RLIMIT_DATA",
                    "RLIMIT_STACK",
                    "RLIMIT_CORE",
                    "RLIMIT_RSS",
                    "RLIMIT_NPROC",
                    "RLIMIT_NOFILE",
                    "RLIMIT_MEMLOCK",
                    "RLIMIT_AS",
                    "RLIMIT_LOCKS",
                    "RLIMIT_SIGPENDING",
                    "RLIMIT_MSGQUEUE",
                    "RLIMIT_NICE",
                    "RLIMIT_RTPRIO",
                    "RLIMIT_RTTIME");

    private Rlimits() {}

    /// Soft and hard limit, unsigned; {@link #INFINITY} for none.
    public record Limit(long soft, long hard) {}

    /// The number of `RLIMIT_NOFILE`, empty for an unknown name.
    public static OptionalInt number(String name) {
        int number = NAMES.indexOf(name);
        return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /// Every name, in the kernel's order.
    public static List<String> known() {
        return NAMES;
    }

    /// The limit of a process, 0 being this one; prlimit(2).
    public static Limit get(int pid, int resource) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(16, 8);
            Syscall.call("prlimit", pid, SyscallNumbers.PRLIMIT64, pid, resource, 0, out.address());
            return new Limit(out.get(Memory.LONG, 0), out.get(Memory.LONG, 8));
        }
    }

    public static void set(int pid, int resource, Limit limit) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment in = arena.allocate(16, 8);
            in.set(Memory.LONG, 0, limit.soft());
            in.set(Memory.LONG, 8, limit.hard());
            Syscall.call("prlimit", pid, SyscallNumbers.PRLIMIT64, pid, resource, in.address(), 0);
        }
    }
}
