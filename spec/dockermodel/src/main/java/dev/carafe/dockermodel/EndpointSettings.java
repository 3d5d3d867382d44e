package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container's place in a network: what was asked (first fields) and what is (the others). See
/// {@link ContainerConfig} for nulls.
@Json(caseInsensitiveKeys = true)
public final class EndpointSettings {
    @Json.Serializer(EndpointIpamOrNull.class)
    @Json.Property("IPAMConfig")
    public @Nullable EndpointIpam ipamConfig;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("Links")
    public @Nullable List<String> links;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("Aliases")
    public @Nullable List<String> aliases;

    @Json.Property("MacAddress")
    public @Nullable String macAddress;

    @Json.Serializer(StringMapOrNull.class)
    @Json.Property("DriverOpts")
    public @Nullable Map<String, String> driverOpts;

    @Json.Property("GwPriority")
    public @Nullable Integer gwPriority;

    @Json.Property("NetworkID")
    public @Nullable String networkId;

    @Json.Property("EndpointID")
    public @Nullable String endpointId;

    @Json.Property("Gateway")
    public @Nullable String gateway;

    @Json.Property("IPAddress")
    public @Nullable String ipAddress;

    @Json.Property("IPPrefixLen")
    public @Nullable Integer ipPrefixLen;

    @Json.Property("IPv6Gateway")
    public @Nullable String ipv6Gateway;

    @Json.Property("GlobalIPv6Address")
    public @Nullable String globalIpv6Address;

    @Json.Property("GlobalIPv6PrefixLen")
    public @Nullable Integer globalIpv6PrefixLen;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("DNSNames")
    public @Nullable List<String> dnsNames;
}
