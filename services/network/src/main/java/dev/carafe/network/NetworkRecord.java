package dev.carafe.network;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network as stored. A bridge network gets its device and subnet at its first use.
///
/// @param created ISO instant
/// @param bridge device name, or null: not yet chosen
/// @param subnet as `172.17.0.0/16`, or null: not yet chosen
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
        Map<String, String> labels) {
    static final int VERSION = 1;

    NetworkRecord {
        options = options == null ? Map.of() : Map.copyOf(options);
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }

    static NetworkRecord plain(String id, String name, String driver, String created) {
        return new NetworkRecord(
                VERSION, id, name, driver, created, false, false, null, false, null, null, null,
                Map.of(), Map.of());
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
                labels);
    }

    boolean isBridge() {
        return driver.equals("bridge");
    }

    boolean flag(String option, boolean orElse) {
        String value = options.get("com.docker.network.bridge." + option);
        return value == null ? orElse : value.equals("true") || value.equals("1");
    }

    List<Network.Ipam> ipam() {
        return subnet == null || gateway == null
                ? List.of()
                : List.of(new Network.Ipam(subnet, ipRange, gateway));
    }
}
