package dev.carafe.network;

import dev.carafe.base.InvalidArgument;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A user-defined network to be made.
///
/// @param driver empty means `bridge`
/// @param ipam at most one range of each family, but for macvlan and ipvlan; empty: a free subnet
///   of the daemon's pools. An empty subnet means the same, an empty gateway the first address
/// @param ipv6, ipv4 null: as the options say, else IPv4 alone
/// @param configuration settings for others, or made of such
@RecordBuilder
public record CreateNetwork(
        String name,
        String driver,
        boolean internal,
        boolean attachable,
        @Nullable Boolean ipv6,
        @Nullable Boolean ipv4,
        List<Network.Ipam> ipam,
        Map<String, String> options,
        Map<String, String> labels,
        Configuration configuration)
        implements CreateNetworkBuilder.With {
    private static final String IPV6 = "com.docker.network.enable_ipv6";
    private static final String IPV4 = "com.docker.network.enable_ipv4";

    public CreateNetwork {
        ipam = List.copyOf(ipam);
        options = Map.copyOf(withoutAnswered(options, ipv6, ipv4));
        labels = Map.copyOf(labels);
    }

    /// What is said beside the options stands for itself.
    private static Map<String, String> withoutAnswered(
            Map<String, String> options, @Nullable Boolean ipv6, @Nullable Boolean ipv4) {
        Map<String, String> left = new HashMap<>(options);
        if (ipv6 != null) {
            left.remove(IPV6);
        }
        if (ipv4 != null) {
            left.remove(IPV4);
        }
        return left;
    }

    boolean hasIpv6() {
        return ipv6 == null ? isOn(IPV6, false) : ipv6;
    }

    boolean hasIpv4() {
        return ipv4 == null ? isOn(IPV4, true) : ipv4;
    }

    private boolean isOn(String option, boolean orElse) {
        String value = options.get(option);
        if (value == null) {
            return orElse;
        }
        if (!NetworkDefinition.TRUTHS.contains(value)) {
            throw new InvalidArgument("driver-opt \"" + option + "\" is not a valid bool");
        }
        return value.matches("1|[tT].*");
    }

    /// A bridge network with all defaults.
    public static CreateNetwork bridge(String name) {
        return new CreateNetwork(
                name,
                "bridge",
                false,
                false,
                null,
                null,
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
