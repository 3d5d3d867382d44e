package dev.carafe.dockerapi.routes;

import dev.carafe.dockerapi.config.ApiOptions;
import dev.carafe.dockerapi.http.ApiVersion;
import dev.carafe.dockerapi.wire.Times;
import dev.carafe.dockermodel.CommitInfo;
import dev.carafe.dockermodel.DiscoveredDevice;
import dev.carafe.dockermodel.FirewallInfo;
import dev.carafe.dockermodel.IndexConfig;
import dev.carafe.dockermodel.Info;
import dev.carafe.dockermodel.PluginsInfo;
import dev.carafe.dockermodel.RegistryConfig;
import dev.carafe.dockermodel.RuntimeInfo;
import dev.carafe.dockermodel.SwarmInfo;
import dev.carafe.engine.Engine;
import dev.carafe.engine.EngineInfo;
import dev.carafe.engine.cdi.CdiDevices;
import dev.carafe.engine.logs.LogDrivers;
import dev.carafe.runtime.ExternalRuntime;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes the answer of `GET /info`.
final class InfoAnswer {
    private static final String HUB = "docker.io";

    private final Engine engine;
    private final ApiOptions options;

    InfoAnswer(Engine engine, ApiOptions options) {
        this.engine = engine;
        this.options = options;
    }

    Info get(ApiVersion version) {
        EngineInfo.Facts facts = engine.engineInfo().facts();
        Info info = new Info();
        counts(info, engine.engineInfo().counts());
        info.id = facts.id();
        info.driver = facts.storageDriver();
        info.driverStatus =
                List.of(List.of("Userxattr", "false"), List.of("Native Overlay Diff", "true"));
        info.dockerRootDir = facts.dataRoot().toString();
        info.plugins = plugins();
        info.loggingDriver = facts.logDriver();
        limits(info, facts);
        machine(info);
        daemon(info, version);
        return info;
    }

    private static void counts(Info info, EngineInfo.Counts counts) {
        info.containers = counts.containers();
        info.containersRunning = counts.running();
        info.containersPaused = counts.paused();
        info.containersStopped = counts.stopped();
        info.images = counts.images();
    }

    private static PluginsInfo plugins() {
        return new PluginsInfo(
                List.of("local"),
                List.of("bridge", "host", "ipvlan", "macvlan", "null"),
                null,
                LogDrivers.NAMES);
    }

    private static void limits(Info info, EngineInfo.Facts facts) {
        int v = facts.cgroupVersion();
        info.cgroupDriver = "cgroupfs";
        info.cgroupVersion = Integer.toString(v);
        info.memoryLimit = HostFacts.controller(v, "memory");
        info.swapLimit = HostFacts.swapLimit(v);
        info.cpuCfsPeriod = HostFacts.cpuQuota(v);
        info.cpuCfsQuota = info.cpuCfsPeriod;
        info.cpuShares = HostFacts.controller(v, "cpu");
        info.cpuSet = HostFacts.controller(v, "cpuset");
        info.pidsLimit = HostFacts.controller(v, "pids");
        info.oomKillDisable = v == 1 && info.memoryLimit;
        List<String> security = new ArrayList<>();
        if (facts.seccomp()) {
            security.add("name=seccomp,profile=builtin");
        }
        if (facts.userns()) {
            security.add("name=userns");
        }
        security.add("name=cgroupns");
        info.securityOptions = security;
    }

    private static void machine(Info info) {
        info.ipv4Forwarding = HostFacts.ipv4Forwarding();
        info.nFd = HostFacts.openFiles();
        info.nGoroutines = HostFacts.threads();
        info.systemTime = Times.nano(Instant.now());
        info.kernelVersion = HostFacts.kernelVersion();
        info.operatingSystem = HostFacts.osRelease("PRETTY_NAME");
        info.osVersion = HostFacts.osRelease("VERSION_ID");
        info.osType = "linux";
        info.architecture = HostFacts.machine();
        info.ncpu = Runtime.getRuntime().availableProcessors();
        info.memTotal = HostFacts.memoryBytes();
        info.name = HostFacts.hostname();
    }

