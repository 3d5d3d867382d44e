package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.request.KeyValues;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;

/// `volume create`.
final class VolumeCreateCommand extends Command {
    /// Of volumes that belong to a swarm.
    private static final String[] CLUSTER = {
        "availability",
        "group",
        "limit-bytes",
        "required-bytes",
        "scope",
        "secret",
        "sharing",
        "topology-preferred",
        "topology-required",
        "type"
    };

    VolumeCreateCommand() {
        super("create", "[OPTIONS] [VOLUME]", "Make a volume", 0, 1);
    }

    @Override
    String aliases() {
        return "carafe volume create";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string("availability", "Of a cluster volume (active, pause, drain)")
                    .withDefault("active"),
            Flag.string('d', "driver", "What keeps the volume").withDefault("local"),
            Flag.string("group", "Group of a cluster volume"),
            Flag.of(FlagType.LABEL, "label", "A label, NAME=VALUE"),
            Flag.of(FlagType.BYTES, "limit-bytes", "Most bytes of a cluster volume")
                    .withDefault("0"),
            Flag.of(
                    FlagType.MAP,
                    'o',
                    "opt",
                    "Options of the driver, such as type=tmpfs, device=tmpfs, o=size=64m"),
            Flag.of(FlagType.BYTES, "required-bytes", "Fewest bytes of a cluster volume")
                    .withDefault("0"),
            Flag.string("scope", "Nodes of a cluster volume (single, multi)").withDefault("single"),
            Flag.of(FlagType.MAP, "secret", "Secrets of a cluster volume"),
            Flag.string("sharing", "Users of a cluster volume (none, readonly, onewriter, all)")
                    .withDefault("none"),
            Flag.of(FlagType.LIST, "topology-preferred", "Where a cluster volume should be"),
            Flag.of(FlagType.LIST, "topology-required", "Where a cluster volume must be"),
            Flag.string("type", "Kind of a cluster volume (mount, block)").withDefault("block"),
        };
    }

    @Override
    String[] examples() {
        return new String[] {
            "volume create data", "Keep data of containers",
            "volume create -o type=none -o o=bind -o device=/srv/data data", "Keep it in /srv/data"
        };
    }

    @Override
    int run(Session session, Parsed flags) {
        for (String flag : CLUSTER) {
            if (flags.has(flag)) {
                throw new Failure("--" + flag + " is for swarm volumes, which are not supported");
            }
        }
        JsonObject request =
                new JsonObject()
                        .with("Name", flags.arguments().isEmpty() ? "" : flags.argument(0))
                        .with("Driver", flags.text("driver"))
                        .with("DriverOpts", KeyValues.pairs(flags.all("opt")))
                        .with("Labels", KeyValues.pairs(flags.all("label")));
        session.out().line(session.api().post("/volumes/create", request).text("Name"));
        return 0;
    }
}
