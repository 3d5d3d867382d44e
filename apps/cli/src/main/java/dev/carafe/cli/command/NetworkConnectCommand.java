package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.request.KeyValues;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;

/// `network connect`.
final class NetworkConnectCommand extends Command {
    NetworkConnectCommand() {
        super("connect", "[OPTIONS] NETWORK CONTAINER", "Put a container on a network", 2, 2);
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.of(FlagType.STRINGS, "alias", "A further name of the container on the network"),
            Flag.of(FlagType.STRINGS, "driver-opt", "Options of the driver, NAME=VALUE"),
            Flag.of(FlagType.INT, "gw-priority", "The network with the highest leads out")
                    .withDefault("0"),
            Flag.of(FlagType.IP, "ip", "IPv4 address, such as 172.30.100.104"),
            Flag.of(FlagType.IP, "ip6", "IPv6 address, such as 2001:db8::33"),
            Flag.of(FlagType.LINK, "link", "A name of its own for another container, NAME:ALIAS"),
            Flag.of(FlagType.IPS, "link-local-ip", "A link-local address"),
        };
    }

    @Override
    Completion completes(int position) {
        return position == 0 ? Completion.NETWORKS : Completion.CONTAINERS;
    }

    @Override
    int run(Session session, Parsed flags) {
        JsonObject ipam = new JsonObject();
        put(ipam, "IPv4Address", flags.text("ip"));
        put(ipam, "IPv6Address", flags.text("ip6"));
        if (flags.has("link-local-ip")) {
            ipam.put("LinkLocalIPs", flags.all("link-local-ip"));
        }
        JsonObject endpoint = new JsonObject();
        if (!ipam.isEmpty()) {
            endpoint.put("IPAMConfig", ipam);
        }
        endpoint.with("Links", flags.all("link"))
                .with("Aliases", flags.all("alias"))
                .with("DriverOpts", KeyValues.pairs(flags.all("driver-opt")));
        if (flags.has("gw-priority")) {
            endpoint.put("GwPriority", Integer.parseInt(flags.text("gw-priority")));
        }
        session.api()
                .post(
                        Query.of("/networks/" + Query.segment(flags.argument(0)) + "/connect")
                                .toString(),
                        new JsonObject()
                                .with("Container", flags.argument(1))
                                .with("EndpointConfig", endpoint));
        return 0;
    }

    private static void put(JsonObject object, String name, String value) {
        if (!value.isEmpty()) {
            object.put(name, value);
        }
    }
}
