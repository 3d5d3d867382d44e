package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Engine API `GET /info`. A mutable class: the daemon fills it from many places.
@Json(caseInsensitiveKeys = true)
public final class Info {
    @Json.Property("ID")
    public @Nullable String id;

    @Json.Property("Containers")
    public int containers;

    @Json.Property("ContainersRunning")
    public int containersRunning;

    @Json.Property("ContainersPaused")
    public int containersPaused;

    @Json.Property("ContainersStopped")
    public int containersStopped;

    @Json.Property("Images")
    public int images;

    @Json.Property("Driver")
    public @Nullable String driver;

    /// pairs of name and value
    @Json.Property("DriverStatus")
    public @Nullable List<List<String>> driverStatus;

    @Json.Property("Plugins")
    public @Nullable PluginsInfo plugins;

    @Json.Property("MemoryLimit")
    public boolean memoryLimit;

    @Json.Property("SwapLimit")
    public boolean swapLimit;

    @Json.Property("CpuCfsPeriod")
    public boolean cpuCfsPeriod;

    @Json.Property("CpuCfsQuota")
    public boolean cpuCfsQuota;

    @Json.Property("CPUShares")
    public boolean cpuShares;

    @Json.Property("CPUSet")
    public boolean cpuSet;

    @Json.Property("PidsLimit")
    public boolean pidsLimit;

    @Json.Property("IPv4Forwarding")
    public boolean ipv4Forwarding;

    /// until API 1.24
    @Json.Property("ExecutionDriver")
    public @Nullable String executionDriver;

    /// until API 1.49
    @Json.Property("BridgeNfIptables")
    public @Nullable Boolean bridgeNfIptables;

    /// until API 1.49
    @Json.Property("BridgeNfIp6tables")
    public @Nullable Boolean bridgeNfIp6tables;

    @Json.Property("Debug")
    public boolean debug;

    @Json.Property("NFd")
    public int nFd;

    @Json.Property("OomKillDisable")
    public boolean oomKillDisable;

    /// threads, in our case
    @Json.Property("NGoroutines")
    public int nGoroutines;

    @Json.Property("SystemTime")
    public @Nullable String systemTime;

    @Json.Property("LoggingDriver")
    public @Nullable String loggingDriver;

    @Json.Property("CgroupDriver")
    public @Nullable String cgroupDriver;

    @Json.Property("CgroupVersion")
    public @Nullable String cgroupVersion;

    @Json.Property("NEventsListener")
    public int nEventsListener;

    @Json.Property("KernelVersion")
    public @Nullable String kernelVersion;

    @Json.Property("OperatingSystem")
    public @Nullable String operatingSystem;

    @Json.Property("OSVersion")
    public @Nullable String osVersion;

    @Json.Property("OSType")
    public @Nullable String osType;

    /// as uname says: x86_64, aarch64
    @Json.Property("Architecture")
    public @Nullable String architecture;

    @Json.Property("IndexServerAddress")
    public @Nullable String indexServerAddress;

    @Json.Property("RegistryConfig")
    public @Nullable RegistryConfig registryConfig;

    @Json.Property("NCPU")
    public int ncpu;

    /// bytes
    @Json.Property("MemTotal")
    public long memTotal;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("GenericResources")
    public @Nullable List<String> genericResources;

    @Json.Property("DockerRootDir")
    public @Nullable String dockerRootDir;

    @Json.Property("HttpProxy")
    public @Nullable String httpProxy;

    @Json.Property("HttpsProxy")
    public @Nullable String httpsProxy;

    @Json.Property("NoProxy")
    public @Nullable String noProxy;

    @Json.Property("Name")
    public @Nullable String name;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("Labels")
    public @Nullable List<String> labels;

    @Json.Property("ExperimentalBuild")
    public boolean experimentalBuild;

    @Json.Property("ServerVersion")
    public @Nullable String serverVersion;

    @Json.Property("Runtimes")
    public @Nullable Map<String, RuntimeInfo> runtimes;

    @Json.Property("DefaultRuntime")
    public @Nullable String defaultRuntime;

    @Json.Property("Swarm")
    public @Nullable SwarmInfo swarm;

    @Json.Property("LiveRestoreEnabled")
    public boolean liveRestoreEnabled;

    @Json.Property("Isolation")
    public @Nullable String isolation;

    @Json.Property("InitBinary")
    public @Nullable String initBinary;

    @Json.Property("ContainerdCommit")
    public @Nullable CommitInfo containerdCommit;

    @Json.Property("RuncCommit")
    public @Nullable CommitInfo runcCommit;

    @Json.Property("InitCommit")
    public @Nullable CommitInfo initCommit;

    @Json.Property("SecurityOptions")
    public @Nullable List<String> securityOptions;

    @Json.Property("ProductLicense")
    public @Nullable String productLicense;

    @Json.Property("DefaultAddressPools")
    public @Nullable List<AddressPool> defaultAddressPools;

    /// since API 1.49
    @Json.Property("FirewallBackend")
    public @Nullable FirewallInfo firewallBackend;

    @Json.Property("CDISpecDirs")
    public @Nullable List<String> cdiSpecDirs;

    /// since API 1.50
    @Json.Property("DiscoveredDevices")
    public @Nullable List<DiscoveredDevice> discoveredDevices;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("Warnings")
    public @Nullable List<String> warnings;
}
