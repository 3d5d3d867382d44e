package dev.carafe.engine.view;

import io.avaje.jsonb.Json;

/// A port of a container that is reachable on the host.
///
/// @param protocol `tcp`, `udp` or `sctp`
/// @param hostIp `0.0.0.0`, `::` or one address
@Json
public record PublishedPort(int containerPort, String protocol, String hostIp, int hostPort) {}
