package dev.carafe.network;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network, as shown to users.
///
/// @param id 64 hex digits, the same for as long as the network exists
/// @param driver `bridge`, `host` or `null` (docker's name for that of `none`)
/// @param ipam empty for host and none, and for `bridge` before its first use
/// @param options driver options such as `com.docker.network.bridge.name`
public record Network(
        String id,
        String name,
        String driver,
        Instant created,
        boolean internal,
        boolean attachable,
        List<Ipam> ipam,
        Map<String, String> options,
        Map<String, String> labels) {
    /// One address range.
    ///
    /// @param ipRange the part of the subnet that addresses are taken from, or null: all of it
    public record Ipam(String subnet, @Nullable String ipRange, String gateway) {}

    public Network {
        ipam = List.copyOf(ipam);
        options = Map.copyOf(options);
        labels = Map.copyOf(labels);
    }

    /// `bridge`, `host` and `none`, which cannot be removed.
    public boolean predefined() {
        return name.equals("bridge") || name.equals("host") || name.equals("none");
    }
}
