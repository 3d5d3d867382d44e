package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// A host device seen in a container.
@Json(caseInsensitiveKeys = true)
public record DeviceMapping(
        @Json.Property("PathOnHost") String pathOnHost,
        @Json.Property("PathInContainer") String pathInContainer,
        @Json.Property("CgroupPermissions") String cgroupPermissions) {}
