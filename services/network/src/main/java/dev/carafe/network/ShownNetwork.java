package dev.carafe.network;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// Networks as users see them.
final class ShownNetwork {
    private static final String PREFIX = "com.docker.network.bridge.";
    private static final String MTU = "com.docker.network.driver.mtu";
    private static final int DEFAULT_MTU = 1500;

    private ShownNetwork() {}

    /// @param mtu of the network's device, 0 when it is not up
    static Network of(NetworkRecord n, NetworkOptions options, int mtu) {
        return new Network(
                n.id(),
                n.name(),
                n.driver(),
                Instant.parse(n.created()),
                n.internal(),
                n.attachable(),
                n.families(options).contains(IpFamily.V6),
                !n.noIpv4(),
                n.chosenByUser(),
                n.ipam(),
                n.name().equals("bridge") ? ofBridge(n, options, mtu) : n.options(),
                n.labels(),
                n.configuration());
    }

    /// The daemon's settings, in the form of options.
    private static Map<String, String> ofBridge(NetworkRecord n, NetworkOptions options, int mtu) {
        Map<String, String> shown = new TreeMap<>(n.options());
        String device = n.bridge() != null ? n.bridge() : options.bridge().name();
        Integer configured = options.mtu();
        int known = mtu > 0 ? mtu : configured != null ? configured : DEFAULT_MTU;
        shown.put(PREFIX + "default_bridge", "true");
        shown.put(PREFIX + "enable_icc", Boolean.toString(options.interContainer()));
        shown.put(PREFIX + "enable_ip_masquerade", Boolean.toString(options.masquerade()));
        shown.put(PREFIX + "host_binding_ipv4", options.bindAddress());
        shown.put(PREFIX + "name", device == null ? BridgeSetup.DEFAULT_NAME + "0" : device);
        shown.put(MTU, Integer.toString(known));
        return shown;
    }
}
