package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;

/// `system fsck`: whether images, layers and documents fit together. Ends with 1 when something
/// stays wrong.
final class SystemFsckCommand extends Command {
    SystemFsckCommand() {
        super("fsck", "[OPTIONS]", "Check the images and layers on disk", 0, 0);
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool("deep", "Read every file and compare it with its digest"),
            Flag.bool("repair", "Mend what can be mended; a broken image goes"),
        };
    }

    @Override
    int run(Session session, Parsed flags) {
        Query query =
                Query.of("/carafe/fsck")
                        .withIf(flags.bool("deep"), "deep")
                        .withIf(flags.bool("repair"), "repair");
        JsonObject report = session.api().post(query.toString());
        for (JsonObject fault : report.objects("Faults")) {
            String end = fault.bool("Repaired") ? " (repaired)" : "";
            session.out().line(fault.text("Subject") + ": " + fault.text("Text") + end);
        }
        boolean clean = report.bool("Clean");
        session.out()
                .line(
                        (clean ? "Clean: " : "Not clean: ")
                                + report.number("Images")
                                + " images, "
                                + report.number("Layers")
                                + " layers, "
                                + report.number("Blobs")
                                + " documents");
        if (!clean && !flags.bool("repair")) {
            session.err().line("Run 'carafe system fsck --repair' to mend what can be mended");
        }
        return clean ? 0 : 1;
    }
}