    private void daemon(Info info, ApiVersion version) {
        ApiOptions.Live live = options.live().get();
        info.serverVersion = options.serverVersion();
        info.debug = live.debug();
        info.labels = live.labels();
        info.httpProxy = live.proxies().getOrDefault("HttpProxy", "");
        info.httpsProxy = live.proxies().getOrDefault("HttpsProxy", "");
        info.noProxy = live.proxies().getOrDefault("NoProxy", "");
        info.warnings = live.warnings().isEmpty() ? null : live.warnings();
        info.indexServerAddress = "https://index.docker.io/v1/";
        info.registryConfig = registries(live);
        info.runtimes = runtimes();
        info.defaultRuntime = engine.engineInfo().runtimes().byDefault();
        info.swarm = new SwarmInfo("", "", "inactive", false, "", null);
        info.liveRestoreEnabled = true;
        info.isolation = "";
        info.initBinary = "docker-init";
        CommitInfo none = new CommitInfo("", version.before(49) ? "" : null);
        info.containerdCommit = none;
        info.runcCommit = none;
        info.initCommit = none;
        info.executionDriver = version.before(25) ? "<not supported>" : null;
        if (version.before(50)) {
            // nothing here needs the module, and dockerd 28 does not look any more
            info.bridgeNfIptables = false;
            info.bridgeNfIp6tables = false;
        }
        info.firewallBackend = version.atLeast(49) ? new FirewallInfo("nftables", null) : null;
        devices(info, version);
    }

    private void devices(Info info, ApiVersion version) {
        CdiDevices cdi = engine.engineInfo().cdi();
        info.cdiSpecDirs = cdi.folders().stream().map(Path::toString).toList();
        if (!version.atLeast(50)) {
            return;
        }
        CdiDevices.Found found = cdi.list();
        List<DiscoveredDevice> devices =
                found.devices().keySet().stream()
                        .map(name -> new DiscoveredDevice("cdi", name))
                        .toList();
        info.discoveredDevices = devices.isEmpty() ? null : devices;
        if (!found.problems().isEmpty()) {
            List<String> warnings =
                    new ArrayList<>(info.warnings == null ? List.of() : info.warnings);
            warnings.addAll(found.problems());
            info.warnings = warnings;
        }
    }

    private Map<String, RuntimeInfo> runtimes() {
        Map<String, RuntimeInfo> runtimes = new TreeMap<>();
        engine.engineInfo()
                .runtimes()
                .external()
                .forEach((name, runtime) -> runtimes.put(name, external(runtime)));
        runtimes.put("io.containerd.runc.v2", new RuntimeInfo("runc", null, null));
        runtimes.put("runc", new RuntimeInfo("runc", null, null));
        return runtimes;
    }

    private static RuntimeInfo external(ExternalRuntime runtime) {
        List<String> arguments = runtime.arguments();
        return new RuntimeInfo(runtime.path(), arguments.isEmpty() ? null : arguments, null);
    }

    /// Those of other registries have no place in docker's answer.
    private static List<String> hubMirrors(ApiOptions.Live live) {
        return live.registryMirrors().stream()
                .filter(m -> m.indexOf('=') < 0)
                .map(m -> m.endsWith("/") ? m : m + "/")
                .toList();
    }

    private static RegistryConfig registries(ApiOptions.Live live) {
        Map<String, IndexConfig> indexes = new LinkedHashMap<>();
        indexes.put(HUB, new IndexConfig(HUB, hubMirrors(live), true, true));
        List<String> ranges = new ArrayList<>(List.of("::1/128", "127.0.0.0/8"));
        for (String registry : live.insecureRegistries()) {
            if (registry.indexOf('/') > 0) {
                ranges.add(registry);
            } else {
                indexes.put(registry, new IndexConfig(registry, List.of(), false, false));
            }
        }
        return new RegistryConfig(List.of(), List.of(), ranges, indexes, hubMirrors(live));
    }
}
