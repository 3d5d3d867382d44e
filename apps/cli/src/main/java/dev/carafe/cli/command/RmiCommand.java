package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.ApiFailure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `rmi`, `image rm`.
final class RmiCommand extends Command {
    RmiCommand(String name) {
        super(name, "[OPTIONS] IMAGE [IMAGE...]", "Remove images", 1, ANY);
    }

    @Override
    String aliases() {
        return "carafe image rm, carafe image remove, carafe rmi";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool(
                    'f',
                    "force",
                    "Remove also what stopped containers use, and do not mind what is not there"),
            Flag.bool("no-prune", "Keep parents without a name"),
            Flag.of(
                    FlagType.STRINGS,
                    "platform",
                    "Remove only this platform (os[/arch[/variant]])"),
        };
    }

    @Override
    Completion completes(int position) {
        return Completion.IMAGES;
    }

    @Override
    int run(Session session, Parsed flags) {
        boolean force = flags.bool("force");
        return Each.run(
                session,
                flags.arguments(),
                "",
                name -> {
                    Query query =
                            Query.of("/images/" + Query.segment(name))
                                    .withIf(force, "force")
                                    .withIf(flags.bool("no-prune"), "noprune");
                    try {
                        return lines(session.api().delete(query.toString()));
                    } catch (ApiFailure e) {
                        if (!force || e.status() != 404) {
                            throw e;
                        }
                        session.err().line(e.text());
                        return "";
                    }
                });
    }

    private static String lines(@Nullable Object answer) {
        StringBuilder lines = new StringBuilder();
        if (answer instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof JsonObject o) {
                    boolean deleted = o.containsKey("Deleted");
                    lines.append(lines.isEmpty() ? "" : "\n")
                            .append(
                                    deleted
                                            ? "Deleted: " + o.text("Deleted")
                                            : "Untagged: " + o.text("Untagged"));
                }
            }
        }
        return lines.toString();
    }
}
