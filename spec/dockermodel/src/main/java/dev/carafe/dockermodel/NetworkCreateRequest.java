package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Body of `POST /networks/create`.
@Json(caseInsensitiveKeys = true)
public final class NetworkCreateRequest {
    @Json.Property("Name")
    public @Nullable String name;

    @Json.Property("Driver")
    public @Nullable String driver;

    @Json.Property("Scope")
    public @Nullable String scope;

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

    @Json.Property("ConfigOnly")
    public @Nullable Boolean configOnly;

    @Json.Property("ConfigFrom")
    public @Nullable ConfigReference configFrom;

    @Json.Property("Options")
    public @Nullable Map<String, String> options;

    @Json.Property("Labels")
    public @Nullable Map<String, String> labels;

    @Json.Property("CheckDuplicate")
    public @Nullable Boolean checkDuplicate;
}
