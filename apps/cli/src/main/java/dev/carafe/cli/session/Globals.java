package dev.carafe.cli.session;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagParser;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.flags.Parsed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The options that stand before a command.
public final class Globals {
    /// Kept as a list: the last `-H` wins.
    public static final Flag[] FLAGS = {
        Flag.string("config", "Directory of the client's configuration files")
                .withDefault("~/.docker"),
        Flag.string(
                'c',
                "context",
                "Context whose daemon to talk to, instead of CARAFE_HOST and DOCKER_HOST"),
        Flag.bool('D', "debug", "Tell more when something fails"),
        Flag.of(FlagType.LIST, 'H', "host", "Address of the daemon (unix://, tcp:// or ssh://)"),
        Flag.string(
                        'l',
                        "log-level",
                        "Severity from which messages are shown (debug, info, warn, error, fatal)")
                .withDefault("info"),
        Flag.bool("no-autostart", "Do not start a daemon when none is running"),
        Flag.bool("tls", "Use TLS; --tlsverify implies it"),
        Flag.string("tlscacert", "Trust only certificates signed by the authority in this file")
                .withDefault("~/.docker/ca.pem"),
        Flag.string("tlscert", "File of the client's certificate")
                .withDefault("~/.docker/cert.pem"),
        Flag.string("tlskey", "File of the client's key").withDefault("~/.docker/key.pem"),
        Flag.bool("tlsverify", "Use TLS and check the daemon's certificate"),
        Flag.bool('v', "version", "Print the version and quit"),
    };

    private final @Nullable Parsed given;
    private final boolean mayStart;

    public Globals(@Nullable Parsed given) {
        this(given, true);
    }

    /// @param words options before a command
    /// @throws dev.carafe.cli.flags.FlagFailure when they are none
    public static Globals of(List<String> words) {
        return new Globals(new FlagParser(FLAGS, false).parse(words));
    }

    private Globals(@Nullable Parsed given, boolean mayStart) {
        this.given = given;
        this.mayStart = mayStart;
    }

    /// The same, but no daemon is started.
    public Globals withoutStart() {
        return new Globals(given, false);
    }

    /// Whether a daemon may be started when none runs.
    boolean mayStart() {
        return mayStart && !bool("no-autostart");
    }

    /// What was given, for a program that knows docker's options.
    public List<String> asDockers() {
        List<String> words = new ArrayList<>();
        for (Flag flag : FLAGS) {
            String value = text(flag.name());
            if (value != null && !flag.name().equals("no-autostart")) {
                words.add("--" + flag.name() + "=" + value);
            }
        }
        return words;
    }

    public boolean has(String flag) {
        return given != null && given.has(flag);
    }

    public boolean bool(String flag) {
        return given != null && given.bool(flag);
    }

    /// The value, or null when the flag was not given.
    public @Nullable String text(String flag) {
        if (given == null || !given.has(flag)) {
            return null;
        }
        var all = given.all(flag);
        return all.get(all.size() - 1);
    }

    /// The environment variable with Carafe's prefix, else with Docker's; null when neither is set
    /// to something.
    public static @Nullable String environment(String name) {
        String ours = System.getenv("CARAFE_" + name);
        if (ours != null && !ours.isEmpty()) {
            return ours;
        }
        String theirs = System.getenv("DOCKER_" + name);
        return theirs == null || theirs.isEmpty() ? null : theirs;
    }
}
