package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.plugin.Plugin;
import dev.carafe.cli.plugin.Plugins;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Globals;
import dev.carafe.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// `__complete`: the words that may stand where the last argument stands, one a line, a tab and a
/// description after each. The line `:files` lets the shell offer files. A daemon that does not
/// answer is neither started nor waited for nor told of: a shell's prompt is no place for an error.
final class CompleteCommand extends Command {
    static final String FILES = ":files";

    private static final int LIMIT_SECONDS = 3;
    private static final int NO_FILES = 4;
    private static final Set<String> WITHOUT_CATALOG = Set.of("daemon", "registry", "oci");

    CompleteCommand() {
        super("__complete", "WORD...", "Offer words for completion", 0, ANY);
    }

    @Override
    boolean takesFlagsAsWords() {
        return true;
    }

    @Override
    int run(Session session, Parsed flags) {
        List<String> words = flags.arguments();
        String current = words.isEmpty() ? "" : words.get(words.size() - 1);
        List<String> before = words.isEmpty() ? words : words.subList(0, words.size() - 1);
        for (String offer : inTime(session, before, current)) {
            if (offer.startsWith(current) || offer.equals(FILES)) {
                session.out().line(offer);
            }
        }
        return 0;
    }

    private static List<String> inTime(Session session, List<String> before, String current) {
        CompletableFuture<List<String>> offers =
                CompletableFuture.supplyAsync(
                        () -> quietly(session, before, current),
                        task -> Thread.ofVirtual().start(task));
        try {
            return offers.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static List<String> quietly(Session session, List<String> before, String current) {
        try {
            return offers(session, before, current);
        } catch (Failure e) {
            return List.of();
        }
    }

    private static List<String> offers(Session given, List<String> before, String current) {
        CommandPosition position = CommandPosition.after(before, Globals.FLAGS, false);
        int at = firstArgument(before);
        Session session = quiet(given, before.subList(0, position.valueOf() == null ? at : at - 1));
        if (position.arguments() == 0) {
            return beforeTheCommand(session, position, current);
        }
        List<String> rest = before.subList(at, before.size());
        return rest.get(0).equals("help")
                ? (rest.size() == 1 ? commands(session) : List.of())
                : ofCommand(session, rest, current);
    }

    /// How many words are options before the command.
    private static int firstArgument(List<String> words) {
        int at = 0;
        while (at < words.size()
                && CommandPosition.after(words.subList(0, at + 1), Globals.FLAGS, false).arguments()
                        == 0) {
            at++;
        }
        return at;
    }

    /// One that starts no daemon, and that heeds the options that were typed.
    private static Session quiet(Session session, List<String> typed) {
        Globals globals = typed.isEmpty() ? session.globals() : Globals.of(typed);
        return new Session(
                globals.withoutStart(), session.in(), false, session.out(), session.err());
    }

    private static List<String> beforeTheCommand(
            Session session, CommandPosition position, String current) {
        List<String> ofFlag = ofFlag(session, "", position, Globals.FLAGS, current);
        return ofFlag == null ? commands(session) : ofFlag;
    }

    private static List<String> commands(Session session) {
        List<String> offers = new ArrayList<>();
        names(null, Catalog.COMMON, offers);
        names(null, Catalog.OTHERS, offers);
        for (String group : Catalog.GROUPS) {
            offers.add(group + "\t" + Catalog.groupSummary(group));
        }
        offers.addAll(WITHOUT_CATALOG.stream().sorted().toList());
        for (Plugin plugin : new Plugins(session.config()).candidates()) {
            offers.add(plugin.name() + "\t" + plugin.file());
        }
        return offers;
    }

    private static List<String> ofCommand(Session session, List<String> words, String current) {
        String first = words.get(0);
        if (!Catalog.isGroup(first)) {
            Command command = Catalog.top(first);
            return command == null
                    ? ofPlugin(session, words, current)
                    : arguments(session, command, first, words.subList(1, words.size()), current);
        }
        if (words.size() == 1) {
            List<String> offers = new ArrayList<>();
            names(first, Catalog.names(first), offers);
            return offers;
        }
        Command command = Catalog.inGroup(first, words.get(1));
        String path = first + " " + words.get(1);
        return command == null
                ? List.of()
                : arguments(session, command, path, words.subList(2, words.size()), current);
    }

    private static List<String> arguments(
            Session session, Command command, String path, List<String> before, String current) {
        Flag[] flags = ContainerFlags.sorted(command.flags());
        CommandPosition position = CommandPosition.after(before, flags, command.interspersed());
        List<String> ofFlag = ofFlag(session, path, position, flags, current);
        if (ofFlag != null) {
            return ofFlag;
        }
        if (command.most() != ANY && position.arguments() >= command.most()) {
            return List.of();
        }
        List<String> offers =
                new ArrayList<>(
                        new ObjectOffers(session).of(command.completes(position.arguments())));
        offers.removeIf(offer -> before.contains(word(offer)));
        return offers;
    }

    /// Null where neither a flag nor its value stands.
    private static @Nullable List<String> ofFlag(
            Session session, String path, CommandPosition position, Flag[] flags, String current) {
        Flag waiting = position.valueOf();
        if (waiting != null) {
            return new FlagOffers(session, path).of(waiting, current);
        }
        if (!current.startsWith("-") || !position.mayBeFlag()) {
            return null;
        }
        int equals = current.indexOf('=');
        Flag flag = equals < 2 ? null : CommandPosition.byName(flags, current.substring(2, equals));
        if (flag == null) {
            return flags(flags);
        }
        String head = current.substring(0, equals + 1);
        return new FlagOffers(session, path)
                .of(flag, current.substring(equals + 1)).stream()
                        .map(value -> value.equals(FILES) ? value : head + value)
                        .toList();
    }

    private static List<String> ofPlugin(Session session, List<String> words, String current) {
        Plugin plugin = new Plugins(session.config()).find(words.get(0)).orElse(null);
        if (plugin == null) {
            return List.of();
        }
        List<String> rest = new ArrayList<>(words.subList(1, words.size()));
        rest.add(current);
        List<String> offers = new ArrayList<>();
        for (String line : PluginCall.offers(session, plugin, rest)) {
            if (!line.startsWith(":")) {
                offers.add(line);
            } else if (line.matches(":\\d+")
                    && (Integer.parseInt(line.substring(1)) & NO_FILES) == 0) {
                offers.add(FILES);
            }
        }
        return offers;
    }

    private static List<String> flags(Flag[] flags) {
        List<String> offers = new ArrayList<>();
        for (Flag flag : flags) {
            if (!flag.hidden()) {
                String help = flag.help();
                int line = help.indexOf('\n');
                offers.add("--" + flag.name() + "\t" + (line < 0 ? help : help.substring(0, line)));
            }
        }
        offers.add("--help\tShow the help of the command");
        return offers;
    }

    private static void names(@Nullable String group, String[] names, List<String> offers) {
        for (String name : names) {
            Command command = group == null ? Catalog.top(name) : Catalog.inGroup(group, name);
            offers.add(name + "\t" + (command == null ? "" : command.summary()));
        }
    }

    private static String word(String offer) {
        int tab = offer.indexOf('\t');
        return tab < 0 ? offer : offer.substring(0, tab);
    }
}
