package dev.carafe.engine.commit;

import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.Healthcheck;
import dev.carafe.oci.NameSet;
import dev.carafe.oci.RunConfig;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The configuration of an image made from a container, by Docker's rules.
public final class CommitConfig {
    private CommitConfig() {}

    /// What an image keeps of a container's configuration.
    public static RunConfig of(ContainerConfig c) {
        return new RunConfig(
                null,
                null,
                c.user(),
                c.exposedPorts().isEmpty() ? null : NameSet.copyOf(c.exposedPorts()),
                c.env().isEmpty() ? null : c.env(),
                nullIfEmpty(c.entrypoint()),
                nullIfEmpty(c.command()),
                c.volumes().isEmpty() ? null : NameSet.copyOf(c.volumes()),
                c.workingDir(),
                c.labels().isEmpty() ? null : c.labels(),
                c.stopSignal(),
                c.stopTimeoutSeconds(),
                healthcheck(c.healthcheck()),
                c.onBuild().isEmpty() ? null : c.onBuild(),
                c.shell(),
                c.argsEscaped() ? true : null);
    }

    private static RunConfig.@Nullable Healthcheck healthcheck(@Nullable Healthcheck h) {
        return h == null
                ? null
                : new RunConfig.Healthcheck(
                        h.test(),
                        orZero(h.intervalNanos()),
                        orZero(h.timeoutNanos()),
                        orZero(h.startPeriodNanos()),
                        orZero(h.startIntervalNanos()),
                        h.retries() == null ? 0 : h.retries());
    }

    /// What the client wants, filled up with what the container has.
    public static RunConfig merge(RunConfig asked, RunConfig container) {
        boolean ownEntrypoint = asked.entrypoint() != null && !asked.entrypoint().isEmpty();
        boolean ownCommand = asked.cmd() != null && !asked.cmd().isEmpty();
        return new RunConfig(
                asked.hostname(),
                asked.domainname(),
                first(asked.user(), container.user()),
                union(asked.exposedPortsOrEmpty(), container.exposedPortsOrEmpty()),
                environment(asked.envOrEmpty(), container.envOrEmpty()),
                asked.entrypoint() == null ? container.entrypoint() : asked.entrypoint(),
                ownEntrypoint || ownCommand ? asked.cmd() : container.cmd(),
                union(asked.volumesOrEmpty(), container.volumesOrEmpty()),
                first(asked.workingDir(), container.workingDir()),
                labels(asked.labelsOrEmpty(), container.labelsOrEmpty()),
                first(asked.stopSignal(), container.stopSignal()),
                asked.stopTimeout() == null ? container.stopTimeout() : asked.stopTimeout(),
                asked.healthcheck() == null ? container.healthcheck() : asked.healthcheck(),
                asked.onBuild(),
                asked.shell() == null ? container.shell() : asked.shell(),
                asked.argsEscaped());
    }

    private static List<String> environment(List<String> asked, List<String> container) {
        Map<String, String> byName = new LinkedHashMap<>();
        asked.forEach(line -> byName.put(line.split("=", 2)[0], line));
        container.forEach(line -> byName.putIfAbsent(line.split("=", 2)[0], line));
        return List.copyOf(byName.values());
    }

    private static @Nullable Map<String, String> labels(
            Map<String, String> asked, Map<String, String> container) {
        Map<String, String> all = new LinkedHashMap<>(container);
        all.putAll(asked);
        return all.isEmpty() ? null : all;
    }

    private static @Nullable NameSet union(NameSet asked, NameSet container) {
        Set<String> all = new LinkedHashSet<>(asked.names());
        all.addAll(container.names());
        return all.isEmpty() ? null : NameSet.copyOf(all);
    }

    private static @Nullable String first(@Nullable String asked, @Nullable String container) {
        return asked == null || asked.isEmpty() ? container : asked;
    }

    private static @Nullable List<String> nullIfEmpty(@Nullable List<String> list) {
        return list == null || list.isEmpty() ? null : list;
    }

    private static long orZero(@Nullable Long nanos) {
        return nanos == null ? 0 : nanos;
    }
}
