package dev.carafe.network;

import dev.carafe.base.InvalidArgument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network, as shown to users.
///
/// @param id 64 hex digits, the same for as long as the network exists
/// @param driver `bridge`, `host` or `null` (docker's name for that of `none`)
/// @param subnetChosen a user asked for the subnet, so that its addresses may be asked for as well
/// @param ipam empty for host and none, and for `bridge` before its first use
/// @param options driver options such as `com.docker.network.bridge.name`
/// @param configuration settings for others, or made of such
public record Network(
        String id,
        String name,
        String driver,
        Instant created,
        boolean internal,
        boolean attachable,
        boolean ipv6,
        boolean ipv4,
        boolean subnetChosen,
        List<Ipam> ipam,
        Map<String, String> options,
        Map<String, String> labels,
        Configuration configuration) {
    /// One address range.
    ///
    /// @param ipRange the part of the subnet that addresses are taken from, or null: all of it
    /// @param aux addresses of the subnet that are somebody else's, by name
    public record Ipam(
            String subnet, @Nullable String ipRange, String gateway, Map<String, String> aux) {
        public Ipam {
            aux = Map.copyOf(aux);
        }

        boolean contains(String address) {
            try {
                return Subnet.parse(subnet).contains(Addresses.parse(address));
            } catch (InvalidArgument e) {
                return false;
            }
        }
    }

    public Network {
        ipam = List.copyOf(ipam);
        options = Map.copyOf(options);
        labels = Map.copyOf(labels);
    }

    /// Whether one of its ranges has the address. A malformed one is in none.
    public boolean contains(String address) {
        return ipam.stream().anyMatch(i -> i.contains(address));
    }

    /// `bridge`, `host` and `none`, which cannot be removed.
    public boolean predefined() {
        return predefined(name);
    }

    /// Whether this names the network `bridge`.
    public static boolean isDefault(String name) {
        return name.equals("bridge") || name.equals("default");
    }

    static boolean predefined(String name) {
        return isDefault(name) || name.equals("host") || name.equals("none");
    }
}
