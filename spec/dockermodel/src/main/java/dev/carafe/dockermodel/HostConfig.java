package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of a container's configuration that depends on the host. See {@link ContainerConfig}
/// for nulls.
@Json(caseInsensitiveKeys = true)
public final class HostConfig {
    /// src:dst[:options]
    @Json.Serializer(StringsOrNull.class)
    @Json.Property("Binds")
    public @Nullable List<String> binds;

    @Json.Property("ContainerIDFile")
    public @Nullable String containerIdFile;

    @Json.Property("LogConfig")
    public @Nullable LogConfig logConfig;

    @Json.Property("NetworkMode")
    public @Nullable String networkMode;

    /// keys like `80/tcp`
    @Json.Property("PortBindings")
    public @Nullable Map<String, List<PortBinding>> portBindings;

    /// Ports to publish as well; of an update, an extension
    @Json.Property("PublishAdd")
    public @Nullable Map<String, List<PortBinding>> publishAdd;

    /// Ports to publish no longer; of an update, an extension
    @Json.Property("PublishRm")
    public @Nullable Map<String, List<PortBinding>> publishRm;

    @Json.Property("RestartPolicy")
    public @Nullable RestartPolicy restartPolicy;

    @Json.Property("AutoRemove")
    public @Nullable Boolean autoRemove;

    @Json.Property("VolumeDriver")
    public @Nullable String volumeDriver;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("VolumesFrom")
    public @Nullable List<String> volumesFrom;

    /// height, width
    @Json.Property("ConsoleSize")
    public @Nullable List<Integer> consoleSize;

    @Json.Property("Annotations")
    public @Nullable Map<String, String> annotations;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("CapAdd")
    public @Nullable List<String> capAdd;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("CapDrop")
    public @Nullable List<String> capDrop;

    @Json.Property("CgroupnsMode")
    public @Nullable String cgroupnsMode;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("Dns")
    public @Nullable List<String> dns;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("DnsOptions")
    public @Nullable List<String> dnsOptions;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("DnsSearch")
    public @Nullable List<String> dnsSearch;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("ExtraHosts")
    public @Nullable List<String> extraHosts;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("GroupAdd")
    public @Nullable List<String> groupAdd;

    @Json.Property("IpcMode")
    public @Nullable String ipcMode;

    @Json.Property("Cgroup")
    public @Nullable String cgroup;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("Links")
    public @Nullable List<String> links;

    @Json.Property("OomScoreAdj")
    public @Nullable Integer oomScoreAdj;

    @Json.Property("PidMode")
    public @Nullable String pidMode;

    @Json.Property("Privileged")
    public @Nullable Boolean privileged;

    @Json.Property("PublishAllPorts")
    public @Nullable Boolean publishAllPorts;

    @Json.Property("ReadonlyRootfs")
    public @Nullable Boolean readonlyRootfs;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("SecurityOpt")
    public @Nullable List<String> securityOpt;

    @Json.Property("StorageOpt")
    public @Nullable Map<String, String> storageOpt;

    @Json.Property("Tmpfs")
    public @Nullable Map<String, String> tmpfs;

    @Json.Property("UTSMode")
    public @Nullable String utsMode;

    @Json.Property("UsernsMode")
    public @Nullable String usernsMode;

    /// bytes
    @Json.Property("ShmSize")
    public @Nullable Long shmSize;

    @Json.Property("Sysctls")
    public @Nullable Map<String, String> sysctls;

    @Json.Property("Runtime")
    public @Nullable String runtime;

    @Json.Property("Isolation")
    public @Nullable String isolation;

    @Json.Property("CpuShares")
    public @Nullable Long cpuShares;

    /// bytes
    @Json.Property("Memory")
    public @Nullable Long memory;

    /// billionths of a CPU
    @Json.Property("NanoCpus")
    public @Nullable Long nanoCpus;

    @Json.Property("CgroupParent")
    public @Nullable String cgroupParent;

    @Json.Property("BlkioWeight")
    public @Nullable Integer blkioWeight;

    @Json.Property("BlkioWeightDevice")
    public @Nullable List<WeightDevice> blkioWeightDevice;

    @Json.Property("BlkioDeviceReadBps")
    public @Nullable List<ThrottleDevice> blkioDeviceReadBps;

    @Json.Property("BlkioDeviceWriteBps")
    public @Nullable List<ThrottleDevice> blkioDeviceWriteBps;

    @Json.Property("BlkioDeviceReadIOps")
    public @Nullable List<ThrottleDevice> blkioDeviceReadIOps;

    @Json.Property("BlkioDeviceWriteIOps")
    public @Nullable List<ThrottleDevice> blkioDeviceWriteIOps;

    @Json.Property("CpuPeriod")
    public @Nullable Long cpuPeriod;

    @Json.Property("CpuQuota")
    public @Nullable Long cpuQuota;

    @Json.Property("CpuRealtimePeriod")
    public @Nullable Long cpuRealtimePeriod;

    @Json.Property("CpuRealtimeRuntime")
    public @Nullable Long cpuRealtimeRuntime;

    @Json.Property("CpusetCpus")
    public @Nullable String cpusetCpus;

    @Json.Property("CpusetMems")
    public @Nullable String cpusetMems;

    @Json.Property("Devices")
    public @Nullable List<DeviceMapping> devices;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("DeviceCgroupRules")
    public @Nullable List<String> deviceCgroupRules;

    @Json.Property("DeviceRequests")
    public @Nullable List<DeviceRequest> deviceRequests;

    @Json.Property("KernelMemory")
    public @Nullable Long kernelMemory;

    @Json.Property("KernelMemoryTCP")
    public @Nullable Long kernelMemoryTCP;

    @Json.Property("MemoryReservation")
    public @Nullable Long memoryReservation;

    /// bytes, memory and swap together; -1 = no limit
    @Json.Property("MemorySwap")
    public @Nullable Long memorySwap;

    @Json.Serializer(LongOrNull.class)
    @Json.Property("MemorySwappiness")
    public @Nullable Long memorySwappiness;

    @Json.Serializer(BooleanOrNull.class)
    @Json.Property("OomKillDisable")
    public @Nullable Boolean oomKillDisable;

    @Json.Serializer(LongOrNull.class)
    @Json.Property("PidsLimit")
    public @Nullable Long pidsLimit;

    @Json.Property("Ulimits")
    public @Nullable List<Ulimit> ulimits;

    @Json.Property("CpuCount")
    public @Nullable Long cpuCount;

    @Json.Property("CpuPercent")
    public @Nullable Long cpuPercent;

    @Json.Property("IOMaximumIOps")
    public @Nullable Long ioMaximumIOps;

    @Json.Property("IOMaximumBandwidth")
    public @Nullable Long ioMaximumBandwidth;

    @Json.Property("Mounts")
    public @Nullable List<Mount> mounts;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("MaskedPaths")
    public @Nullable List<String> maskedPaths;

    @Json.Serializer(StringsOrNull.class)
    @Json.Property("ReadonlyPaths")
    public @Nullable List<String> readonlyPaths;

    @Json.Property("Init")
    public @Nullable Boolean init;
}
