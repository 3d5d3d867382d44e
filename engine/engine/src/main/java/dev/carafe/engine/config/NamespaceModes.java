package dev.carafe.engine.config;

import io.avaje.jsonb.Json;

/// Which namespaces a container shares. Empty means the default.
///
/// @param cgroupns `private` or `host`
/// @param pid `host` or `container:<ref>`
/// @param ipc `none`, `private`, `shareable`, `host`, `container:<ref>`
/// @param uts `host`
/// @param userns `host`
/// @param cgroup kept for the wire only
@Json
public record NamespaceModes(
        String cgroupns, String pid, String ipc, String uts, String userns, String cgroup) {
    public static NamespaceModes defaults() {
        return new NamespaceModes("", "", "", "", "", "");
    }

    public NamespaceModes joining(String pid, String ipc) {
        return new NamespaceModes(cgroupns, pid, ipc, uts, userns, cgroup);
    }

    public NamespaceModes with(String ipc, String cgroupns) {
        return new NamespaceModes(cgroupns, pid, ipc, uts, userns, cgroup);
    }
}
