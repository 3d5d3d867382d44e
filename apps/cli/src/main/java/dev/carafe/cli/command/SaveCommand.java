package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import java.io.IOException;
import java.util.List;

/// `save`.
final class SaveCommand extends Command {
    SaveCommand() {
        super("save", "[OPTIONS] IMAGE [IMAGE...]", "Write images as a tar archive", 1, ANY);
    }

    @Override
    String aliases() {
        return "carafe image save, carafe save";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string('o', "output", "Write to this file instead of standard output"),
            Flag.of(FlagType.STRINGS, "platform", "Save only this platform (os[/arch[/variant]])"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.IMAGES;
    }

    @Override
    String[] examples() {
        return new String[] {
            "save -o box.tar busybox",
            "To a file",
            "save busybox | ssh other carafe load",
            "To another machine"
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        List<String> names = flags.arguments();
        Query query =
                Query.of(
                        names.size() == 1
                                ? "/images/" + Query.segment(names.get(0)) + "/get"
                                : "/images/get");
        if (names.size() > 1) {
            for (String name : names) {
                query.with("names", name);
            }
        }
        for (String platform : flags.all("platform")) {
            query.with("platform", Platforms.json(platform));
        }
        Download.run(session, query.toString(), flags.text("output"), "failed to save image");
        return 0;
    }
}
