package dev.carafe.dockerapi.wire;

import static dev.carafe.dockerapi.wire.Wire.flag;
import static dev.carafe.dockerapi.wire.Wire.list;
import static dev.carafe.dockerapi.wire.Wire.map;
import static dev.carafe.dockerapi.wire.Wire.number;
import static dev.carafe.dockerapi.wire.Wire.text;

import dev.carafe.dockermodel.DeviceRequest;
import dev.carafe.dockermodel.Mount;
import dev.carafe.dockermodel.PortBinding;
import dev.carafe.dockermodel.ThrottleDevice;
import dev.carafe.dockermodel.VolumeOptions;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.HostNetworkConfig;
import dev.carafe.engine.config.LogConfig;
import dev.carafe.engine.config.MountRequest;
import dev.carafe.engine.config.NamespaceModes;
import dev.carafe.engine.config.PortRequest;
import dev.carafe.engine.config.ResourceConfig;
import dev.carafe.engine.config.RestartPolicy;
import dev.carafe.engine.config.SecurityConfig;
import dev.carafe.engine.config.StorageConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From the wire's HostConfig to the engine's.
public final class HostConfigRead {
    private HostConfigRead() {}

    public static HostConfig read(dev.carafe.dockermodel.@Nullable HostConfig h) {
        if (h == null) {
            return HostConfig.defaults();
        }
        return new HostConfig(
                storage(h),
                network(h),
                restart(h.restartPolicy),
                flag(h.autoRemove),
                resources(h),
                security(h),
                namespaces(h),
                log(h.logConfig),
                h.init,
                text(h.runtime),
                map(h.annotations),
                list(h.consoleSize),
                text(h.containerIdFile),
                text(h.isolation));
    }

    private static StorageConfig storage(dev.carafe.dockermodel.HostConfig h) {
        return new StorageConfig(
                list(h.binds),
                list(h.mounts).stream().map(HostConfigRead::mount).toList(),
                map(h.tmpfs),
                list(h.volumesFrom),
                text(h.volumeDriver),
                number(h.shmSize),
                map(h.storageOpt));
    }

    private static MountRequest mount(Mount m) {
        var b = m.bindOptions();
        var v = m.volumeOptions();
        var t = m.tmpfsOptions();
        var i = m.imageOptions();
        return new MountRequest(
                text(m.type()),
                text(m.source()),
                text(m.target()),
                flag(m.readOnly()),
                text(m.consistency()),
                b == null
                        ? null
                        : new MountRequest.BindOptions(
                                text(b.propagation()),
                                flag(b.nonRecursive()),
                                flag(b.createMountpoint()),
                                flag(b.readOnlyNonRecursive()),
                                flag(b.readOnlyForceRecursive()),
                                b.idmap()),
                v == null ? null : volume(v),
                t == null
                        ? null
                        : new MountRequest.TmpfsOptions(
                                number(t.sizeBytes()), number(t.mode()), list(t.options())),
                i == null ? null : new MountRequest.ImageOptions(text(i.subpath())));
    }

    private static MountRequest.VolumeOptions volume(VolumeOptions v) {
        var driver = v.driverConfig();
        return new MountRequest.VolumeOptions(
                flag(v.noCopy()),
                map(v.labels()),
                driver == null ? "" : text(driver.name()),
                driver == null ? Map.of() : map(driver.options()),
                text(v.subpath()));
    }

    /// By container port, `80/tcp`.
    public static Map<String, List<PortRequest>> ports(
            @Nullable Map<String, List<PortBinding>> wire) {
        Map<String, List<PortRequest>> ports = new LinkedHashMap<>();
        map(wire).forEach((port, bindings) -> ports.put(port, bindings(bindings)));
        return ports;
    }

