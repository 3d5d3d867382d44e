package dev.carafe.engine.view;

import dev.carafe.engine.config.EndpointSettings;
import java.util.List;

/// A container's place in one network.
///
/// @param networkId empty until it first ran
/// @param ipAddress empty while not running, as gateway, mac and endpoint id
/// @param settings as asked by the client
public record NetworkAttachment(
        String networkId,
        String endpointId,
        String ipAddress,
        int prefixLength,
        String gateway,
        String macAddress,
        List<String> aliases,
        EndpointSettings settings) {}
