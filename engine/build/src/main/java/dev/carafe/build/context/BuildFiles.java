package dev.carafe.build.context;

import dev.carafe.base.glob.IgnoreRules;
import java.util.function.Supplier;

/// A Dockerfile and the files that it is built with.
///
/// @param name of the Dockerfile, for sentences
/// @param dockerfile its text
/// @param context asked for when a step first needs it; the same one each time, owned by whoever
///   gave it. Thread-safe
/// @param ignored what the context lacks, for checks
public record BuildFiles(
        String name, String dockerfile, Supplier<BuildContext> context, IgnoreRules ignored) {
    public BuildFiles(String name, String dockerfile, Supplier<BuildContext> context) {
        this(name, dockerfile, context, IgnoreRules.NONE);
    }
}
