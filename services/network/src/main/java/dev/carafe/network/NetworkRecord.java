package dev.carafe.network;

import dev.carafe.base.Ids;
import io.avaje.jsonb.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network as stored. A bridge network gets its device and subnet at its first use.
///
/// @param created ISO instant
/// @param bridge device name, or null: not yet chosen
/// @param subnet as `172.17.0.0/16`, or null: not yet chosen
/// @param aux addresses of the subnet that are somebody else's, by name
/// @param chosenByUser the subnet was asked for, so that its addresses may be asked for as well
/// @param range6 of IPv6, null without, or not yet chosen
/// @param noIpv4 has IPv6 only, or no addresses at all
/// @param configuration settings for others, or made of such
/// @param asked the ranges of settings for others, else empty
/// @param gatewayless the kinds of addresses of which the first is no gateway's: nothing leads out,
///   and none was asked for
/// @param further ranges beside the first of their family; null in files of an earlier version
/// @param foreignBridge the device is the administrator's: it is used and never removed
@Json
@RecordBuilder
record NetworkRecord(
        int version,
        String id,
        String name,
        String driver,
        String created,
        boolean internal,
        boolean attachable,
        @Nullable String bridge,
        boolean foreignBridge,
        @Nullable String subnet,
        @Nullable String ipRange,
        @Nullable String gateway,
        Map<String, String> options,
        Map<String, String> labels,
        Map<String, String> aux,
        boolean chosenByUser,
        boolean ipv6,
        @Nullable AddressRange range6,
        boolean noIpv4,
        Configuration configuration,
        List<Network.Ipam> asked,
        List<IpFamily> gatewayless,
        @Nullable List<AddressRange> further)
        implements NetworkRecordBuilder.With {
    static final int VERSION = 2;

    NetworkRecord {
        // version 1 did not write down who chose the subnet
        chosenByUser |= version < 2 && !Network.predefined(name);
        version = VERSION;
        options = options == null ? Map.of() : Map.copyOf(options);
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        aux = aux == null ? Map.of() : Map.copyOf(aux);
        configuration = configuration == null ? Configuration.OWN : configuration;
        asked = asked == null ? List.of() : List.copyOf(asked);
        gatewayless = gatewayless == null ? List.of() : List.copyOf(gatewayless);
        further = further == null ? List.of() : List.copyOf(further);
    }

    static NetworkRecord plain(String id, String name, String driver, String created) {
        return new NetworkRecord(
                VERSION,
                id,
                name,
                driver,
                created,
                false,
                false,
                null,
                false,
                null,
                null,
                null,
                Map.of(),
                Map.of(),
                Map.of(),
                false,
                false,
                null,
                false,
                Configuration.OWN,
                List.of(),
                List.of(),
                List.of());
    }

    /// Settings for others: nothing is chosen yet.
    static NetworkRecord settings(CreateNetwork wanted) {
        return plain(Ids.random(), wanted.name(), "null", Instant.now().toString())
                .with()
                .options(wanted.options())
                .labels(wanted.labels())
                .chosenByUser(wanted.ipam().stream().anyMatch(i -> !i.subnet().isEmpty()))
                .ipv6(wanted.hasIpv6())
                .noIpv4(!wanted.hasIpv4())
                .configuration(wanted.configuration())
                .asked(wanted.ipam())
                .build();
    }

    NetworkRecord on(@Nullable String device, boolean foreign, List<Place> places) {
        String subnet4 = null;
        String gateway4 = null;
        AddressRange six = null;
        for (Place place : places) {
            String gatewayText = Addresses.format(place.gateway());
            if (furtherRanges().stream().anyMatch(place::isIn)) {
                continue;
            }
            if (place.family() == IpFamily.V4) {
                subnet4 = place.subnet().toString();
                gateway4 = gatewayText;
            } else {
                AddressRange old = range6;
                six =
                        new AddressRange(
                                place.subnet().toString(),
                                old == null ? null : old.ipRange(),
                                gatewayText,
                                old == null ? Map.of() : old.aux());
            }
        }
        return with().bridge(device)
                .foreignBridge(foreign)
                .subnet(subnet4)
                .gateway(gateway4)
                .range6(six)
                .build();
    }

    /// The kinds of addresses that it has; the daemon's settings decide for `bridge`.
    List<IpFamily> families(NetworkOptions options) {
        boolean six = name.equals("bridge") ? options.bridge().ipv6() : ipv6;
        if (noIpv4) {
            return six ? List.of(IpFamily.V6) : List.of();
        }
        return six ? List.of(IpFamily.V4, IpFamily.V6) : List.of(IpFamily.V4);
    }

    /// Its addresses of one family, or null: none, or not yet chosen.
    @Nullable AddressRange range(IpFamily family) {
        if (family == IpFamily.V6) {
            return range6;
        }
        return subnet == null || gateway == null
                ? null
                : new AddressRange(subnet, ipRange, gateway, aux);
    }

    /// Beside the first of their family.
    List<AddressRange> furtherRanges() {
        return further == null ? List.of() : further;
    }

    /// Its addresses of one family, those first that containers without a wish get.
    List<AddressRange> ranges(IpFamily family) {
        List<AddressRange> all = new ArrayList<>();
        AddressRange first = range(family);
        if (first != null) {
            all.add(first);
        }
        furtherRanges().stream().filter(r -> r.family() == family).forEach(all::add);
        return all;
    }

    GatewayMode mode(IpFamily family) {
        return GatewayMode.parse(
                option(GatewayMode.OPTION + family.text.toLowerCase(Locale.ROOT), ""));
    }

    /// Of no use but to make others of it.
    boolean isSettings() {
        return configuration.only();
    }

    /// Not `host` or `none`, and no mere settings.
    boolean isAddressed() {
        return isBridge() || SubDevices.serves(driver);
    }

    boolean isBridge() {
        return driver.equals("bridge");
    }

    boolean flag(String option, boolean orElse) {
        String value = option(option, "");
        return value.isEmpty() ? orElse : value.equals("1") || value.matches("[tT]|[tT]rue|TRUE");
    }

    /// One of the bridge driver's options, without its prefix.
    String option(String option, String orElse) {
        return options.getOrDefault("com.docker.network.bridge." + option, orElse);
    }

    List<Network.Ipam> ipam() {
        List<Network.Ipam> all = new ArrayList<>(asked);
        for (IpFamily family : IpFamily.values()) {
            ranges(family).forEach(range -> all.add(range.shown()));
        }
        return all;
    }
}
