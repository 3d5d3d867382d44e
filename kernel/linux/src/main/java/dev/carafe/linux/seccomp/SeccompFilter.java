package dev.carafe.linux.seccomp;

import java.util.Collection;
import java.util.List;

/// Compiles profiles for seccomp(SECCOMP_SET_MODE_FILTER).
public final class SeccompFilter {
    private static final int INSTRUCTION_BYTES = 8;
    private static final int MOST_INSTRUCTIONS = 4096;

    private SeccompFilter() {}

    /// The filter as an array of `struct sock_filter`, 8 bytes each in the machine's order.
    ///
    /// Calls newer than every call the profile names fail with ENOSYS in place of a default error:
    /// a libc then falls back to an older call, where EPERM would make it fail. (runc does so too.)
    ///
    /// @throws IllegalArgumentException when it does not fit into the kernel's 4096 instructions
    public static byte[] compile(SeccompProfile profile) {
        byte[] code = new ProfileCompiler(profile).compile();
        if (instructions(code) > MOST_INSTRUCTIONS) {
            throw new IllegalArgumentException(
                    "the seccomp profile needs "
                            + instructions(code)
                            + " instructions, the kernel takes 4096");
        }
        return code;
    }

    /// How many instructions a compiled filter has.
    public static int instructions(byte[] code) {
        return code.length / INSTRUCTION_BYTES;
    }

    /// The flags of seccomp(2) for OCI names such as `SECCOMP_FILTER_FLAG_LOG`.
    ///
    /// @throws IllegalArgumentException for an unknown name
    public static int flags(Collection<String> names) {
        int flags = 0;
        for (String name : names) {
            flags |=
                    switch (name) {
                        case "SECCOMP_FILTER_FLAG_TSYNC" -> 1;
                        case "SECCOMP_FILTER_FLAG_LOG" -> 2;
                        case "SECCOMP_FILTER_FLAG_SPEC_ALLOW" -> 4;
                        case "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV" -> 32;
                        default ->
                                throw new IllegalArgumentException("unknown seccomp flag " + name);
                    };
        }
        return flags;
    }

    /// Every call name known for an architecture.
    public static List<String> knownCalls(SeccompArchitecture architecture) {
        return SyscallTable.load().all(architecture).keySet().stream().sorted().toList();
    }
}
