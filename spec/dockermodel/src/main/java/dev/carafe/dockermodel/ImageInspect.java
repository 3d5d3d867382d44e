package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answer of `GET /images/{name}/json`.
@Json(caseInsensitiveKeys = true)
public final class ImageInspect {
    @Json.Property("Id")
    public @Nullable String id;

    @Json.Property("RepoTags")
    public @Nullable List<String> repoTags;

    @Json.Property("RepoDigests")
    public @Nullable List<String> repoDigests;

    @Json.Property("Parent")
    public @Nullable String parent;

    @Json.Property("Comment")
    public @Nullable String comment;

    @Json.Property("Created")
    public @Nullable String created;

    @Json.Property("Container")
    public @Nullable String container;

    @Json.Property("ContainerConfig")
    public @Nullable ContainerConfig containerConfig;

    @Json.Property("DockerVersion")
    public @Nullable String dockerVersion;

    @Json.Property("Author")
    public @Nullable String author;

    @Json.Property("Config")
    public @Nullable ContainerConfig config;

    @Json.Property("Architecture")
    public @Nullable String architecture;

    @Json.Property("Variant")
    public @Nullable String variant;

    @Json.Property("Os")
    public @Nullable String os;

    @Json.Property("OsVersion")
    public @Nullable String osVersion;

    @Json.Property("Size")
    public long size;

    @Json.Property("VirtualSize")
    public @Nullable Long virtualSize;

    @Json.Property("GraphDriver")
    public @Nullable GraphDriver graphDriver;

    @Json.Property("RootFS")
    public @Nullable ImageRootFs rootFS;

    @Json.Property("Metadata")
    public @Nullable ImageMetadata metadata;

    @Json.Property("Descriptor")
    public @Nullable ImageDescriptor descriptor;
}
