package dev.carafe.network;

/// A container's place in a network. Texts are empty where the driver (host, none) gives none.
///
/// @param macAddress as `02:42:ac:11:00:02`
/// @param interfaceName inside the container: `eth0`
public record Endpoint(
        String networkId,
        String networkName,
        String endpointId,
        String ipAddress,
        int prefixLength,
        String gateway,
        String macAddress,
        String interfaceName) {}
