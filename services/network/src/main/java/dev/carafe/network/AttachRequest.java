package dev.carafe.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A container that wants to be on a network.
///
/// @param networkName name or id; `default` means `bridge`
/// @param ip a wanted address, or null for any
/// @param mac a wanted hardware address, or null for the one made from the address
/// @param containerName for error messages
public record AttachRequest(
        String containerId,
        String networkName,
        String hostname,
        List<String> aliases,
        List<PortBinding> ports,
        @Nullable String ip,
        @Nullable String mac,
        String containerName) {
    public AttachRequest {
        aliases = List.copyOf(aliases);
        ports = List.copyOf(ports);
    }

    public AttachRequest(
            String containerId,
            String networkName,
            String hostname,
            List<String> aliases,
            List<PortBinding> ports,
            @Nullable String ip,
            @Nullable String mac) {
        this(containerId, networkName, hostname, aliases, ports, ip, mac, hostname);
    }

    /// No ports, no wishes.
    public static AttachRequest of(String containerId, String networkName, String hostname) {
        return new AttachRequest(
                containerId, networkName, hostname, List.of(), List.of(), null, null);
    }
}
