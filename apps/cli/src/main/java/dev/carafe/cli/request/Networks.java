package dev.carafe.cli.request;

import dev.carafe.cli.flags.NetworkValue;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import java.util.ArrayList;
import java.util.List;

/// `--network`, `--network-alias`, `--ip`, `--ip6`, `--link-local-ip`, `--mac-address`, `--link`.
final class Networks {
    private final List<NetworkValue> networks = new ArrayList<>();
    private final Parsed flags;

    Networks(Parsed flags) {
        this.flags = flags;
        for (String text : flags.all("network")) {
            networks.add(NetworkValue.parse(text));
        }
        for (String text : flags.all("net")) {
            networks.add(NetworkValue.parse(text));
        }
        check();
    }

    private void check() {
        boolean own = false;
        boolean shared = false;
        List<String> seen = new ArrayList<>();
        for (NetworkValue network : networks) {
            if (seen.contains(network.target())) {
                throw new Failure(
                        125, "network \"" + network.target() + "\" is specified multiple times");
            }
            seen.add(network.target());
            own |= isUserDefined(network.target());
            shared |= !isUserDefined(network.target());
        }
        if (own && shared) {
            throw new Failure(
                    125,
                    "conflicting options: cannot attach both user-defined and non-user-defined network-modes");
        }
        if (!own && !aliases().isEmpty()) {
            throw new Failure(
                    125, "network-scoped aliases are only supported for user-defined networks");
        }
    }

    private List<String> aliases() {
        List<String> all = new ArrayList<>(flags.all("network-alias"));
        all.addAll(flags.all("net-alias"));
        return all;
    }

    private static boolean isUserDefined(String network) {
        return switch (network) {
            case "default", "bridge", "host", "none" -> false;
            default -> !network.startsWith("container:");
        };
    }

    /// HostConfig.NetworkMode; empty = the daemon's default.
    String mode() {
        return networks.isEmpty() ? "" : networks.get(0).target();
    }

    /// Settings by network; empty when there is nothing to say but the mode.
    JsonObject endpoints() {
        JsonObject endpoints = new JsonObject();
        for (int i = 0; i < networks.size(); i++) {
            NetworkValue network = networks.get(i);
            endpoints.put(network.target(), endpoint(network, i == 0));
        }
        if (networks.isEmpty()) {
            JsonObject endpoint = endpoint(NetworkValue.named("default"), true);
            return endpoint.isEmpty() ? endpoints : endpoints.with("default", endpoint);
        }
        return networks.size() == 1 && endpoints.object(networks.get(0).target()).isEmpty()
                ? new JsonObject()
                : endpoints;
    }

    private JsonObject endpoint(NetworkValue network, boolean first) {
        JsonObject endpoint = new JsonObject();
        List<String> aliases = new ArrayList<>(network.aliases());
        List<String> linkLocal = new ArrayList<>(network.linkLocal());
        if (first) {
            aliases.addAll(aliases());
            linkLocal.addAll(flags.all("link-local-ip"));
            refuseBoth(network);
        }
        JsonObject ipam = new JsonObject();
        text(ipam, "IPv4Address", either(network.ipv4(), first ? flags.text("ip") : ""));
        text(ipam, "IPv6Address", either(network.ipv6(), first ? flags.text("ip6") : ""));
        if (!linkLocal.isEmpty()) {
            ipam.put("LinkLocalIPs", linkLocal);
        }
        if (!ipam.isEmpty()) {
            endpoint.put("IPAMConfig", ipam);
        }
        if (!aliases.isEmpty()) {
            endpoint.put("Aliases", aliases);
        }
        if (first && isUserDefined(network.target()) && flags.has("link")) {
            endpoint.put("Links", flags.all("link"));
        }
        text(endpoint, "MacAddress", either(network.mac(), first ? flags.text("mac-address") : ""));
        if (!network.driverOptions().isEmpty()) {
            JsonObject options = new JsonObject();
            options.putAll(network.driverOptions());
            endpoint.put("DriverOpts", options);
        }
        if (network.gatewayPriority() != 0) {
            endpoint.put("GwPriority", network.gatewayPriority());
        }
        return endpoint;
    }

    private void refuseBoth(NetworkValue network) {
        conflict(
                !network.aliases().isEmpty() && !aliases().isEmpty(),
                "--network-alias",
                "network aliases");
        conflict(!network.ipv4().isEmpty() && flags.has("ip"), "--ip", "per-network IPv4 address");
        conflict(
                !network.ipv6().isEmpty() && flags.has("ip6"), "--ip6", "per-network IPv6 address");
        conflict(
                !network.mac().isEmpty() && flags.has("mac-address"),
                "--mac-address",
                "per-network MAC address");
        conflict(
                !network.linkLocal().isEmpty() && flags.has("link-local-ip"),
                "--link-local-ip",
                "per-network link-local IP addresses");
    }

    private static void conflict(boolean both, String flag, String other) {
        if (both) {
            throw new Failure(
                    125, "conflicting options: cannot specify both " + flag + " and " + other);
        }
    }

    private static String either(String first, String second) {
        return first.isEmpty() ? second : first;
    }

    private static void text(JsonObject object, String name, String value) {
        if (!value.isEmpty()) {
            object.put(name, value);
        }
    }
}
