package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.request.KeyValues;
import dev.carafe.cli.request.NetworkRanges;
import dev.carafe.cli.session.Session;

/// `network create`.
final class NetworkCreateCommand extends Command {
    NetworkCreateCommand() {
        super("create", "[OPTIONS] NETWORK", "Make a network", 1, 1);
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool("attachable", "Let containers join by hand (swarm)"),
            Flag.of(
                    FlagType.MAP,
                    "aux-address",
                    "Addresses of the subnet that others have, NAME=IP"),
            Flag.string("config-from", "Take the configuration of another network"),
            Flag.bool("config-only", "Make a configuration only"),
            Flag.string('d', "driver", "What makes the network work").withDefault("bridge"),
            Flag.of(FlagType.IPS, "gateway", "Address of the network's gateway"),
            Flag.bool("ingress", "Make the routing mesh of a swarm").asHidden(),
            Flag.bool("internal", "No way out and none in"),
            Flag.of(FlagType.IP_NETS, "ip-range", "Give containers addresses of this part only"),
            Flag.string("ipam-driver", "Who gives out addresses").withDefault("default"),
            Flag.of(FlagType.MAP, "ipam-opt", "Options of who gives out addresses, NAME=VALUE"),
            Flag.bool("ipv4", "Give containers IPv4 addresses").withDefault("true"),
            Flag.bool("ipv6", "Give containers IPv6 addresses"),
            Flag.of(FlagType.LABEL, "label", "A label, NAME=VALUE"),
            Flag.of(FlagType.MAP, 'o', "opt", "Options of the driver, NAME=VALUE"),
            Flag.string("scope", "How far it reaches"),
            Flag.of(FlagType.STRINGS, "subnet", "Its addresses, such as 10.1.0.0/16"),
        };
    }

    @Override
    int run(Session session, Parsed flags) {
        session.out().line(session.api().post("/networks/create", request(flags)).text("Id"));
        return 0;
    }

    private static JsonObject request(Parsed flags) {
        JsonObject ipam =
                new JsonObject()
                        .with("Driver", flags.text("ipam-driver"))
                        .with("Options", KeyValues.pairs(flags.all("ipam-opt")))
                        .with("Config", NetworkRanges.of(flags));
        JsonObject request =
                new JsonObject()
                        .with("Name", flags.argument(0))
                        .with("Driver", flags.text("driver"))
                        .with("Scope", flags.text("scope"))
                        .with("IPAM", ipam)
                        .with("Internal", flags.bool("internal"))
                        .with("Attachable", flags.bool("attachable"))
                        .with("Ingress", flags.bool("ingress"))
                        .with("ConfigOnly", flags.bool("config-only"))
                        .with("Options", KeyValues.pairs(flags.all("opt")))
                        .with("Labels", KeyValues.pairs(flags.all("label")));
        if (flags.has("ipv4")) {
            request.put("EnableIPv4", flags.bool("ipv4"));
        }
        if (flags.has("ipv6")) {
            request.put("EnableIPv6", flags.bool("ipv6"));
        }
        if (flags.has("config-from")) {
            request.put("ConfigFrom", new JsonObject().with("Network", flags.text("config-from")));
        }
        return request;
    }
}
