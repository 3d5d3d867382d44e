package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.terminal.Signals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The prunes of the API, and how their reports are shown.
enum Prunes {
    CONTAINERS("/containers/prune", "Containers"),
    IMAGES("/images/prune", "Images"),
    NETWORKS("/networks/prune", "Networks"),
    VOLUMES("/volumes/prune", "Volumes"),
    BUILD_CACHE("/build/prune", "build cache objects");

    private static final int INTERRUPTED = 130;

    private final String path;
    private final String shown;

    Prunes(String path, String shown) {
        this.path = path;
        this.shown = shown;
    }

    /// @param all of images: also named ones; of volumes: also named ones; of the build cache: all
    /// @return how many bytes the daemon says are free now
    long run(Session session, boolean all, List<String> given) {
        return run(session, all, given, 0);
    }

    /// @param keepBytes of the build cache; 0 for nothing
    long run(Session session, boolean all, List<String> given, long keepBytes) {
        List<String> filters = new ArrayList<>(given);
        if (this == IMAGES) {
            filters.add("dangling=" + !all);
        } else if (this == VOLUMES && all) {
            filters.add("all=true");
        }
        Query query =
                Query.of(path)
                        .withIf(this == BUILD_CACHE && all, "all")
                        .withIfAny("keep-storage", keepBytes == 0 ? "" : Long.toString(keepBytes))
                        .withIfAny("filters", Filters.json(filters));
        JsonObject report = session.api().post(query.toString());
        List<String> lines = lines(report);
        if (!lines.isEmpty()) {
            session.out().line("Deleted " + shown + ":").line(String.join("\n", lines)).line("");
        }
        return report.number("SpaceReclaimed");
    }

    private List<String> lines(JsonObject report) {
        if (this != IMAGES) {
            return report.texts(this == BUILD_CACHE ? "CachesDeleted" : shown + "Deleted");
        }
        List<String> lines = new ArrayList<>();
        for (JsonObject item : report.objects("ImagesDeleted")) {
            String untagged = item.text("Untagged");
            lines.add(
                    untagged.isEmpty()
                            ? "deleted: " + item.text("Deleted")
                            : "untagged: " + untagged);
        }
        return lines;
    }

    /// The filters that were given and those of the configuration's `pruneFilters`, of which one
    /// gives way to its opposite among the given.
    static List<String> filters(Session session, Parsed flags) {
        List<String> all = new ArrayList<>(flags.all("filter"));
        for (String own : session.config().content().texts("pruneFilters")) {
            int equals = own.indexOf('=');
            String opposite =
                    own.startsWith("label=")
                            ? "label!" + own.substring(equals)
                            : own.startsWith("label!=") ? "label" + own.substring(equals) : "";
            if (equals > 0 && !all.contains(own) && !all.contains(opposite)) {
                all.add(own);
            }
        }
        return all;
    }

    /// Asks on standard output; anything but `y` is no.
    static boolean confirmed(Session session, String question) throws IOException {
        session.out().line(question).print("Are you sure you want to continue? [y/N] ").flush();
        Signals.handle(
                signal -> {
                    // The next prompt does not begin in the middle of the line
                    session.out().print("\n").flush();
                    Runtime.getRuntime().halt(INTERRUPTED);
                },
                "INT");
        StringBuilder answer = new StringBuilder();
        for (int c = session.in().read(); c >= 0 && c != '\n'; c = session.in().read()) {
            answer.append((char) c);
        }
        return answer.toString().trim().equalsIgnoreCase("y");
    }
}
