package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One entry of `GET /containers/json`.
///
/// @param names each with a leading slash
/// @param created seconds since 1970
/// @param status words for people: `Up 5 minutes (healthy)`
@Json(caseInsensitiveKeys = true)
public record ContainerSummary(
        @Json.Property("Id") String id,
        @Json.Property("Names") List<String> names,
        @Json.Property("Image") String image,
        @Json.Property("ImageID") String imageId,
        @Json.Property("Command") String command,
        @Json.Property("Created") long created,
        @Json.Property("Ports") List<Port> ports,
        @Json.Property("SizeRw") @Nullable Long sizeRw,
        @Json.Property("SizeRootFs") @Nullable Long sizeRootFs,
        @Json.Property("Labels") Map<String, String> labels,
        @Json.Property("State") String state,
        @Json.Property("Status") String status,
        @Json.Property("HostConfig") @Nullable SummaryHostConfig hostConfig,
        @Json.Property("NetworkSettings") @Nullable SummaryNetworks networkSettings,
        @Json.Property("Mounts") List<MountPoint> mounts,
        @Json.Property("ImageManifestDescriptor") @Nullable ImageDescriptor imageManifestDescriptor,
        @Json.Property("Health") @Nullable SummaryHealth health) {}
