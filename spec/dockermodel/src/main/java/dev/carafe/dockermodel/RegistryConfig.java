package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the daemon was told about registries; part of {@link Info}.
@Json(caseInsensitiveKeys = true)
public record RegistryConfig(
        @Json.Property("AllowNondistributableArtifactsCIDRs") @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> allowNondistributableArtifactsCIdRs,
        @Json.Property("AllowNondistributableArtifactsHostnames")
                @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> allowNondistributableArtifactsHostnames,
        @Json.Property("InsecureRegistryCIDRs") @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> insecureRegistryCIdRs,
        @Json.Property("IndexConfigs") Map<String, IndexConfig> indexConfigs,
        @Json.Property("Mirrors") @Json.Serializer(StringsOrNull.class)
                @Nullable List<String> mirrors) {}
