package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network as listed or inspected.
@Json(caseInsensitiveKeys = true)
public final class NetworkResource {
    @Json.Property("Name")
    public @Nullable String name;

    @Json.Property("Id")
    public @Nullable String id;

    @Json.Property("Created")
    public @Nullable String created;

    @Json.Property("Scope")
    public @Nullable String scope;

    @Json.Property("Driver")
    public @Nullable String driver;

    /// since API 1.48
    @Json.Property("EnableIPv4")
    public @Nullable Boolean enableIPv4;

    @Json.Property("EnableIPv6")
    public @Nullable Boolean enableIPv6;

    @Json.Property("IPAM")
    public @Nullable NetworkIpam ipam;

    @Json.Property("Internal")
    public @Nullable Boolean internal;

    @Json.Property("Attachable")
    public @Nullable Boolean attachable;

    @Json.Property("Ingress")
    public @Nullable Boolean ingress;

    @Json.Property("ConfigFrom")
    public @Nullable ConfigReference configFrom;

    @Json.Property("ConfigOnly")
    public @Nullable Boolean configOnly;

    @Json.Property("Containers")
    public @Nullable Map<String, NetworkEndpoint> containers;

    @Json.Serializer(StringMapOrNull.class)
    @Json.Property("Options")
    public @Nullable Map<String, String> options;

    @Json.Serializer(StringMapOrNull.class)
    @Json.Property("Labels")
    public @Nullable Map<String, String> labels;
}
