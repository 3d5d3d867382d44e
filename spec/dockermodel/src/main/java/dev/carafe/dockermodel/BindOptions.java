package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/// Options of a {@link Mount} of type bind.
///
/// @param idmap ours: whose the files show as, in the words of the option `idmap` of `--volume`;
///   empty for the owners of the container's user namespace
@Json(caseInsensitiveKeys = true)
public record BindOptions(
        @Json.Property("Propagation") @Nullable String propagation,
        @Json.Property("NonRecursive") @Nullable Boolean nonRecursive,
        @Json.Property("CreateMountpoint") @Nullable Boolean createMountpoint,
        @Json.Property("ReadOnlyNonRecursive") @Nullable Boolean readOnlyNonRecursive,
        @Json.Property("ReadOnlyForceRecursive") @Nullable Boolean readOnlyForceRecursive,
        @Json.Property("IDMap") @Nullable String idmap) {}
