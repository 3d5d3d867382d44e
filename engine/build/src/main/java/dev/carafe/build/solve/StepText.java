package dev.carafe.build.solve;

import org.jspecify.annotations.Nullable;

/// What a step is called in an image's history.
///
/// @param classic in the classic builder's words; part of the step's key
/// @param buildKit in BuildKit's words; null for a step that its histories leave out
record StepText(String classic, @Nullable String buildKit) {
    /// BuildKit's comment on all lines that its front end for Dockerfiles writes.
    static final String COMMENT = "buildkit.dockerfile.v0";

    /// What BuildKit puts behind steps that make files.
    static final String MADE = " # buildkit";
}
