package dev.carafe.oci.runtime;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A system call filter (runtime-spec config-linux.md#seccomp).
///
/// @param defaultAction as `SCMP_ACT_ERRNO`
/// @param architectures as `SCMP_ARCH_X86_64`; empty for this machine's
/// @param flags as `SECCOMP_FILTER_FLAG_LOG`
@Json
public record Seccomp(
        String defaultAction,
        @Nullable Integer defaultErrnoRet,
        List<String> architectures,
        List<String> flags,
        @Nullable String listenerPath,
        @Nullable String listenerMetadata,
        List<Rule> syscalls) {
    public Seccomp {
        architectures = Lists.copy(architectures);
        flags = Lists.copy(flags);
        syscalls = Lists.copy(syscalls);
    }

    /// All the named calls, when every argument condition holds.
    ///
    /// @param errnoRet for `SCMP_ACT_ERRNO` and `SCMP_ACT_TRACE`; null for EPERM
    @Json
    public record Rule(
            List<String> names, String action, @Nullable Integer errnoRet, List<Arg> args) {
        public Rule {
            names = Lists.copy(names);
            args = Lists.copy(args);
        }
    }

    /// A condition on one argument.
    ///
    /// @param index 0 to 5
    /// @param value unsigned, as valueTwo
    /// @param valueTwo what `value` masks to with `SCMP_CMP_MASKED_EQ`
    /// @param op as `SCMP_CMP_EQ`
    public record Arg(int index, long value, long valueTwo, String op) {}
}
