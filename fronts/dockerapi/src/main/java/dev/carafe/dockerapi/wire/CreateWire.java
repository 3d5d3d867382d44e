package dev.carafe.dockerapi.wire;

import static dev.carafe.dockerapi.wire.Wire.flag;
import static dev.carafe.dockerapi.wire.Wire.list;
import static dev.carafe.dockerapi.wire.Wire.map;
import static dev.carafe.dockerapi.wire.Wire.names;
import static dev.carafe.dockerapi.wire.Wire.nullIfEmpty;
import static dev.carafe.dockerapi.wire.Wire.number;
import static dev.carafe.dockerapi.wire.Wire.text;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockermodel.ContainerCreateRequest;
import dev.carafe.dockermodel.EndpointIpam;
import dev.carafe.dockermodel.ExecCreateRequest;
import dev.carafe.engine.config.ConsoleSize;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.EndpointSettings;
import dev.carafe.engine.config.ExecConfig;
import dev.carafe.engine.config.Healthcheck;
import dev.carafe.engine.config.NetworkingConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From the bodies of create requests to the engine's records.
public final class CreateWire {
    private CreateWire() {}

    /// The top level of `POST /containers/create`.
    public static ContainerConfig config(ContainerCreateRequest r) {
        return new ContainerConfig(
                text(r.image),
                r.cmd == null ? null : list(r.cmd),
                r.entrypoint == null ? null : list(r.entrypoint),
                list(r.env),
                nullIfEmpty(r.workingDir),
                text(r.user),
                text(r.hostname),
                text(r.domainname),
                flag(r.tty),
                flag(r.openStdin),
                flag(r.stdinOnce),
                flag(r.attachStdin),
                flag(r.attachStdout),
                flag(r.attachStderr),
                map(r.labels),
                names(r.exposedPorts),
                names(r.volumes),
                healthcheck(r.healthcheck),
                nullIfEmpty(r.stopSignal),
                r.stopTimeout,
                flag(r.networkDisabled),
                list(r.onBuild),
                r.shell == null ? null : list(r.shell),
                nullIfEmpty(r.macAddress),
                flag(r.argsEscaped));
    }

    private static @Nullable Healthcheck healthcheck(
            dev.carafe.dockermodel.@Nullable Healthcheck h) {
        return h == null
                ? null
                : new Healthcheck(
                        list(h.test()),
                        h.interval(),
                        h.timeout(),
                        h.startPeriod(),
                        h.startInterval(),
                        h.retries());
    }

    public static NetworkingConfig networking(dev.carafe.dockermodel.@Nullable NetworkingConfig n) {
        if (n == null || n.endpointsConfig() == null) {
            return NetworkingConfig.none();
        }
        Map<String, EndpointSettings> endpoints = new LinkedHashMap<>();
        n.endpointsConfig().forEach((name, settings) -> endpoints.put(name, endpoint(settings)));
        return NetworkingConfig.asked(endpoints);
    }

    public static EndpointSettings endpoint(dev.carafe.dockermodel.@Nullable EndpointSettings e) {
        if (e == null) {
            return EndpointSettings.none();
        }
        EndpointIpam ipam =
                e.ipamConfig == null ? new EndpointIpam(null, null, null) : e.ipamConfig;
        return new EndpointSettings(
                nullIfEmpty(ipam.ipv4Address()),
                nullIfEmpty(ipam.ipv6Address()),
                list(ipam.linkLocalIps()),
                list(e.aliases),
                list(e.links),
                nullIfEmpty(e.macAddress),
                map(e.driverOpts),
                number(e.gwPriority));
    }

    /// The body of `POST /containers/{id}/exec`.
    public static ExecConfig exec(ExecCreateRequest r) {
        return new ExecConfig(
                list(r.cmd),
                list(r.env),
                text(r.user),
                nullIfEmpty(r.workingDir),
                flag(r.tty),
                flag(r.attachStdin),
                flag(r.attachStdout),
                flag(r.attachStderr),
                flag(r.privileged),
                nullIfEmpty(r.detachKeys),
                console(r.consoleSize));
    }

    /// Height and width, or null when absent.
    ///
    /// @throws InvalidArgument for anything but two numbers
    public static @Nullable ConsoleSize console(@Nullable List<Integer> size) {
        if (size == null || size.isEmpty()) {
            return null;
        }
        if (size.size() != 2) {
            throw new InvalidArgument("ConsoleSize must be height and width");
        }
        return size.get(0) == 0 && size.get(1) == 0
                ? null
                : new ConsoleSize(size.get(0), size.get(1));
    }
}
