package dev.carafe.dockerapi.wire;

import static dev.carafe.dockerapi.wire.Wire.nullIfEmpty;
import static dev.carafe.dockerapi.wire.Wire.nullIfFalse;

import dev.carafe.dockermodel.BindOptions;
import dev.carafe.dockermodel.DeviceMapping;
import dev.carafe.dockermodel.DeviceRequest;
import dev.carafe.dockermodel.HostConfig;
import dev.carafe.dockermodel.ImageOptions;
import dev.carafe.dockermodel.LogConfig;
import dev.carafe.dockermodel.Mount;
import dev.carafe.dockermodel.PortBinding;
import dev.carafe.dockermodel.RestartPolicy;
import dev.carafe.dockermodel.ThrottleDevice;
import dev.carafe.dockermodel.TmpfsOptions;
import dev.carafe.dockermodel.Ulimit;
import dev.carafe.dockermodel.VolumeDriverConfig;
import dev.carafe.dockermodel.VolumeOptions;
import dev.carafe.dockermodel.WeightDevice;
import dev.carafe.engine.config.HostNetworkConfig;
import dev.carafe.engine.config.MountRequest;
import dev.carafe.engine.config.NamespaceModes;
import dev.carafe.engine.config.ResourceConfig;
import dev.carafe.engine.config.SecurityConfig;
import dev.carafe.engine.config.StorageConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// From the engine's HostConfig to the wire's, as inspect shows it: every field that dockerd always
/// writes is there.
public final class HostConfigWrite {
    private HostConfigWrite() {}

    public static HostConfig write(dev.carafe.engine.config.HostConfig c) {
        HostConfig h = new HostConfig();
        h.containerIdFile = c.containerIdFile();
        h.logConfig = new LogConfig(c.log().driver(), c.log().options());
        h.restartPolicy =
                new RestartPolicy(c.restartPolicy().name(), c.restartPolicy().maximumRetryCount());
        h.autoRemove = c.autoRemove();
        h.consoleSize = c.consoleSize().size() == 2 ? c.consoleSize() : List.of(0, 0);
        h.annotations = nullIfEmpty(c.annotations());
        h.runtime = c.runtime().isEmpty() ? "runc" : c.runtime();
        h.isolation = c.isolation();
        h.init = c.init();
        storage(h, c.storage());
        network(h, c.network());
        security(h, c.security());
        namespaces(h, c.namespaces());
        resources(h, c.resources());
        devices(h, c.resources());
        return h;
    }

    private static void storage(HostConfig h, StorageConfig s) {
        h.binds = nullIfEmpty(s.binds());
        h.mounts = nullIfEmpty(s.mounts().stream().map(HostConfigWrite::mount).toList());
        h.tmpfs = nullIfEmpty(s.tmpfs());
        h.volumesFrom = nullIfEmpty(s.volumesFrom());
        h.volumeDriver = s.volumeDriver();
        h.shmSize = s.shmSizeBytes() == 0 ? 64L << 20 : s.shmSizeBytes();
        h.storageOpt = nullIfEmpty(s.storageOptions());
    }

    private static Mount mount(MountRequest m) {
        var b = m.bind();
        var t = m.tmpfs();
        var i = m.image();
        return new Mount(
                m.type(),
                nullIfEmpty(m.source()),
                m.target(),
                nullIfFalse(m.readOnly()),
                nullIfEmpty(m.consistency()),
                b == null
                        ? null
                        : new BindOptions(
                                nullIfEmpty(b.propagation()),
                                nullIfFalse(b.nonRecursive()),
                                nullIfFalse(b.createMountpoint()),
                                nullIfFalse(b.readOnlyNonRecursive()),
                                nullIfFalse(b.readOnlyForceRecursive()),
                                b.idmap()),
                volume(m.volume()),
                i == null ? null : new ImageOptions(nullIfEmpty(i.subpath())),
                t == null
                        ? null
                        : new TmpfsOptions(
                                t.sizeBytes() == 0 ? null : t.sizeBytes(),
                                t.mode() == 0 ? null : t.mode(),
                                nullIfEmpty(t.options())));
    }

    private static @Nullable VolumeOptions volume(MountRequest.@Nullable VolumeOptions v) {
        if (v == null) {
            return null;
        }
        boolean driver = !v.driver().isEmpty() || !v.driverOptions().isEmpty();
        return new VolumeOptions(
                nullIfFalse(v.noCopy()),
                nullIfEmpty(v.labels()),
                nullIfEmpty(v.subpath()),
                driver
                        ? new VolumeDriverConfig(
                                nullIfEmpty(v.driver()), nullIfEmpty(v.driverOptions()))
                        : null);
    }

