package dev.carafe.network;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A user-defined network to be made.
///
/// @param driver empty means `bridge`
/// @param ipam at most one range of each family; empty: a free subnet of the daemon's pools. An
///   empty subnet means the same, an empty gateway the first address
/// @param configuration settings for others, or made of such
@RecordBuilder
public record CreateNetwork(
        String name,
        String driver,
        boolean internal,
        boolean attachable,
        boolean ipv6,
        boolean ipv4,
        List<Network.Ipam> ipam,
        Map<String, String> options,
        Map<String, String> labels,
        Configuration configuration)
        implements CreateNetworkBuilder.With {
    public CreateNetwork {
        ipam = List.copyOf(ipam);
        options = Map.copyOf(options);
        labels = Map.copyOf(labels);
    }

    /// A bridge network with all defaults.
    public static CreateNetwork bridge(String name) {
        return new CreateNetwork(
                name,
                "bridge",
                false,
                false,
                false,
                true,
                List.of(),
                Map.of(),
                Map.of(),
                Configuration.OWN);
    }

    public CreateNetwork withIpam(Network.Ipam... ranges) {
        return withIpam(List.of(ranges));
    }

    /// With IPv6 as well.
    public CreateNetwork withIpv6() {
        return withIpv6(true);
    }

    public CreateNetwork onlyInside() {
        return withInternal(true);
    }

    /// With the settings of a network that is nothing else. Its own are its driver, and who may
    /// reach it.
    CreateNetwork withSettings(NetworkRecord settings) {
        return with().ipv6(settings.ipv6())
                .ipv4(!settings.noIpv4())
                .ipam(settings.asked())
                .options(settings.options())
                .labels(settings.labels())
                .build();
    }

    /// With options for its driver where it names none; another network's settings have them
    /// already.
    ///
    /// @param defaults by driver
    CreateNetwork withDefaults(Map<String, Map<String, String>> defaults) {
        if (configuration.isOther()) {
            return this;
        }
        Map<String, String> all =
                new HashMap<>(
                        defaults.getOrDefault(driver.isEmpty() ? "bridge" : driver, Map.of()));
        all.putAll(options);
        return withOptions(all);
    }
}
