package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;

/// `commit`.
final class CommitCommand extends Command {
    CommitCommand() {
        super(
                "commit",
                "[OPTIONS] CONTAINER [REPOSITORY[:TAG]]",
                "Make an image of what a container changed",
                1,
                2);
    }

    @Override
    String aliases() {
        return "carafe container commit, carafe commit";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string('a', "author", "Who made it ('Ada <ada@example.com>')"),
            Flag.of(
                    FlagType.LIST,
                    'c',
                    "change",
                    "Dockerfile instruction for the image ('CMD [\"sh\"]')"),
            Flag.string('m', "message", "Comment of the image"),
            Flag.bool("no-pause", "Let the container run on meanwhile"),
            Flag.bool('p', "pause", "Pause the container meanwhile; --no-pause is the opposite")
                    .withDefault("true"),
        };
    }

    @Override
    Completion completes(int position) {
        return position == 0 ? Completion.CONTAINERS : Completion.IMAGES;
    }

    @Override
    String[] examples() {
        return new String[] {
            "commit -c 'CMD [\"nginx\"]' web mine:1", "Keep what was installed in web"
        };
    }

    @Override
    int run(Session session, Parsed flags) {
        Query query =
                Query.of("/commit")
                        .with("container", flags.argument(0))
                        .withIfAny("author", flags.text("author"))
                        .withIfAny("comment", flags.text("message"));
        if (flags.arguments().size() > 1) {
            query.with("repo", Images.repository(flags.argument(1)))
                    .with("tag", Images.tag(flags.argument(1)));
        }
        for (String change : flags.all("change")) {
            query.with("changes", change);
        }
        if (flags.bool("no-pause") || !flags.bool("pause")) {
            query.with("pause", "0");
        }
        session.out().line(session.api().post(query.toString()).text("Id"));
        return 0;
    }
}
