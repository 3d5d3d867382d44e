package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container's network as it is. Fields before Networks are those of the default bridge, kept for
/// clients before API 1.52.
@Json(caseInsensitiveKeys = true)
public final class NetworkSettings {
    @Json.Property("Bridge")
    public @Nullable String bridge;

    @Json.Property("SandboxID")
    public @Nullable String sandboxId;

    @Json.Property("SandboxKey")
    public @Nullable String sandboxKey;

    /// a port that is exposed and not published maps to null
    @Json.Serializer(PortMapAdapter.class)
    @Json.Property("Ports")
    public @Nullable Map<String, @Nullable List<PortBinding>> ports;

    @Json.Property("HairpinMode")
    public @Nullable Boolean hairpinMode;

    @Json.Property("LinkLocalIPv6Address")
    public @Nullable String linkLocalIpv6Address;

    @Json.Property("LinkLocalIPv6PrefixLen")
    public @Nullable Integer linkLocalIpv6PrefixLen;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("SecondaryIPAddresses")
    public @Nullable List<String> secondaryIpAddresses;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("SecondaryIPv6Addresses")
    public @Nullable List<String> secondaryIpv6Addresses;

    @Json.Property("EndpointID")
    public @Nullable String endpointId;

    @Json.Property("Gateway")
    public @Nullable String gateway;

    @Json.Property("GlobalIPv6Address")
    public @Nullable String globalIpv6Address;

    @Json.Property("GlobalIPv6PrefixLen")
    public @Nullable Integer globalIpv6PrefixLen;

    @Json.Property("IPAddress")
    public @Nullable String ipAddress;

    @Json.Property("IPPrefixLen")
    public @Nullable Integer ipPrefixLen;

    @Json.Property("IPv6Gateway")
    public @Nullable String ipv6Gateway;

    @Json.Property("MacAddress")
    public @Nullable String macAddress;

    @Json.Property("Networks")
    public @Nullable Map<String, EndpointSettings> networks;
}
