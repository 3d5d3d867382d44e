package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One subnet of a network.
@Json(caseInsensitiveKeys = true)
public record IpamPool(
        @Json.Property("Subnet") @Nullable String subnet,
        @Json.Property("IPRange") @Nullable String ipRange,
        @Json.Property("Gateway") @Nullable String gateway,
        @Json.Property("AuxiliaryAddresses") @Nullable Map<String, String> auxiliaryAddresses) {}
