package dev.carafe.oci.runtime;

import io.avaje.jsonb.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container, completely described: the root of `config.json` (runtime-spec config.md).
///
/// @param process null when the container is created without a program to start
@Json
@RecordBuilder
public record Spec(
        String ociVersion,
        @Nullable Process process,
        @Nullable Root root,
        @Nullable String hostname,
        @Nullable String domainname,
        List<Mount> mounts,
        @Nullable Hooks hooks,
        @Nullable Linux linux,
        Map<String, String> annotations)
        implements SpecBuilder.With {
    /// The version of the specification that these records follow.
    public static final String VERSION = "1.2.0";

    public Spec {
        ociVersion = ociVersion == null ? VERSION : ociVersion;
        mounts = Lists.copy(mounts);
        annotations = Lists.copy(annotations);
    }
}
