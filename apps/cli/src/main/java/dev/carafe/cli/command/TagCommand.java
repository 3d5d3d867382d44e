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
        if (target.isEmpty() || target.indexOf('@') >= 0) {
            throw new Failure(
                    "Error parsing reference: \""
                            + target
                            + "\" is not a valid repository/tag: "
                            + (target.isEmpty()
                                    ? "invalid reference format"
                                    : "refusing to create a tag with a digest reference"));
        }
        session.api()
                .post(
                        Query.of("/images/" + Query.segment(flags.argument(0)) + "/tag")
                                .with("repo", Images.repository(target))
                                .with("tag", Images.tag(target))
                                .toString());
        return 0;
    }
}
