package dev.carafe.daemon;

import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.daemon.log.LogOutput;
import dev.carafe.daemon.options.Settings;
import dev.carafe.dockerapi.config.ApiOptions;
import dev.carafe.engine.config.RuntimeOptions;
import dev.carafe.registry.Proxies;
import dev.carafe.registry.RegistryOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What can change while the daemon runs: log level, labels, registries, runtimes. Read again on
/// SIGHUP, all or nothing.
final class LiveSettings implements Supplier<ApiOptions.Live> {
    private static final Logger LOG = System.getLogger(LiveSettings.class.getName());

    private final List<String> arguments;
    private final LogOutput log;
    private volatile ApiOptions.Live live;
    private volatile RegistryOptions registries;
    private volatile RuntimeOptions runtimes;

    /// @throws InvalidArgument a value that can't be
    LiveSettings(List<String> arguments, Settings settings, LogOutput log) {
        this.arguments = arguments;
        this.log = log;
        this.live = check(settings);
        this.registries = RegistrySettings.of(settings);
        this.runtimes = RuntimeSettings.of(settings);
        apply(settings);
    }

    /// How registries are reached now.
    RegistryOptions registries() {
        return registries;
    }

    /// Which runtimes containers can ask for now.
    RuntimeOptions runtimes() {
        return runtimes;
    }

    @Override
    public ApiOptions.Live get() {
        return live;
    }

    /// Reads the configuration file again; a faulty one changes nothing.
    ///
    /// @return whether it holds now
    boolean reload() {
        try {
            Settings settings = Settings.of(arguments);
            LOG.log(
                    Level.INFO,
                    "Got signal to reload configuration, reloading from: "
                            + settings.file()
                                    .map(Object::toString)
                                    .orElse("(no configuration file)"));
            ApiOptions.Live checked = check(settings);
            RegistryOptions reached = RegistrySettings.of(settings);
            runtimes = RuntimeSettings.of(settings);
            registries = reached;
            live = checked;
            apply(settings);
            return true;
        } catch (CarafeException e) {
            LOG.log(Level.ERROR, "Error reconfiguring the daemon: " + e.text());
            return false;
        }
    }

    /// What the `reload` event tells.
    Map<String, String> attributes() {
        Map<String, String> all = new TreeMap<>();
        all.put("debug", Boolean.toString(live.debug()));
        all.put("insecure-registries", list(live.insecureRegistries()));
        all.put("labels", list(live.labels()));
        all.put("registry-mirrors", list(live.registryMirrors()));
        return all;
    }

    private static String list(List<String> words) {
        return words.stream().map(w -> '"' + w + '"').collect(Collectors.joining(",", "[", "]"));
    }

    private void apply(Settings settings) {
        log.configure(level(settings), settings.text("log-format").orElse("text").equals("json"));
    }

    private static Level level(Settings settings) {
        if (settings.flag("debug", false)) {
            return Level.DEBUG;
        }
        String name = settings.text("log-level").orElse("info");
        Level level = LogOutput.level(name);
        if (level == null) {
            throw new InvalidArgument("invalid logging level: " + name);
        }
        return level;
    }

    private static ApiOptions.Live check(Settings settings) {
        level(settings);
        String format = settings.text("log-format").orElse("text");
        if (!format.equals("text") && !format.equals("json")) {
            throw new InvalidArgument("invalid log format: " + format);
        }
        for (String label : settings.list("label")) {
            if (label.indexOf('=') <= 0) {
                throw new InvalidArgument("bad attribute format: " + label);
            }
        }
        return new ApiOptions.Live(
                level(settings) == Level.DEBUG,
                settings.list("label"),
                settings.list("registry-mirror"),
                settings.list("insecure-registry"),
                proxies(settings),
                warnings(settings),
                !"false".equals(settings.object("features").get("buildkit")));
    }

    private static Map<String, String> proxies(Settings settings) {
        Proxies used = RegistrySettings.proxies(settings);
        Map<String, String> proxies = new LinkedHashMap<>();
        put(proxies, "HttpProxy", withoutPassword(used.http()));
        put(proxies, "HttpsProxy", withoutPassword(used.https()));
        put(proxies, "NoProxy", used.exceptions());
        return proxies;
    }

    private static void put(Map<String, String> proxies, String name, String value) {
        if (!value.isEmpty()) {
            proxies.put(name, value);
        }
    }

    /// `http://user:secret@host` is shown as `http://xxxxx:xxxxx@host`.
    static String withoutPassword(String url) {
        return url.replaceFirst("^([a-z0-9+.-]+://)[^/@]*@", "$1xxxxx:xxxxx@");
    }

    private static List<String> warnings(Settings settings) {
        boolean plain =
                !settings.flag("tls", false)
                        && !settings.flag("tlsverify", false)
                        && settings.hosts().stream().anyMatch(h -> h.startsWith("tcp://"));
        return plain
                ? List.of(
                        "WARNING: API is accessible on a TCP port without encryption.\n         Access to the remote API is equivalent to root access on the host.")
                : List.of();
    }
}
