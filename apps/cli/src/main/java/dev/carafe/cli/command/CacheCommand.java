package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/// `builder cache`, also `build cache`: what `RUN --mount=type=cache` keeps, carried elsewhere.
final class CacheCommand extends Command {
    CacheCommand() {
        super(
                "cache",
                "[OPTIONS] ls | export ID | import ID",
                "List, export and import cache mounts",
                1,
                2);
    }

    /// Whether the words of a command line are meant for this command: `build` itself takes one
    /// argument only.
    static boolean isMeant(String first, String second, String third) {
        return first.equals("build") && second.equals("cache") && isVerb(third);
    }

    private static boolean isVerb(String word) {
        return word.equals("ls") || word.equals("export") || word.equals("import");
    }

    @Override
    String aliases() {
        return "carafe builder cache, carafe build cache";
    }

    @Override
    Flag[] flags() {
        return new Flag[] {
            Flag.string('i', "input", "Import from this file instead of standard input"),
            Flag.string('o', "output", "Export to this file instead of standard output"),
        };
    }

    @Override
    String[] examples() {
        return new String[] {
            "builder cache ls",
            "The ids of all cache mounts",
            "builder cache export -o m2.tar /root/.m2",
            "One of them as a tar",
            "builder cache import /root/.m2 < m2.tar",
            "The same on another machine"
        };
    }

    @Override
    int run(Session session, Parsed flags) throws IOException {
        String verb = flags.argument(0);
        boolean list = verb.equals("ls");
        if (!isVerb(verb) || flags.arguments().size() != (list ? 1 : 2)) {
            throw new Failure("use one of: cache ls, cache export ID, cache import ID");
        }
        if (list) {
            if (session.api().get("/build/mounts") instanceof Iterable<?> ids) {
                ids.forEach(id -> session.out().line(String.valueOf(id)));
            }
            return 0;
        }
        String id = flags.argument(1);
        if (verb.equals("export")) {
            Download.run(
                    session,
                    Query.of("/build/mounts/export").with("id", id).toString(),
                    flags.text("output"),
                    "a tar is nothing for a terminal: use the -o flag or redirect");
            return 0;
        }
        load(session, id, flags.text("input"));
        return 0;
    }

    private static void load(Session session, String id, String path) throws IOException {
        if (path.isEmpty() && session.inIsTerminal()) {
            throw new Failure("no tar comes from a terminal: use the -i flag or redirect");
        }
        if (!path.isEmpty() && !new File(path).exists()) {
            throw new Failure("open " + path + ": no such file or directory");
        }
        String target = Query.of("/build/mounts/import").with("id", id).toString();
        try (InputStream in = path.isEmpty() ? session.in() : new FileInputStream(path)) {
            session.api().upload("POST", target, "application/x-tar", in).close();
        }
    }
}
