package dev.carafe.engine;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.Healthcheck;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.ResourceConfig;
import dev.carafe.engine.config.RestartPolicy;
import dev.carafe.engine.container.Signals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a create request may not say, with Docker's sentences.
final class CreateChecks {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SMALLEST_MEMORY = 6L << 20;

    private CreateChecks() {}

    /// @return warnings for values that are taken and changed
    static List<String> check(ContainerConfig config, HostConfig host) {
        List<String> warnings = new ArrayList<>();
        memory(host.resources(), warnings);
        if (host.resources().memoryBytes() == 0 && host.resources().memorySwapBytes() > 0) {
            throw new InvalidArgument(
                    "You should always set the Memory limit when using Memoryswap limit, see usage");
        }
        cpu(host.resources());
        ResourceChecks.check(host.resources());
        restart(host);
        health(config.healthcheck());
        for (String variable : config.env()) {
            if (variable.isEmpty() || variable.startsWith("=")) {
                throw new InvalidArgument("invalid environment variable: " + variable);
            }
        }
        HostChecks.check(config, host);
        if (config.stopSignal() != null && !config.stopSignal().isEmpty()) {
            Signals.parse(config.stopSignal());
        }
        String dir = config.workingDir();
        if (dir != null && !dir.isEmpty() && !dir.startsWith("/")) {
            throw new InvalidArgument(
                    "the working directory '"
                            + dir
                            + "' is invalid, it needs to be an absolute path");
        }
        return warnings;
    }

    /// What an update may not say, with Docker's sentences.
    ///
    /// @return warnings
    static List<String> update(HostConfig host) {
        List<String> warnings = new ArrayList<>();
        memory(host.resources(), warnings);
        cpu(host.resources());
        ResourceChecks.check(host.resources());
        restart(host);
        return warnings;
    }

    private static void memory(ResourceConfig r, List<String> warnings) {
        if (r.memoryBytes() != 0 && r.memoryBytes() < SMALLEST_MEMORY) {
            throw new InvalidArgument("Minimum memory limit allowed is 6MB");
        }
        if (r.memoryBytes() > 0
                && r.memorySwapBytes() > 0
                && r.memorySwapBytes() < r.memoryBytes()) {
            throw new InvalidArgument(
                    "Minimum memoryswap limit should be larger than memory limit, see usage");
        }
        if (r.memoryReservationBytes() != 0 && r.memoryReservationBytes() < SMALLEST_MEMORY) {
            throw new InvalidArgument("Minimum memory reservation allowed is 6MB");
        }
        if (r.memoryBytes() > 0 && r.memoryReservationBytes() > r.memoryBytes()) {
            throw new InvalidArgument(
                    "Minimum memory limit can not be less than memory reservation limit, see usage");
        }
        if (Boolean.TRUE.equals(r.oomKillDisable()) && r.memoryBytes() == 0) {
            warnings.add(
                    "OOM killer is disabled for the container, but no memory limit is set, this can result in the system running out of resources.");
        }
    }

    private static void cpu(ResourceConfig r) {
        if (r.nanoCpus() > 0 && (r.cpuQuotaMicros() > 0 || r.cpuPeriodMicros() > 0)) {
            throw new InvalidArgument(
                    "Conflicting options: Nano CPUs and CPU "
                            + (r.cpuPeriodMicros() > 0 ? "Period" : "Quota")
                            + " cannot both be set");
        }
        long available = Runtime.getRuntime().availableProcessors() * 1_000_000_000L;
        if (r.nanoCpus() < 0 || r.nanoCpus() > available) {
            throw new InvalidArgument(
                    "range of CPUs is from 0.01 to %d.00, as there are only %d CPUs available"
                            .formatted(available / 1_000_000_000L, available / 1_000_000_000L));
        }
    }

    private static void health(@Nullable Healthcheck check) {
        if (check != null) {
            atLeastAMillisecond("Interval", check.intervalNanos());
            atLeastAMillisecond("Timeout", check.timeoutNanos());
            atLeastAMillisecond("StartPeriod", check.startPeriodNanos());
            atLeastAMillisecond("StartInterval", check.startIntervalNanos());
            if (check.retries() != null && check.retries() < 0) {
                throw new InvalidArgument("Retries in Healthcheck cannot be negative");
            }
        }
    }

    private static void atLeastAMillisecond(String what, @Nullable Long nanos) {
        if (nanos != null && nanos != 0 && nanos < NANOS_PER_MILLI) {
            throw new InvalidArgument(what + " in Healthcheck cannot be less than 1ms");
        }
    }

    private static void restart(HostConfig host) {
        RestartPolicy policy = host.restartPolicy();
        if (host.autoRemove() && !policy.isNone()) {
            throw new InvalidArgument("can't create 'AutoRemove' container with restart policy");
        }
        switch (policy.name()) {
            case "", "no", "always", "unless-stopped" -> {
                if (policy.maximumRetryCount() != 0) {
                    throw new InvalidArgument(
                            "invalid restart policy: maximum retry count can only be used with 'on-failure'");
                }
            }
            case "on-failure" -> {
                if (policy.maximumRetryCount() < 0) {
                    throw new InvalidArgument(
                            "invalid restart policy: maximum retry count cannot be negative");
                }
            }
            default ->
                    throw new InvalidArgument(
                            "invalid restart policy: unknown policy '"
                                    + policy.name()
                                    + "'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'");
        }
    }
}
