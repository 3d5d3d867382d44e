package dev.carafe.network;

import java.util.List;
import java.util.Map;

/// A user-defined network to be made.
///
/// @param driver `bridge`
/// @param ipam at most one range; empty: a free subnet of the daemon's pools. An empty gateway
///   means the first address
public record CreateNetwork(
        String name,
        String driver,
        boolean internal,
        boolean attachable,
        List<Network.Ipam> ipam,
        Map<String, String> options,
        Map<String, String> labels) {}
