package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.session.Stream;
import dev.carafe.cli.terminal.Output;
import java.io.IOException;
import java.io.OutputStream;

/// `push`.
final class PushCommand extends Command {
    PushCommand() {
        super("push", "[OPTIONS] NAME[:TAG]", "Upload an image to a registry", 1, 1);
    }

    @Override
    String aliases() {
        return "carafe image push, carafe push";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool('a', "all-tags", "Push all tags of the repository"),
            Flag.bool("disable-content-trust", "Images are not signed this way")
                    .withDefault("true")
                    .asHidden(),
            Flag.string("platform", "Push only the image of this platform (os[/arch[/variant]])"),
            Flag.bool('q', "quiet", "Do not show progress"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.IMAGES;
    }

    /// Pushes one name, with progress.
    static void push(Session session, String name, Output out) throws IOException {
        push(session, name, Images.tag(name), "", out, false);
    }

    /// @param tag empty for all
    /// @param platform empty = whatever the name leads to
    private static void push(
            Session session, String name, String tag, String platform, Output out, boolean quiet)
            throws IOException {
        String target =
                Query.of("/images/" + Query.segment(Images.repository(name)) + "/push")
                        .withIfAny("tag", tag)
                        .withIfAny("platform", platform.isEmpty() ? "" : Platforms.json(platform))
                        .toString();
        String credentials = Credentials.header(session, name);
        try (Stream stream = session.api().stream("POST", target, credentials, null)) {
            new ProgressView(out, quiet).show(stream);
        }
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        String name = flags.argument(0);
        ImageName.check(name);
        boolean all = flags.bool("all-tags");
        boolean named = Images.tagAt(name) >= 0;
        if (name.indexOf('@') >= 0) {
            throw new Failure("cannot push a digest reference");
        }
        if (all && named) {
            throw new Failure("tag can't be used with --all-tags/-a");
        }
        boolean quiet = flags.bool("quiet");
        if (!all && !named && !quiet) {
            session.out().line("Using default tag: latest");
        }
        Output out = quiet ? new Output(OutputStream.nullOutputStream(), false) : session.out();
        String tag = all ? "" : Images.tag(name);
        push(session, name, tag, flags.text("platform"), out, quiet);
        if (quiet) {
            session.out().line(all ? name : Images.familiar(name));
        }
        return 0;
    }
}
