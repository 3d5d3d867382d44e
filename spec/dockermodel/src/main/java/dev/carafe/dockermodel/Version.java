package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Engine API `GET /version`.
@Json(caseInsensitiveKeys = true)
public record Version(
        @Json.Property("Platform") @Nullable VersionPlatform platform,
        @Json.Property("Components") @Nullable List<VersionComponent> components,
        @Json.Property("Version") String version,
        @Json.Property("ApiVersion") String apiVersion,
        @Json.Property("MinAPIVersion") String minAPIVersion,
        @Json.Property("GitCommit") String gitCommit,
        @Json.Property("GoVersion") String goVersion,
        @Json.Property("Os") String os,
        @Json.Property("Arch") String arch,
        @Json.Property("KernelVersion") @Nullable String kernelVersion,
        @Json.Property("Experimental") @Nullable Boolean experimental,
        @Json.Property("BuildTime") @Nullable String buildTime) {}
