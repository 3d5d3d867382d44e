package dev.carafe.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A user-defined network to be made.
///
/// @param driver empty means `bridge`
/// @param ipam at most one range of each family; empty: a free subnet of the daemon's pools. An
///   empty subnet means the same, an empty gateway the first address
/// @param configuration settings for others, or made of such
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
        Configuration configuration) {
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

    public CreateNetwork with(Network.Ipam... ranges) {
        return new CreateNetwork(
                name,
                driver,
                internal,
                attachable,
                ipv6,
                ipv4,
                List.of(ranges),
                options,
                labels,
                configuration);
    }

    /// With IPv6 as well.
    public CreateNetwork withIpv6() {
        return new CreateNetwork(
                name,
                driver,
                internal,
                attachable,
                true,
                ipv4,
                ipam,
                options,
                labels,
                configuration);
    }

    public CreateNetwork onlyInside() {
        return new CreateNetwork(
                name, driver, true, attachable, ipv6, ipv4, ipam, options, labels, configuration);
    }

    public CreateNetwork withOptions(Map<String, String> all) {
        return new CreateNetwork(
                name, driver, internal, attachable, ipv6, ipv4, ipam, all, labels, configuration);
    }

    /// With the settings of a network that is nothing else. Its own are its driver, and who may
    /// reach it.
    CreateNetwork with(NetworkRecord settings) {
        return new CreateNetwork(
                name,
                driver,
                internal,
                attachable,
                settings.ipv6(),
                !settings.noIpv4(),
                settings.asked(),
                settings.options(),
                settings.labels(),
                configuration);
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
