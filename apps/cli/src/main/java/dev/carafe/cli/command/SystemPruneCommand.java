package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.text.Human;
import java.io.IOException;
import java.util.List;

/// `system prune`: everything that nothing uses.
final class SystemPruneCommand extends Command {
    SystemPruneCommand() {
        super("prune", "[OPTIONS]", "Remove what nothing uses", 0, 0);
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.bool('a', "all", "Remove all images without a container, not only nameless ones"),
            Flag.of(FlagType.FILTER, "filter", "Remove only what matches, such as 'label=a=b'"),
            Flag.bool('f', "force", "Do not ask"),
            Flag.bool("volumes", "Remove anonymous volumes too"),
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        List<String> filters = Prunes.filters(session, flags);
        boolean volumes = flags.bool("volumes");
        if (volumes && filters.stream().anyMatch(f -> f.startsWith("until="))) {
            throw new Failure("ERROR: The \"until\" filter is not supported with \"--volumes\"");
        }
        boolean all = flags.bool("all");
        if (!flags.bool("force") && !Prunes.confirmed(session, question(all, volumes, filters))) {
            return 0;
        }
        long bytes = Prunes.CONTAINERS.run(session, all, filters);
        bytes += Prunes.NETWORKS.run(session, all, filters);
        bytes += volumes ? Prunes.VOLUMES.run(session, false, filters) : 0;
        bytes += Prunes.IMAGES.run(session, all, filters);
        bytes += Prunes.BUILD_CACHE.run(session, all, filters);
        session.out().line("Total reclaimed space: " + Human.size4(bytes));
        return 0;
    }

    private static String question(boolean all, boolean volumes, List<String> filters) {
        StringBuilder s = new StringBuilder("WARNING! This will remove:\n");
        s.append("  - all stopped containers\n");
        s.append("  - all networks not used by at least one container\n");
        if (volumes) {
            s.append("  - all anonymous volumes not used by at least one container\n");
        }
        s.append(
                all
                        ? "  - all images without at least one container associated to them\n"
                                + "  - all build cache\n"
                        : "  - all dangling images\n  - unused build cache\n");
        if (!filters.isEmpty()) {
            s.append("\n  Items to be pruned will be filtered with:\n");
            filters.stream().sorted().forEach(f -> s.append("  - ").append(f).append('\n'));
        }
        return s.toString();
    }
}
