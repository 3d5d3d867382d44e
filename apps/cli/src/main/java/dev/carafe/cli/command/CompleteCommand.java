package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Context;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Globals;
import dev.carafe.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `__complete`: the words that may stand where the last argument stands, one a line, a tab and a
/// description after each. The line `:files` lets the shell offer files.
final class CompleteCommand extends Command {
    CompleteCommand() {
        super("__complete", "WORD...", "Offer words for completion", 0, ANY);
    }

    @Override
    boolean interspersed() {
        return false;
    }

    @Override
    int run(Session session, Parsed flags) {
        List<String> words = flags.arguments();
        String current = words.isEmpty() ? "" : words.get(words.size() - 1);
        List<String> before = words.isEmpty() ? words : words.subList(0, words.size() - 1);
        List<String> offers = new ArrayList<>();
        Session quiet =
                new Session(
                        session.globals().withoutStart(),
                        session.in(),
                        false,
                        session.out(),
                        session.err());
        offer(quiet, before, current, offers);
        for (String offer : offers) {
            if (offer.startsWith(current) || offer.equals(":files")) {
                session.out().line(offer);
            }
        }
        return 0;
    }

    private static void offer(
            Session session, List<String> before, String current, List<String> offers) {
        int at = skipFlags(Globals.FLAGS, before, 0);
        if (at >= before.size()) {
            if (current.startsWith("-")) {
                flags(Globals.FLAGS, offers);
            } else if (!takesValue(Globals.FLAGS, before)) {
                names(null, Catalog.COMMON, offers);
                names(null, Catalog.OTHERS, offers);
                for (String group : Catalog.GROUPS) {
                    offers.add(group + "\t" + Catalog.groupSummary(group));
                }
            }
            return;
        }
        String first = before.get(at++);
        Command command;
        if (Catalog.isGroup(first)) {
            if (at >= before.size()) {
                names(first, Catalog.names(first), offers);
                return;
            }
            command = Catalog.inGroup(first, before.get(at++));
        } else {
            command = Catalog.top(first);
        }
        if (command != null) {
            arguments(session, command, before.subList(at, before.size()), current, offers);
        }
    }

    private static void arguments(
            Session session,
            Command command,
            List<String> before,
            String current,
            List<String> offers) {
        Flag[] flags = ContainerFlags.sorted(command.flags());
        if (takesValue(flags, before)) {
            offers.add(":files");
            return;
        }
        int position = 0;
        for (int at = skipFlags(flags, before, 0);
                at < before.size();
                at = skipFlags(flags, before, at + 1)) {
            position++;
        }
        if (current.startsWith("-") && (position == 0 || command.interspersed())) {
            flags(flags, offers);
            return;
        }
        int last = command.most() == ANY ? position : Math.min(position, command.most());
        if (last < position || (command.most() != ANY && position >= command.most())) {
            return;
        }
        values(session, command.completes(position), offers);
    }

    private static int skipFlags(Flag[] flags, List<String> words, int from) {
        int at = from;
        while (at < words.size() && words.get(at).startsWith("-") && words.get(at).length() > 1) {
            at += takesValue(flags, words.subList(0, at + 1)) ? 2 : 1;
        }
        return at;
    }

    /// Whether the last word is a flag whose value comes next.
    private static boolean takesValue(Flag[] flags, List<String> words) {
        if (words.isEmpty()) {
            return false;
        }
        String word = words.get(words.size() - 1);
        if (word.length() < 2 || word.charAt(0) != '-' || word.indexOf('=') >= 0) {
            return false;
        }
        Flag flag =
                word.startsWith("--")
                        ? byName(flags, word.substring(2))
                        : byLetter(flags, word.charAt(word.length() - 1));
        return flag != null && flag.type() != FlagType.BOOL;
    }

    private static @Nullable Flag byName(Flag[] flags, String name) {
        for (Flag flag : flags) {
            if (flag.name().equals(name)) {
                return flag;
            }
        }
        return null;
    }

    private static @Nullable Flag byLetter(Flag[] flags, char letter) {
        for (Flag flag : flags) {
            if (flag.letter() == letter) {
                return flag;
            }
        }
        return null;
    }

    private static void flags(Flag[] flags, List<String> offers) {
        for (Flag flag : flags) {
            if (!flag.hidden()) {
                String help = flag.help();
                int line = help.indexOf('\n');
                offers.add("--" + flag.name() + "\t" + (line < 0 ? help : help.substring(0, line)));
            }
        }
    }

    private static void names(@Nullable String group, String[] names, List<String> offers) {
        for (String name : names) {
            Command command = group == null ? Catalog.top(name) : Catalog.inGroup(group, name);
            offers.add(name + "\t" + (command == null ? "" : command.summary()));
        }
    }

    private static void values(Session session, Completion kind, List<String> offers) {
        try {
            switch (kind) {
                case NOTHING -> {}
                case FILES -> offers.add(":files");
                case CONTAINERS -> containers(session, "/containers/json?all=1", offers);
                case CONTEXTS -> {
                    offers.add(Context.DEFAULT);
                    session.contexts()
                            .all()
                            .forEach(c -> offers.add(c.name() + "\t" + c.description()));
                }
                case RUNNING -> containers(session, "/containers/json", offers);
                case STOPPED ->
                        containers(
                                session,
                                "/containers/json?all=1&filters=%7B%22status%22%3A%7B%22exited%22%3Atrue%2C%22created%22%3Atrue%7D%7D",
                                offers);
                case IMAGES -> images(session, offers);
                case NETWORKS -> named(session.api().getList("/networks"), offers);
                case VOLUMES ->
                        named(session.api().getObject("/volumes").objects("Volumes"), offers);
                case OBJECTS -> {
                    containers(session, "/containers/json?all=1", offers);
                    images(session, offers);
                    named(session.api().getList("/networks"), offers);
                    named(session.api().getObject("/volumes").objects("Volumes"), offers);
                }
            }
        } catch (Failure e) {
            // no daemon, no offers: a shell's prompt is no place for an error
        }
    }

    private static void containers(Session session, String target, List<String> offers) {
        for (JsonObject container : session.api().getList(target)) {
            for (String name : container.texts("Names")) {
                offers.add(
                        (name.startsWith("/") ? name.substring(1) : name)
                                + "\t"
                                + container.text("Image"));
            }
        }
    }

    private static void images(Session session, List<String> offers) {
        for (JsonObject image : session.api().getList("/images/json")) {
            for (String tag : image.texts("RepoTags")) {
                offers.add(tag + "\t");
                if (tag.endsWith(":latest")) {
                    offers.add(tag.substring(0, tag.length() - 7) + "\t");
                }
            }
        }
    }

    private static void named(List<JsonObject> objects, List<String> offers) {
        for (JsonObject object : objects) {
            offers.add(object.text("Name") + "\t" + object.text("Driver"));
        }
    }
}
