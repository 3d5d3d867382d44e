package dev.carafe.build.files;

import dev.carafe.base.glob.IgnoreRules;

/// Which files below a source are taken.
///
/// @param excludes patterns of `--exclude`, relative to the source
public record Selection(IgnoreRules excludes) {
    public static final Selection ALL = new Selection(IgnoreRules.NONE);

    /// Whether a path below the source is taken.
    boolean takes(String path) {
        return !excludes.ignores(path);
    }

    /// Whether a directory must be walked although it is not taken itself.
    boolean walks(String path) {
        return takes(path) || excludes.mayTakeInBelow(path);
    }
}