    private static HostNetworkConfig network(dev.carafe.dockermodel.HostConfig h) {
        return new HostNetworkConfig(
                text(h.networkMode),
                ports(h.portBindings),
                flag(h.publishAllPorts),
                list(h.extraHosts),
                list(h.dns),
                list(h.dnsSearch),
                list(h.dnsOptions),
                list(h.links));
    }

    private static List<PortRequest> bindings(@Nullable List<PortBinding> bindings) {
        return list(bindings).stream()
                .map(b -> new PortRequest(text(b.hostIp()), text(b.hostPort())))
                .toList();
    }

    private static RestartPolicy restart(dev.carafe.dockermodel.@Nullable RestartPolicy p) {
        String name = p == null ? "" : text(p.name());
        return p == null || name.isEmpty()
                ? new RestartPolicy("no", p == null ? 0 : p.maximumRetryCount())
                : new RestartPolicy(name, p.maximumRetryCount());
    }

    private static LogConfig log(dev.carafe.dockermodel.@Nullable LogConfig l) {
        return l == null ? LogConfig.defaults() : new LogConfig(text(l.type()), map(l.config()));
    }

    private static SecurityConfig security(dev.carafe.dockermodel.HostConfig h) {
        return new SecurityConfig(
                flag(h.privileged),
                list(h.capAdd),
                list(h.capDrop),
                list(h.securityOpt),
                list(h.groupAdd),
                flag(h.readonlyRootfs),
                h.maskedPaths,
                h.readonlyPaths);
    }

    private static NamespaceModes namespaces(dev.carafe.dockermodel.HostConfig h) {
        return new NamespaceModes(
                text(h.cgroupnsMode),
                text(h.pidMode),
                text(h.ipcMode),
                text(h.utsMode),
                text(h.usernsMode),
                text(h.cgroup));
    }

    private static ResourceConfig resources(dev.carafe.dockermodel.HostConfig h) {
        return new ResourceConfig(
                number(h.memory),
                number(h.memorySwap),
                number(h.memoryReservation),
                number(h.kernelMemoryTCP),
                h.memorySwappiness,
                h.oomKillDisable,
                number(h.oomScoreAdj),
                number(h.nanoCpus),
                number(h.cpuShares),
                number(h.cpuPeriod),
                number(h.cpuQuota),
                number(h.cpuRealtimePeriod),
                number(h.cpuRealtimeRuntime),
                text(h.cpusetCpus),
                text(h.cpusetMems),
                h.pidsLimit,
                number(h.blkioWeight),
                list(h.blkioWeightDevice).stream()
                        .map(d -> new ResourceConfig.WeightDevice(text(d.path()), d.weight()))
                        .toList(),
                throttle(h.blkioDeviceReadBps),
                throttle(h.blkioDeviceWriteBps),
                throttle(h.blkioDeviceReadIOps),
                throttle(h.blkioDeviceWriteIOps),
                list(h.devices).stream()
                        .map(d ->
                                new ResourceConfig.DeviceMapping(
                                        text(d.pathOnHost()),
                                        text(d.pathInContainer()),
                                        text(d.cgroupPermissions())))
                        .toList(),
                list(h.deviceCgroupRules),
                list(h.deviceRequests).stream().map(HostConfigRead::request).toList(),
                list(h.ulimits).stream()
                        .map(u -> new ResourceConfig.Ulimit(text(u.name()), u.soft(), u.hard()))
                        .toList(),
                map(h.sysctls),
                text(h.cgroupParent));
    }

    private static List<ResourceConfig.ThrottleDevice> throttle(
            @Nullable List<ThrottleDevice> devices) {
        return list(devices).stream()
                .map(d -> new ResourceConfig.ThrottleDevice(text(d.path()), d.rate()))
                .toList();
    }

    private static ResourceConfig.DeviceRequest request(DeviceRequest r) {
        return new ResourceConfig.DeviceRequest(
                text(r.driver()),
                r.count(),
                list(r.deviceIds()),
                list(r.capabilities()),
                map(r.options()));
    }
}
