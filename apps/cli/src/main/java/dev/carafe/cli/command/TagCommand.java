package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;

/// `tag`.
final class TagCommand extends Command {
    TagCommand() {
        super("tag", "SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]", "Give an image a further name", 2, 2);
    }

    @Override
    String aliases() {
        return "carafe image tag, carafe tag";
    }

    @Override
    Completion completes(int position) {
        return Completion.IMAGES;
    }

    @Override
    int run(Session session, Parsed flags) {
        String target = flags.argument(1);
        if (target.indexOf('@') >= 0) {
            throw refused(target, "refusing to create a tag with a digest reference");
        }
        try {
            ImageName.check(target);
        } catch (Failure e) {
            throw refused(target, e.text());
        }
        session.api()
                .post(
                        Query.of("/images/" + Query.segment(flags.argument(0)) + "/tag")
                                .with("repo", Images.repository(target))
                                .with("tag", Images.tag(target))
                                .toString());
        return 0;
    }

    private static Failure refused(String target, String why) {
        return new Failure(
                "Error parsing reference: \""
                        + target
                        + "\" is not a valid repository/tag: "
                        + why);
    }
}
