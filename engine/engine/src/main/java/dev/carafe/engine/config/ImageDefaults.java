package dev.carafe.engine.config;

import dev.carafe.base.InvalidArgument;
import dev.carafe.oci.RunConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fills what a client left out with what the image says, by Docker's rules.
public final class ImageDefaults {
    private ImageDefaults() {}

    /// The request with the image's values merged in: afterwards command and entrypoint are not
    /// null.
    ///
    /// @throws InvalidArgument `no command specified` when neither has one
    public static ContainerConfig merge(ContainerConfig asked, RunConfig image) {
        CommandLine line = CommandLine.merge(asked, image);
        if (line.entrypoint.isEmpty() && line.command.isEmpty()) {
            throw new InvalidArgument("no command specified");
        }
        return new ContainerConfig(
                asked.image(),
                line.command,
                line.entrypoint,
                environment(asked.env(), image.envOrEmpty()),
                first(clean(asked.workingDir()), image.workingDir()),
                orEmpty(first(asked.user(), image.user())),
                asked.hostname(),
                asked.domainname(),
                asked.tty(),
                asked.openStdin(),
                asked.stdinOnce(),
                asked.attachStdin(),
                asked.attachStdout(),
                asked.attachStderr(),
                labels(asked.labels(), image.labelsOrEmpty()),
                union(asked.exposedPorts(), image.exposedPortsOrEmpty().names()),
                union(asked.volumes(), image.volumesOrEmpty().names()),
                healthcheck(asked.healthcheck(), image.healthcheck()),
                first(asked.stopSignal(), image.stopSignal()),
                asked.stopTimeoutSeconds() != null
                        ? asked.stopTimeoutSeconds()
                        : image.stopTimeout(),
                asked.networkDisabled(),
                asked.onBuild(),
                asked.shell() != null ? asked.shell() : image.shell(),
                asked.macAddress(),
                asked.argsEscaped());
    }

    /// Without `.`, `..` and a slash at its end.
    private static @Nullable String clean(@Nullable String dir) {
        return dir == null || dir.isEmpty() ? dir : Path.of(dir).normalize().toString();
    }

    private record CommandLine(List<String> entrypoint, List<String> command) {
        /// The image's command counts only where the client gave neither; giving an entrypoint
        /// drops it.
        static CommandLine merge(ContainerConfig asked, RunConfig image) {
            List<String> entrypoint = asked.entrypoint();
            List<String> command = asked.command();
            if (entrypoint == null || entrypoint.isEmpty()) {
                if (command == null || command.isEmpty()) {
                    command = image.cmd();
                }
                if (entrypoint == null) {
                    entrypoint = image.entrypoint();
                }
            }
            boolean cleared =
                    entrypoint != null && entrypoint.size() == 1 && entrypoint.getFirst().isEmpty();
            return new CommandLine(
                    entrypoint == null || cleared ? List.of() : entrypoint,
                    command == null ? List.of() : command);
        }
    }

    private static List<String> environment(List<String> asked, List<String> image) {
        List<String> merged = new ArrayList<>(asked);
        Set<String> names = new HashSet<>();
        asked.forEach(entry -> names.add(name(entry)));
        for (String entry : image) {
            if (names.add(name(entry))) {
                merged.add(entry);
            }
        }
        return List.copyOf(merged);
    }

    private static String name(String entry) {
        int equals = entry.indexOf('=');
        return equals < 0 ? entry : entry.substring(0, equals);
    }

    private static Map<String, String> labels(
            Map<String, String> asked, Map<String, String> image) {
        if (image.isEmpty()) {
            return asked;
        }
        Map<String, String> merged = new LinkedHashMap<>(image);
        merged.putAll(asked);
        return merged;
    }

    private static Set<String> union(Set<String> asked, Set<String> image) {
        Set<String> merged = new LinkedHashSet<>(asked);
        merged.addAll(image);
        return merged;
    }

    private static @Nullable Healthcheck healthcheck(
            @Nullable Healthcheck asked, RunConfig.@Nullable Healthcheck image) {
        if (image == null) {
            return asked;
        }
        List<String> test = image.test() == null ? List.of() : image.test();
        if (asked == null) {
            return new Healthcheck(
                    test,
                    image.interval(),
                    image.timeout(),
                    image.startPeriod(),
                    image.startInterval(),
                    image.retries());
        }
        return new Healthcheck(
                asked.test().isEmpty() ? test : asked.test(),
                orImage(asked.intervalNanos(), image.interval()),
                orImage(asked.timeoutNanos(), image.timeout()),
                orImage(asked.startPeriodNanos(), image.startPeriod()),
                orImage(asked.startIntervalNanos(), image.startInterval()),
                asked.retries() == null || asked.retries() == 0
                        ? Integer.valueOf(image.retries())
                        : asked.retries());
    }

    private static long orImage(@Nullable Long asked, long image) {
        return asked == null || asked == 0 ? image : asked;
    }

    private static @Nullable String first(@Nullable String asked, @Nullable String image) {
        return asked == null || asked.isEmpty() ? image : asked;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
