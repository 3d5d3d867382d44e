package dev.carafe.snapshots.tree;

import java.time.Instant;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// How a tree is written as an archive.
///
/// @param whiteouts turn overlayfs's marks into the `.wh.` names of a layer; the tree is then an
///   upper directory
/// @param crossMounts also what is mounted somewhere below; else a mount point is an empty
///   directory
/// @param leftOut paths that are not written, nor what is below them: `/` and the name each
/// @param users what the archive calls the users who own the files
/// @param groups the same of groups
/// @param latest later times of change become this one; null leaves them
public record ExportOptions(
        boolean whiteouts,
        boolean crossMounts,
        Set<String> leftOut,
        @Nullable Instant latest,
        LongUnaryOperator users,
        LongUnaryOperator groups) {
    public ExportOptions(boolean whiteouts, boolean crossMounts) {
        this(whiteouts, crossMounts, Set.of(), null);
    }

    public ExportOptions(
            boolean whiteouts, boolean crossMounts, Set<String> leftOut, @Nullable Instant latest) {
        this(
                whiteouts,
                crossMounts,
                leftOut,
                latest,
                LongUnaryOperator.identity(),
                LongUnaryOperator.identity());
    }

    public ExportOptions withOwners(LongUnaryOperator ofUsers, LongUnaryOperator ofGroups) {
        return new ExportOptions(whiteouts, crossMounts, leftOut, latest, ofUsers, ofGroups);
    }

    Instant time(Instant modified) {
        return latest != null && modified.isAfter(latest) ? latest : modified;
    }
}
