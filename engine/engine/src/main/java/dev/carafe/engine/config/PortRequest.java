package dev.carafe.engine.config;

import io.avaje.jsonb.Json;

/// Where a port shall be published.
///
/// @param hostIp empty: all addresses
/// @param hostPort empty: a free one; a number; `8000-8010`: a free one of these
@Json
public record PortRequest(String hostIp, String hostPort) {}
