package dev.carafe.network;

import dev.carafe.base.Ids;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.PermissionDenied;
import dev.carafe.base.Subject;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns a request for a network into its record: checks what was asked for and chooses the rest.
/// The sentences are docker's.
///
/// @param taken subnets of the other networks
/// @param hostSubnets what the host routes elsewhere
record NetworkDefinition(List<AddressPool> pools, List<Subnet> taken, List<Subnet> hostSubnets) {
    /// Options that are on or off.
    private static final List<String> SWITCHES =
            List.of(
                    "com.docker.network.bridge.enable_icc",
                    "com.docker.network.bridge.enable_ip_masquerade",
                    "com.docker.network.bridge.inhibit_ipv4",
                    "com.docker.network.bridge.default_bridge");

    /// What Go's strconv.ParseBool takes.
    static final Set<String> TRUTHS =
            Set.of("1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False");

    private static final String MTU = "com.docker.network.driver.mtu";
    private static final int LARGEST_MTU = 65535;
    private static final int SMALLEST_MTU = 68;

    NetworkRecord of(CreateNetwork wanted) {
        checkDriver(wanted);
        checkOptions(wanted);
        boolean six = wanted.hasIpv6();
        boolean four = wanted.hasIpv4();
        if (!four && !six && !SubDevices.serves(wanted.driver())) {
            throw new InvalidArgument("IPv4 or IPv6 must be enabled");
        }
        List<AddressRange> all4 = four ? ranges(IpFamily.V4, wanted) : List.of();
        List<AddressRange> all6 = six ? ranges(IpFamily.V6, wanted) : List.of();
        AddressRange v4 = all4.isEmpty() ? null : all4.getFirst();
        AddressRange v6 = all6.isEmpty() ? null : all6.getFirst();
        return new NetworkRecord(
                NetworkRecord.VERSION,
                Ids.random(),
                wanted.name(),
                SubDevices.serves(wanted.driver()) ? wanted.driver() : "bridge",
                Instant.now().toString(),
                wanted.internal(),
                wanted.attachable(),
                null,
                false,
                v4 == null ? null : v4.subnet(),
                v4 == null ? null : v4.ipRange(),
                v4 == null ? null : v4.gateway(),
                wanted.options(),
                wanted.labels(),
                v4 == null ? Map.of() : v4.aux(),
                wanted.ipam().stream().anyMatch(i -> !i.subnet().isEmpty()),
                six,
                v6,
                !four,
                wanted.configuration(),
                List.of(),
                gatewayless(wanted),
                Stream.of(all4, all6).flatMap(all -> all.stream().skip(1)).toList());
    }

    private static List<IpFamily> gatewayless(CreateNetwork wanted) {
        return Arrays.stream(IpFamily.values())
                .filter(f -> needsNoGateway(wanted, f))
                .filter(f ->
                        wanted.ipam().stream()
                                .filter(i -> i.subnet().contains(":") == (f == IpFamily.V6))
                                .allMatch(i -> i.gateway().isEmpty()))
                .toList();
    }

    private static boolean needsNoGateway(CreateNetwork wanted, IpFamily family) {
        if (SubDevices.serves(wanted.driver())) {
            return SubDevices.leadsNowhere(wanted);
        }
        String mode =
                "com.docker.network.bridge.gateway_mode_" + family.text.toLowerCase(Locale.ROOT);
        String inhibit =
                wanted.options().getOrDefault("com.docker.network.bridge.inhibit_ipv4", "");
        return GatewayMode.parse(wanted.options().getOrDefault(mode, "")) == GatewayMode.ISOLATED
                || family == IpFamily.V4 && wanted.internal() && inhibit.matches("1|[tT].*");
    }

    /// Settings for other networks: what is asked for is kept as it is, and tried when one is made.
    static NetworkRecord settings(CreateNetwork wanted) {
        wanted.configuration().refuseOperators(wanted.internal() || wanted.attachable());
        if (wanted.configuration().isOther()) {
            throw new PermissionDenied(
                    "a configuration network cannot depend on another configuration network");
        }
        List<String> errors = new ArrayList<>();
        wanted.ipam().forEach(asked -> RangeChecks.check(asked, errors));
        refuse(errors);
        return NetworkRecord.settings(wanted);
    }

    /// Another's settings leave no room for own ones.
    static void checkBare(CreateNetwork wanted) {
        if (!wanted.hasIpv4()
                || wanted.hasIpv6()
                || !wanted.labels().isEmpty()
                || !wanted.ipam().isEmpty()) {
            throw new PermissionDenied(
                    "user specified configurations are not supported if the network depends on a"
                            + " configuration network");
        }
        if (!wanted.options().isEmpty()) {
            throw new PermissionDenied(
                    "network driver options are not supported if the network depends on a"
                            + " configuration network");
        }
    }

    private static void refuse(List<String> errors) {
        if (!errors.isEmpty()) {
            throw new InvalidArgument("invalid network config:\n" + String.join("\n", errors));
        }
    }

