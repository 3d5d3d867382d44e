package dev.carafe.build.dockerfile;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One `RUN --mount`, variables in place.
///
/// @param from stage, image or context that a bind or cache mount shows; null for the build context
///   or an empty folder
/// @param source path inside of it, or the secret's id; null for none
/// @param target where it appears; null for a default
/// @param id of a cache, secret or ssh agent; null for a default
/// @param sizeBytes limit of a tmpfs, 0 for none
/// @param env name of the variable that a secret goes to; null for a file
/// @param mode permission bits; null for the type's default
public record RunMount(
        Type type,
        @Nullable String from,
        @Nullable String source,
        @Nullable String target,
        boolean readOnly,
        long sizeBytes,
        @Nullable String id,
        Sharing sharing,
        boolean required,
        @Nullable String env,
        @Nullable Integer mode,
        @Nullable Integer uid,
        @Nullable Integer gid) {

    public enum Type {
        BIND,
        CACHE,
        TMPFS,
        SECRET,
        SSH
    }

    /// Who may use a cache at the same time.
    public enum Sharing {
        SHARED,
        PRIVATE,
        LOCKED
    }

    /// Checks what can be known before variables are.
    ///
    /// @throws dev.carafe.base.InvalidArgument with docker's sentence
    static void check(String text) {
        MountReader.check(text);
    }

    /// The stage, context or image that a mount takes files of; empty for none.
    public static String from(String text) {
        return MountReader.from(text);
    }

    /// @param expand puts variables into each value
    /// @throws dev.carafe.base.InvalidArgument with docker's sentence
    public static RunMount parse(String text, UnaryOperator<String> expand) {
        return new MountReader(text, expand).read();
    }
}
