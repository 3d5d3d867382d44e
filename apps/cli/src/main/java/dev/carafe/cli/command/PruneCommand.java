package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.flags.Values;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.text.Human;
import java.io.IOException;

/// `container prune`, `image prune`, `network prune` and `volume prune`.
final class PruneCommand extends Command {
    private final Prunes kind;

    PruneCommand(Prunes kind) {
        super("prune", "[OPTIONS]", summary(kind), 0, 0);
        this.kind = kind;
    }

    private static String summary(Prunes kind) {
        return switch (kind) {
            case CONTAINERS -> "Remove all stopped containers";
            case IMAGES -> "Remove images that nothing uses";
            case NETWORKS -> "Remove networks that nothing uses";
            case VOLUMES -> "Remove volumes that nothing uses";
            case BUILD_CACHE -> "Remove build cache";
        };
    }

    @Override
    Flag[] flags() {
        Flag filter =
                Flag.of(FlagType.FILTER, "filter", "Remove only what matches, such as 'until=24h'");
        Flag force = Flag.bool('f', "force", "Do not ask");
        return switch (kind) {
            case CONTAINERS, NETWORKS -> new Flag[] {filter, force};
            case IMAGES ->
                    new Flag[] {
                        Flag.bool(
                                'a',
                                "all",
                                "Remove all images without a container, not only nameless ones"),
                        filter,
                        force
                    };
            case VOLUMES ->
                    new Flag[] {
                        Flag.bool('a', "all", "Remove all unused volumes, also those with a name"),
                        Flag.of(
                                FlagType.FILTER,
                                "filter",
                                "Remove only what matches, such as 'label=a=b'"),
                        force
                    };
            case BUILD_CACHE ->
                    new Flag[] {
                        Flag.bool('a', "all", "Remove all of it"),
                        filter,
                        force,
                        Flag.of(FlagType.BYTES, "keep-storage", "Keep this much of it"),
                    };
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        boolean all = flags.bool("all");
        if (!flags.bool("force") && !Prunes.confirmed(session, question(all))) {
            return 0;
        }
        long bytes = kind.run(session, all, Prunes.filters(session, flags), kept(flags));
        if (kind != Prunes.NETWORKS) {
            session.out().line("Total reclaimed space: " + Human.size4(bytes));
        }
        return 0;
    }

    private long kept(Parsed flags) {
        String kept = kind == Prunes.BUILD_CACHE ? flags.text("keep-storage") : "";
        return kept.isEmpty() ? 0 : Values.bytes(kept);
    }

    private String question(boolean all) {
        return switch (kind) {
            case CONTAINERS -> "WARNING! This will remove all stopped containers.";
            case IMAGES ->
                    all
                            ? "WARNING! This will remove all images without at least one container associated to them."
                            : "WARNING! This will remove all dangling images.";
            case NETWORKS ->
                    "WARNING! This will remove all custom networks not used by at least one container.";
            case VOLUMES ->
                    all
                            ? "WARNING! This will remove all local volumes not used by at least one container."
                            : "WARNING! This will remove anonymous local volumes not used by at least one container.";
            case BUILD_CACHE ->
                    all
                            ? "WARNING! This will remove all build cache."
                            : "WARNING! This will remove all dangling build cache.";
        };
    }
}
