package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answer of `GET /containers/{id}/json`.
@Json(caseInsensitiveKeys = true)
public final class ContainerInspect {
    @Json.Property("Id")
    public @Nullable String id;

    @Json.Property("Created")
    public @Nullable String created;

    @Json.Property("Path")
    public @Nullable String path;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("Args")
    public @Nullable List<String> args;

    @Json.Property("State")
    public @Nullable ContainerState state;

    @Json.Property("Image")
    public @Nullable String image;

    @Json.Property("ResolvConfPath")
    public @Nullable String resolvConfPath;

    @Json.Property("HostnamePath")
    public @Nullable String hostnamePath;

    @Json.Property("HostsPath")
    public @Nullable String hostsPath;

    @Json.Property("LogPath")
    public @Nullable String logPath;

    /// with a leading slash
    @Json.Property("Name")
    public @Nullable String name;

    @Json.Property("RestartCount")
    public int restartCount;

    @Json.Property("Driver")
    public @Nullable String driver;

    @Json.Property("Platform")
    public @Nullable String platform;

    @Json.Property("MountLabel")
    public @Nullable String mountLabel;

    @Json.Property("ProcessLabel")
    public @Nullable String processLabel;

    @Json.Property("AppArmorProfile")
    public @Nullable String appArmorProfile;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("ExecIDs")
    public @Nullable List<String> execIds;

    @Json.Property("HostConfig")
    public @Nullable HostConfig hostConfig;

    @Json.Property("GraphDriver")
    public @Nullable GraphDriver graphDriver;

    @Json.Property("SizeRw")
    public @Nullable Long sizeRw;

    @Json.Property("SizeRootFs")
    public @Nullable Long sizeRootFs;

    @Json.Property("Mounts")
    public @Nullable List<MountPoint> mounts;

    @Json.Property("Config")
    public @Nullable ContainerConfig config;

    @Json.Property("NetworkSettings")
    public @Nullable NetworkSettings networkSettings;

    @Json.Property("ImageManifestDescriptor")
    public @Nullable ImageDescriptor imageManifestDescriptor;
}
