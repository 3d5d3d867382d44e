package dev.carafe.daemon;

import dev.carafe.base.InvalidArgument;
import dev.carafe.daemon.options.Settings;
import dev.carafe.registry.Effort;
import dev.carafe.registry.Proxies;
import dev.carafe.registry.RegistryOptions;
import java.util.Locale;
import java.util.Map;

/// How the daemon was told to reach registries.
final class RegistrySettings {
    private RegistrySettings() {}

    /// @throws InvalidArgument a value that can't be
    static RegistryOptions of(Settings settings) {
        settings.list("registry-mirror").forEach(RegistryOptions::checkMirror);
        RegistryOptions docker = RegistryOptions.defaults();
        Effort usual = docker.effort();
        return docker.withReach(
                        settings.list("insecure-registry"), settings.list("registry-mirror"))
                .withParallel(
                        positive(settings, "max-concurrent-downloads", usual.downloads()),
                        positive(settings, "max-concurrent-uploads", usual.uploads()))
                .withRanges(positive(settings, "max-concurrent-ranges", usual.ranges()))
                .withPatience(
                        positive(settings, "max-download-attempts", usual.attempts()),
                        usual.backOff(),
                        usual.patience())
                .withProxies(proxies(settings))
                .withUserAgent("carafe/" + Build.load().version());
    }

    private static int positive(Settings settings, String name, int absent) {
        int number = settings.number(name).orElse(absent);
        if (number < 1) {
            throw new InvalidArgument("invalid " + name + ": " + number + "; it must be above 0");
        }
        return number;
    }

    /// By flag, by the file's `proxies`, or by the environment.
    static Proxies proxies(Settings settings) {
        Map<String, String> file = settings.object("proxies");
        return new Proxies(
                proxy(settings, file, "http-proxy"),
                proxy(settings, file, "https-proxy"),
                proxy(settings, file, "no-proxy"));
    }

    private static String proxy(Settings settings, Map<String, String> file, String name) {
        String variable = name.replace('-', '_');
        String environment = System.getenv(variable.toUpperCase(Locale.ROOT));
        String lower = environment == null ? System.getenv(variable) : environment;
        return settings.text(name).orElse(file.getOrDefault(name, lower == null ? "" : lower));
    }
}
