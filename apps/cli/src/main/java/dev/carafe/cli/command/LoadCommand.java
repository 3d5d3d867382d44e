package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.session.Stream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/// `load`.
final class LoadCommand extends Command {
    LoadCommand() {
        super("load", "[OPTIONS]", "Read images from a tar archive, also a compressed one", 0, 0);
    }

    @Override
    String aliases() {
        return "carafe image load, carafe load";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string('i', "input", "Read this file instead of standard input"),
            Flag.of(FlagType.STRINGS, "platform", "Load only this platform (os[/arch[/variant]])"),
            Flag.bool('q', "quiet", "Do not show progress"),
        };
    }

    @Override
    String[] examples() {
        return new String[] {
            "load -i box.tar.gz", "From a file", "load < box.tar", "From standard input"
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        String path = flags.text("input");
        if (path.isEmpty()) {
            if (session.inIsTerminal()) {
                throw new Failure("requested load from stdin, but stdin is empty");
            }
            return load(session, flags, session.in());
        }
        File file = new File(path);
        if (!file.exists()) {
            throw new Failure("open " + path + ": no such file or directory");
        }
        try (InputStream in = new FileInputStream(file)) {
            return load(session, flags, in);
        }
    }

    private static int load(Session session, Parsed flags, InputStream in) throws IOException {
        boolean quiet = flags.bool("quiet") || !session.out().isTerminal();
        Query query = Query.of("/images/load").with("quiet", quiet ? "1" : "0");
        for (String platform : flags.all("platform")) {
            query.with("platform", Platforms.json(platform));
        }
        try (Stream stream =
                session.api().upload("POST", query.toString(), "application/x-tar", in)) {
            new ProgressView(session.out(), quiet).show(stream);
        }
        return 0;
    }
}
