package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;

/// A range from which networks get their subnets; part of {@link Info}.
@Json(caseInsensitiveKeys = true)
public record AddressPool(@Json.Property("Base") String base, @Json.Property("Size") int size) {}
