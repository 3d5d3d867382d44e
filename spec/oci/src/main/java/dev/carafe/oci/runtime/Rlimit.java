package dev.carafe.oci.runtime;

/// A resource limit (runtime-spec config.md#posix-process, getrlimit(2)).
///
/// @param type as `RLIMIT_NOFILE`
/// @param hard unsigned; {@link #INFINITY} for none
/// @param soft unsigned
public record Rlimit(String type, long hard, long soft) {
    /// RLIM_INFINITY: all bits set, 18446744073709551615 in JSON.
    public static final long INFINITY = -1;
}
