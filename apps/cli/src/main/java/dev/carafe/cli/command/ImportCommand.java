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

/// `import`.
final class ImportCommand extends Command {
    ImportCommand() {
        super(
                "import",
                "[OPTIONS] file|URL|- [REPOSITORY[:TAG]]",
                "Make an image of a filesystem in a tar archive",
                1,
                ANY);
    }

    @Override
    String aliases() {
        return "carafe image import, carafe import";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.of(
                    FlagType.LIST,
                    'c',
                    "change",
                    "Dockerfile instruction for the image ('CMD [\"sh\"]')"),
            Flag.string('m', "message", "Comment of the image"),
            Flag.string("platform", "Platform of the image (os[/arch[/variant]])"),
        };
    }

    @Override
    Completion completes(int position) {
        return position == 0 ? Completion.FILES : Completion.IMAGES;
    }

    @Override
    String[] examples() {
        return new String[] {
            "import -c 'CMD [\"sh\"]' rootfs.tar mine:1", "From a file, with a default command"
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        String source = flags.argument(0);
        boolean url = source.startsWith("http://") || source.startsWith("https://");
        Query query =
                Query.of("/images/create")
                        .with("fromSrc", url ? source : "-")
                        .withIfAny("message", flags.text("message"))
                        .withIfAny("platform", flags.text("platform"));
        if (flags.arguments().size() > 1) {
            query.with("repo", flags.argument(1));
        }
        for (String change : flags.all("change")) {
            query.with("changes", change);
        }
        if (url) {
            try (Stream stream = session.api().stream("POST", query.toString(), null)) {
                new ProgressView(session.out(), false).show(stream);
            }
            return 0;
        }
        if (source.equals("-")) {
            return send(session, query, session.in());
        }
        File file = new File(source);
        if (!file.exists()) {
            throw new Failure("open " + source + ": no such file or directory");
        }
        try (InputStream in = new FileInputStream(file)) {
            return send(session, query, in);
        }
    }

    private static int send(Session session, Query query, InputStream in) throws IOException {
        try (Stream stream =
                session.api().upload("POST", query.toString(), "application/x-tar", in)) {
            new ProgressView(session.out(), false).show(stream);
        }
        return 0;
    }
}
