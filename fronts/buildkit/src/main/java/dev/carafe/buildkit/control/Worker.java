package dev.carafe.buildkit.control;

import dev.carafe.buildkit.wire.common.ApiCap;
import dev.carafe.buildkit.wire.common.BuildkitVersion;
import dev.carafe.buildkit.wire.common.GcPolicy;
import dev.carafe.buildkit.wire.common.WorkerRecord;
import dev.carafe.oci.Platform;
import java.util.List;
import java.util.stream.Stream;

/// What we say of ourselves: clients choose by it what they ask for.
final class Worker {
    /// The release of BuildKit whose behaviour is followed; clients compare it.
    private static final String VERSION = "v0.25.1";

    private static final List<String> GATEWAY =
            List.of(
                    "solve.base",
                    "readfile",
                    "readdir",
                    "statfile",
                    "return",
                    "returnmap",
                    "importcaches",
                    "proto.refarray",
                    "reference.output",
                    "frontend.inputs",
                    "gateway.solve.metadata",
                    "frontend.caps",
                    "gateway.solve.evaluate",
                    "gateway.evaluate",
                    "gateway.warnings");

    private static final List<String> BUILD =
            List.of(
                    "source.image",
                    "source.image.resolvemode",
                    "source.local",
                    "source.local.unique",
                    "source.local.sessionid",
                    "source.local.includepatterns",
                    "source.local.followpaths",
                    "source.local.excludepatterns",
                    "source.local.sharedkeyhint",
                    "source.http",
                    "source.http.checksum",
                    "exec.meta.base",
                    "exec.meta.cgroup.parent",
                    "exec.meta.network",
                    "exec.meta.proxyenv",
                    "exec.meta.ulimit",
                    "exec.meta.setsdefaultpath",
                    "exec.mount.bind",
                    "exec.mount.cache",
                    "exec.mount.cache.sharing",
                    "exec.mount.selector",
                    "exec.mount.tmpfs",
                    "exec.mount.tmpfs.size",
                    "exec.mount.secret",
                    "exec.mount.ssh",
                    "file.base",
                    "constraints",
                    "platform",
                    "meta.ignorecache",
                    "meta.description",
                    "meta.exportcache",
                    "exporter.image.attestations",
                    "exporter.sourcedateepoch",
                    "exporter.multiple",
                    "gc.freespacefilter");

    private final String id;

    /// @param id of this daemon
    Worker(String id) {
        this.id = id;
    }

    WorkerRecord record() {
        Platform host = Platform.host();
        return WorkerRecord.newBuilder()
                .setId(id)
                .putLabels("org.mobyproject.buildkit.worker.executor", "carafe")
                .putLabels("org.mobyproject.buildkit.worker.snapshotter", "overlayfs")
                .putLabels("org.mobyproject.buildkit.worker.hostname", "carafe")
                .addPlatforms(
                        dev.carafe.buildkit.wire.common.Platform.newBuilder()
                                .setOs(host.os())
                                .setArchitecture(host.architecture()))
                .addGcPolicy(GcPolicy.newBuilder().setAll(true).setMaxUsedSpace(20L << 30))
                .setBuildkitVersion(version())
                .build();
    }

    BuildkitVersion version() {
        return BuildkitVersion.newBuilder()
                .setPackage("github.com/moby/buildkit")
                .setVersion(VERSION)
                .build();
    }

    static List<ApiCap> gatewayCaps() {
        return caps(GATEWAY);
    }

    static List<ApiCap> buildCaps() {
        return caps(BUILD);
    }

    private static List<ApiCap> caps(List<String> ids) {
        Stream<ApiCap> caps =
                ids.stream().map(id -> ApiCap.newBuilder().setId(id).setEnabled(true).build());
        return caps.toList();
    }
}