    /// Of what was asked for in one family; ranges of a family that is switched off do not count.
    private List<AddressRange> ranges(IpFamily family, CreateNetwork wanted) {
        List<Network.Ipam> asked =
                wanted.ipam().stream()
                        .filter(i -> i.subnet().contains(":") == (family == IpFamily.V6))
                        .toList();
        if (asked.size() > 1 && !SubDevices.serves(wanted.driver())) {
            throw new PermissionDenied("bridge driver doesn't support multiple subnets");
        }
        if (asked.isEmpty()) {
            return List.of(range(family, new Network.Ipam("", null, "", Map.of()), List.of()));
        }
        List<AddressRange> all = new ArrayList<>();
        for (Network.Ipam one : asked) {
            all.add(range(family, one, all));
        }
        return all;
    }

    /// @param before those of the same network
    private AddressRange range(IpFamily family, Network.Ipam one, List<AddressRange> before) {
        List<Subnet> used = new ArrayList<>(taken);
        before.forEach(range -> used.add(Subnet.parse(range.subnet())));
        Subnet subnet = subnet(family, one, used);
        return new AddressRange(
                subnet.toString(),
                one.ipRange(),
                one.gateway().isEmpty() ? first(one, subnet) : one.gateway(),
                one.aux());
    }

    private static void checkDriver(CreateNetwork wanted) {
        switch (wanted.driver()) {
            case "", "bridge", "default" -> {}
            case "macvlan", "ipvlan" -> SubDevices.check(wanted.driver(), wanted.options());
            case "host", "null" ->
                    throw new PermissionDenied(
                            "only one instance of \"%s\" network is allowed"
                                    .formatted(wanted.driver()));
            default ->
                    throw new NotFound(
                            new Subject("plugin", wanted.driver()),
                            "plugin \"" + wanted.driver() + "\" not found");
        }
    }

    private static void checkOptions(CreateNetwork wanted) {
        Map<String, String> options = wanted.options();
        String mtu = options.get(MTU);
        if (mtu != null && !isBetween(mtu, SMALLEST_MTU, LARGEST_MTU)) {
            throw new InvalidArgument("invalid MTU: " + mtu);
        }
        SWITCHES.forEach(option -> checkSwitch(option, options.get(option)));
        String bridge = options.get("com.docker.network.bridge.name");
        if (bridge != null && !bridge.matches("[^/\\s]{1,15}")) {
            throw new InvalidArgument("invalid bridge name: " + bridge);
        }
        String host = options.get("com.docker.network.bridge.host_binding_ipv4");
        if (host != null) {
            Addresses.parse(host);
        }
        for (IpFamily family : IpFamily.values()) {
            checkMode(wanted, "gateway_mode_" + family.text.toLowerCase(Locale.ROOT));
        }
    }

    private static void checkSwitch(String option, @Nullable String value) {
        if (value != null && !value.isEmpty() && !TRUTHS.contains(value)) {
            throw new InvalidArgument(
                    "failed to parse %s value: %s (strconv.ParseBool: parsing \"%s\": invalid syntax)"
                            .formatted(option, value, value));
        }
    }

    private static void checkMode(CreateNetwork wanted, String option) {
        String mode = wanted.options().getOrDefault("com.docker.network.bridge." + option, "");
        if (GatewayMode.parse(mode) == GatewayMode.ISOLATED && !wanted.internal()) {
            throw new InvalidArgument(
                    "gateway mode 'isolated' can only be used for an internal network");
        }
    }

    private static boolean isBetween(String number, int least, int most) {
        return number.matches("\\d{1,6}")
                && Integer.parseInt(number) >= least
                && Integer.parseInt(number) <= most;
    }

    /// @param used by others
    private Subnet subnet(IpFamily family, Network.Ipam asked, List<Subnet> used) {
        if (asked.subnet().isEmpty()) {
            if (!asked.gateway().isEmpty() || asked.ipRange() != null) {
                throw new InvalidArgument(
                        "invalid network config:\ninvalid subnet : invalid CIDR block notation");
            }
            List<Subnet> all = new ArrayList<>(used);
            all.addAll(hostSubnets);
            return SubnetChooser.choose(family, pools, all);
        }
        List<String> errors = new ArrayList<>();
        Subnet subnet = RangeChecks.check(asked, errors);
        refuse(errors);
        if (subnet == null || used.stream().anyMatch(subnet::overlaps)) {
            throw new PermissionDenied(
                    "invalid pool request: Pool overlaps with other one on this address space");
        }
        return subnet;
    }

    /// The first address of the range, as docker has it.
    private static String first(Network.Ipam asked, Subnet subnet) {
        String range = asked.ipRange();
        Subnet from = range == null ? subnet : Subnet.parse(range);
        InetAddress address = from.address();
        while (address.equals(subnet.address()) && subnet.size().compareTo(BigInteger.TWO) > 0
                || asked.aux().containsValue(Addresses.format(address))) {
            address = Addresses.plus(address, BigInteger.ONE);
        }
        return Addresses.format(address);
    }
}
