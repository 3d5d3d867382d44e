package dev.carafe.dockerapi.wire;

import static dev.carafe.dockerapi.wire.Wire.nullIfEmpty;
import static dev.carafe.dockerapi.wire.Wire.nullIfFalse;
import static dev.carafe.dockerapi.wire.Wire.set;

import dev.carafe.dockermodel.ContainerConfig;
import dev.carafe.dockermodel.Healthcheck;
import org.jspecify.annotations.Nullable;

/// The `Config` object of a container's inspect.
final class ConfigWire {
    private ConfigWire() {}

    static ContainerConfig write(dev.carafe.engine.config.ContainerConfig c) {
        ContainerConfig w = new ContainerConfig();
        w.hostname = c.hostname();
        w.domainname = c.domainname();
        w.user = c.user();
        w.attachStdin = c.attachStdin();
        w.attachStdout = c.attachStdout();
        w.attachStderr = c.attachStderr();
        w.exposedPorts = c.exposedPorts().isEmpty() ? null : set(c.exposedPorts());
        w.tty = c.tty();
        w.openStdin = c.openStdin();
        w.stdinOnce = c.stdinOnce();
        w.env = c.env();
        w.cmd = c.command();
        w.healthcheck = healthcheck(c.healthcheck());
        w.argsEscaped = nullIfFalse(c.argsEscaped());
        w.image = c.image();
        w.volumes = c.volumes().isEmpty() ? null : set(c.volumes());
        w.workingDir = Wire.text(c.workingDir());
        w.entrypoint = c.entrypoint() == null ? null : nullIfEmpty(c.entrypoint());
        w.networkDisabled = nullIfFalse(c.networkDisabled());
        w.macAddress = nullIfEmpty(c.macAddress());
        w.onBuild = nullIfEmpty(c.onBuild());
        w.labels = c.labels();
        w.stopSignal = nullIfEmpty(c.stopSignal());
        w.stopTimeout = c.stopTimeoutSeconds();
        w.shell = c.shell();
        return w;
    }

    private static @Nullable Healthcheck healthcheck(
            dev.carafe.engine.config.@Nullable Healthcheck h) {
        return h == null
                ? null
                : new Healthcheck(
                        nullIfEmpty(h.test()),
                        h.intervalNanos(),
                        h.timeoutNanos(),
                        h.startPeriodNanos(),
                        h.startIntervalNanos(),
                        h.retries());
    }
}
