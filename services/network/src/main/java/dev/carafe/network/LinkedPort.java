package dev.carafe.network;

import io.avaje.jsonb.Json;

/// A port of another container on the network `bridge` that a container is linked to, and may reach
/// where containers there are kept apart.
///
/// @param protocol `tcp`, `udp` or `sctp`
@Json
public record LinkedPort(String containerId, int port, String protocol) {
    /// @param text `80/tcp`, or `80`
    public static LinkedPort parse(String containerId, String text) {
        String[] parts = text.split("/", 2);
        return new LinkedPort(
                containerId, Integer.parseInt(parts[0]), parts.length > 1 ? parts[1] : "tcp");
    }
}
