package dev.carafe.snapshots;

import dev.carafe.base.InvalidArgument;

/// How much one tar stream may unpack to before it is taken for a bomb and refused.
///
/// @param entries files, directories, links and whiteouts
/// @param bytes of the whole uncompressed stream
public record ApplyLimits(long entries, long bytes) {
    /// Ten million entries, 512 GiB: above every real layer. The disk's end is refused cleanly
    /// before that.
    public static final ApplyLimits DEFAULT = new ApplyLimits(10_000_000, 512L << 30);

    public ApplyLimits {
        if (entries < 1 || bytes < 1) {
            throw new InvalidArgument("limits must be positive");
        }
    }
}