    private static void network(HostConfig h, HostNetworkConfig n) {
        h.networkMode = networkMode(n.mode());
        Map<String, List<PortBinding>> ports = new TreeMap<>();
        n.portBindings()
                .forEach((port, list) ->
                        ports.put(
                                port,
                                list.stream()
                                        .map(p -> new PortBinding(p.hostIp(), p.hostPort()))
                                        .toList()));
        h.portBindings = ports;
        h.publishAllPorts = n.publishAllPorts();
        h.extraHosts = nullIfEmpty(n.extraHosts());
        h.dns = n.dns();
        h.dnsSearch = n.dnsSearch();
        h.dnsOptions = n.dnsOptions();
        h.links = nullIfEmpty(n.links());
    }

    static String networkMode(String mode) {
        return mode.isEmpty() || mode.equals("default") ? "bridge" : mode;
    }

    private static void security(HostConfig h, SecurityConfig s) {
        h.privileged = s.privileged();
        h.capAdd = nullIfEmpty(s.capAdd());
        h.capDrop = nullIfEmpty(s.capDrop());
        h.securityOpt = nullIfEmpty(s.securityOptions());
        h.groupAdd = nullIfEmpty(s.groupAdd());
        h.readonlyRootfs = s.readonlyRootfs();
        h.maskedPaths = s.maskedPaths();
        h.readonlyPaths = s.readonlyPaths();
    }

    private static void namespaces(HostConfig h, NamespaceModes n) {
        h.cgroupnsMode = n.cgroupns();
        h.pidMode = n.pid();
        h.ipcMode = n.ipc().isEmpty() ? "private" : n.ipc();
        h.utsMode = n.uts();
        h.usernsMode = n.userns();
        h.cgroup = n.cgroup();
    }

    private static void resources(HostConfig h, ResourceConfig r) {
        h.memory = r.memoryBytes();
        h.memorySwap = r.memorySwapBytes();
        h.memoryReservation = r.memoryReservationBytes();
        h.memorySwappiness = r.memorySwappiness();
        h.oomKillDisable = r.oomKillDisable();
        h.oomScoreAdj = r.oomScoreAdj();
        h.nanoCpus = r.nanoCpus();
        h.cpuShares = r.cpuShares();
        h.cpuPeriod = r.cpuPeriodMicros();
        h.cpuQuota = r.cpuQuotaMicros();
        h.cpuRealtimePeriod = r.cpuRealtimePeriodMicros();
        h.cpuRealtimeRuntime = r.cpuRealtimeRuntimeMicros();
        h.cpusetCpus = r.cpusetCpus();
        h.cpusetMems = r.cpusetMems();
        h.cpuCount = 0L;
        h.cpuPercent = 0L;
        h.ioMaximumIOps = 0L;
        h.ioMaximumBandwidth = 0L;
        h.pidsLimit = r.pidsLimit();
        h.cgroupParent = r.cgroupParent();
        h.sysctls = nullIfEmpty(r.sysctls());
        h.ulimits =
                r.ulimits().stream().map(u -> new Ulimit(u.name(), u.hard(), u.soft())).toList();
    }

    private static void devices(HostConfig h, ResourceConfig r) {
        h.blkioWeight = r.blkioWeight();
        h.blkioWeightDevice =
                r.blkioWeightDevice().stream()
                        .map(d -> new WeightDevice(d.path(), d.weight()))
                        .toList();
        h.blkioDeviceReadBps = throttle(r.blkioDeviceReadBps());
        h.blkioDeviceWriteBps = throttle(r.blkioDeviceWriteBps());
        h.blkioDeviceReadIOps = throttle(r.blkioDeviceReadIops());
        h.blkioDeviceWriteIOps = throttle(r.blkioDeviceWriteIops());
        h.devices =
                r.devices().stream()
                        .map(d ->
                                new DeviceMapping(
                                        d.pathOnHost(), d.pathInContainer(), d.permissions()))
                        .toList();
        h.deviceCgroupRules = nullIfEmpty(r.deviceCgroupRules());
        h.deviceRequests =
                r.deviceRequests().stream()
                        .map(d ->
                                new DeviceRequest(
                                        d.driver(),
                                        d.count(),
                                        nullIfEmpty(d.deviceIds()),
                                        nullIfEmpty(d.capabilities()),
                                        d.driver().equals("cdi")
                                                ? nullIfEmpty(d.options())
                                                : d.options()))
                        .toList();
    }

    private static List<ThrottleDevice> throttle(List<ResourceConfig.ThrottleDevice> devices) {
        return devices.stream().map(d -> new ThrottleDevice(d.path(), d.rate())).toList();
    }
}
