package dev.carafe.network;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a container asks of one network.
///
/// @param network name or id; `default` means `bridge`
/// @param names that others on the network find it by, its own first
/// @param links names that only this container knows, with what they stand for
/// @param ip a wanted address, or null for any
/// @param ip6 a wanted IPv6 address, or null for any
/// @param mac a wanted hardware address, or null for one made from the address
/// @param gatewayPriority the network with the highest becomes the default route
/// @param linkLocal further addresses, with meaning on this link only
/// @param options of the driver, such as `com.docker.network.endpoint.ifname`
/// @param withoutSix has no IPv6 where the network has IPv4 too: the container has it switched off
@RecordBuilder
public record JoinRequest(
        String network,
        List<String> names,
        Map<String, String> links,
        @Nullable String ip,
        @Nullable String ip6,
        @Nullable String mac,
        int gatewayPriority,
        Map<String, String> options,
        List<String> linkLocal,
        boolean withoutSix)
        implements JoinRequestBuilder.With {
    private static final String INTERFACE = "com.docker.network.endpoint.ifname";

    public JoinRequest {
        names = List.copyOf(names);
        links = Map.copyOf(links);
        options = Map.copyOf(options);
        linkLocal = List.copyOf(linkLocal);
    }

    /// No wishes.
    public static JoinRequest of(String network) {
        return new JoinRequest(
                network, List.of(), Map.of(), null, null, null, 0, Map.of(), List.of(), false);
    }

    public JoinRequest withAddress(@Nullable String address, @Nullable String hardware) {
        return with().ip(address).mac(hardware).build();
    }

    public JoinRequest withNames(String... all) {
        return withNames(List.of(all));
    }

    /// The name that its device is to have inside the container, or null.
    @Nullable String interfaceName() {
        return options.get(INTERFACE);
    }
}
