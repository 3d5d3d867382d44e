package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Session;
import java.util.List;

/// `system df`.
final class SystemDfCommand extends Command {
    private static final String[] HEADS = {
        "Type",
        "TYPE",
        "TotalCount",
        "TOTAL",
        "Active",
        "ACTIVE",
        "Size",
        "SIZE",
        "Reclaimable",
        "RECLAIMABLE"
    };
    private static final String[] TABLE = {"Type", "TotalCount", "Active", "Size", "Reclaimable"};
    private static final String[] RAW = {
        "type",
        "Type",
        "total",
        "TotalCount",
        "active",
        "Active",
        "size",
        "Size",
        "reclaimable",
        "Reclaimable"
    };

    SystemDfCommand() {
        super("df", "[OPTIONS]", "Show what takes how much disk", 0, 0);
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string("format", Listing.FORMAT_HELP),
            Flag.bool('v', "verbose", "Show each image, container and volume"),
        };
    }

    @Override
    int run(Session session, Parsed flags) {
        JsonObject df = session.api().getObject("/system/df");
        if (flags.bool("verbose")) {
            new DiskDetails(session, df, flags.text("format")).print();
            return 0;
        }
        List<Row> rows =
                List.of(
                        DiskUse.images(df).row(),
                        DiskUse.containers(df).row(),
                        DiskUse.volumes(df).row(),
                        DiskUse.buildCache(df).row());
        new Listing(session, flags.text("format"), TABLE, HEADS).withRaw(RAW).print(rows);
        return 0;
    }
}
