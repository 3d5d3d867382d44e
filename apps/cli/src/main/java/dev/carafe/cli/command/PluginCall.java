package dev.carafe.cli.command;

import dev.carafe.cli.plugin.Plugin;
import dev.carafe.cli.plugin.Plugins;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A command line whose command is a plugin's: `carafe compose up`.
///
/// @param words the command and its arguments
record PluginCall(Plugin plugin, List<String> words) {
    private static final Set<String> NEED_NO_DAEMON = Set.of("help", "--help", "-h", "version");

    /// Empty when no plugin has the command.
    static Optional<PluginCall> find(Session session, List<String> words) {
        List<String> meant = words;
        if (words.get(0).equals("bake")) {
            meant = new ArrayList<>(words);
            meant.add(0, "buildx");
        }
        List<String> all = meant;
        return new Plugins(session.config())
                .find(all.get(0))
                .map(plugin -> new PluginCall(plugin, all));
    }

    /// @return the plugin's exit code
    int run(Session session) {
        if (words.size() > 1 && words.stream().noneMatch(NEED_NO_DAEMON::contains)) {
            startDaemon(session);
        }
        List<String> all = session.globals().asDockers();
        all.addAll(words);
        session.out().flush();
        session.err().flush();
        try {
            return plugin.run(all, environment(session), session.inIsTerminal());
        } catch (IOException e) {
            throw new Failure("cannot run " + plugin.file() + ": " + e.getMessage());
        }
    }

    /// What the plugin offers for completion: lines of a word, a tab and a description, and last a
    /// colon with a number.
    ///
    /// @param rest the words after the command, the one that is typed last
    static List<String> offers(Session session, Plugin plugin, List<String> rest) {
        List<String> all = session.globals().asDockers();
        all.addAll(List.of("__complete", plugin.name()));
        all.addAll(rest);
        try {
            return plugin.answer(all, environment(session)).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Map<String, @Nullable String> environment(Session session) {
        Map<String, @Nullable String> all = session.dockersEnvironment();
        all.put("DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND", program());
        return all;
    }

    /// How a plugin calls back.
    private static String program() {
        String home = System.getProperty("carafe.home");
        return home == null ? CommandLine.PROGRAM : home + "/bin/carafe";
    }

    /// Plugins do not start one themselves. Where it fails, the plugin tells that nobody answers.
    private static void startDaemon(Session session) {
        if (session.api().endpoint().isDefault()) {
            try {
                session.api().getObject("/version");
            } catch (Failure e) {
                session.err().line(e.text());
            }
        }
    }
}
