package dev.carafe.oci.runtime;

import io.avaje.jsonb.Json;
import java.util.List;

/// What a runtime can do (runtime-spec features.md).
@Json
public record Features(
        String ociVersionMin,
        String ociVersionMax,
        List<String> hooks,
        List<String> mountOptions,
        LinuxFeatures linux) {
    @Json
    public record LinuxFeatures(
            List<String> namespaces,
            List<String> capabilities,
            CgroupFeatures cgroup,
            SeccompFeatures seccomp) {}

    @Json
    public record CgroupFeatures(
            boolean v1, boolean v2, boolean systemd, boolean systemdUser, boolean rdma) {}

    @Json
    public record SeccompFeatures(
            boolean enabled,
            List<String> actions,
            List<String> operators,
            List<String> archs,
            List<String> knownFlags) {}
}
