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

/// `pull`.
final class PullCommand extends Command {
    PullCommand() {
        super("pull", "[OPTIONS] NAME[:TAG|@DIGEST]", "Download an image from a registry", 1, 1);
    }

    @Override
    String aliases() {
        return "carafe image pull, carafe pull";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool('a', "all-tags", "Download all tags of the repository"),
            Flag.bool("disable-content-trust", "Images are not signed this way")
                    .withDefault("true")
                    .asHidden(),
            Flag.string(
                    "platform", "Platform of the image (os[/arch[/variant]]) where it has several"),
            Flag.bool('q', "quiet", "Do not show progress"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.IMAGES;
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        String name = flags.argument(0);
        ImageName.check(name);
        boolean all = flags.bool("all-tags");
        boolean named = name.indexOf('@') >= 0 || Images.tagAt(name) >= 0;
        if (all && named) {
            throw new Failure("tag can't be used with --all-tags/-a");
        }
        if (!all && !named && !flags.bool("quiet")) {
            session.out().line("Using default tag: latest");
        }
        request(
                session,
                name,
                all ? "" : Images.tag(name),
                Platforms.orDefault(flags.text("platform")),
                flags.bool("quiet"),
                session.out());
        session.out().line(all ? name : Images.familiar(name));
        return 0;
    }

    /// Pulls one image for another command.
    static void pull(Session session, String image, String platform, boolean quiet, Output out)
            throws IOException {
        request(session, image, Images.tag(image), platform, quiet, out);
    }

    private static void request(
            Session session, String image, String tag, String platform, boolean quiet, Output out)
            throws IOException {
        Query query =
                Query.of("/images/create")
                        .with("fromImage", Images.repository(image))
                        .withIfAny("tag", tag)
                        .withIfAny("platform", platform);
        String credentials = Credentials.header(session, image);
        try (Stream stream = session.api().stream("POST", query.toString(), credentials, null)) {
            if (quiet) {
                new ProgressView(new Output(OutputStream.nullOutputStream(), false), true)
                        .show(stream);
            } else {
                new ProgressView(out, false).show(stream);
            }
        }
    }
}
