package dev.carafe.network;

import io.avaje.jsonb.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network as stored. A bridge network gets its device and subnet at its first use.
///
/// @param created ISO instant
/// @param bridge device name, or null: not yet chosen
/// @param subnet as `172.17.0.0/16`, or null: not yet chosen
/// @param aux addresses of the subnet that are somebody else's, by name
/// @param chosenByUser the subnet was asked for, so that its addresses may be asked for as well
/// @param range6 of IPv6, null without
/// @param foreignBridge the device is the administrator's: it is used and never removed
@Json
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
        @Nullable AddressRange range6) {
    static final int VERSION = 2;

    NetworkRecord {
        // version 1 did not write down who chose the subnet
        chosenByUser |= version < 2 && !Network.predefined(name);
        version = VERSION;
        options = options == null ? Map.of() : Map.copyOf(options);
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        aux = aux == null ? Map.of() : Map.copyOf(aux);
    }

    static NetworkRecord plain(String id, String name, String driver, String created) {
        return new NetworkRecord(
                VERSION, id, name, driver, created, false, false, null, false, null, null, null,
                Map.of(), Map.of(), Map.of(), false, false, null);
    }

    NetworkRecord on(@Nullable String device, boolean foreign, String subnet, String gateway) {
        return new NetworkRecord(
                version,
                id,
                name,
                driver,
                created,
                internal,
                attachable,
                device,
                foreign,
                subnet,
                ipRange,
                gateway,
                options,
                labels,
                aux,
                chosenByUser,
                ipv6,
                range6);
    }

    boolean isBridge() {
        return driver.equals("bridge");
    }

    boolean flag(String option, boolean orElse) {
        String value = option(option, "");
        return value.isEmpty() ? orElse : value.equals("true") || value.equals("1");
    }

    /// One of the bridge driver's options, without its prefix.
    String option(String option, String orElse) {
        return options.getOrDefault("com.docker.network.bridge." + option, orElse);
    }

    List<Network.Ipam> ipam() {
        List<Network.Ipam> all = new ArrayList<>();
        if (subnet != null && gateway != null) {
            all.add(new Network.Ipam(subnet, ipRange, gateway, aux));
        }
        if (range6 != null) {
            all.add(range6.shown());
        }
        return all;
    }
}
