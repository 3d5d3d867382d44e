package dev.carafe.build.steps;

import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig;
import dev.carafe.snapshots.ChainId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A RUN step's container.
///
/// @param image the id of the state that it runs on; no image needs to have it
/// @param config the state's configuration: user, working directory, labels
/// @param layers of the root, lowest first
/// @param command the whole command line
/// @param env `NAME=value`, all of it
/// @param secretEnv further variables, `NAME=value`, that must be written nowhere
/// @param network `default`, `none`, `host`, or a network's name
/// @param hostname of its machine; empty for its own
/// @param mounts what else it sees
public record StepSpec(
        Digest image,
        ImageConfig config,
        List<ChainId> layers,
        List<String> command,
        List<String> env,
        List<String> secretEnv,
        String network,
        String hostname,
        StepLimits limits,
        List<StepMount> mounts) {
    public StepSpec {
        layers = List.copyOf(layers);
        command = List.copyOf(command);
        env = List.copyOf(env);
        secretEnv = List.copyOf(secretEnv);
        mounts = List.copyOf(mounts);
    }

    /// A mount of a step.
    ///
    /// @param source path on this host; null for a tmpfs
    /// @param sizeBytes of a tmpfs, 0 for no limit
    public record StepMount(
            @Nullable String source, String target, boolean readOnly, long sizeBytes) {}

    /// What `docker build` limits RUN steps to; 0 and empty mean no limit.
    public record StepLimits(
            long memoryBytes,
            long memorySwapBytes,
            long cpuShares,
            long cpuPeriodMicros,
            long cpuQuotaMicros,
            String cpusetCpus,
            String cpusetMems,
            String cgroupParent,
            long shmSizeBytes,
            List<Ulimit> ulimits,
            List<String> extraHosts,
            List<String> securityOptions) {
        public static final StepLimits NONE =
                new StepLimits(0, 0, 0, 0, 0, "", "", "", 0, List.of(), List.of(), List.of());
    }

    public record Ulimit(String name, long soft, long hard) {}

    /// The variables by their names.
    public static Map<String, String> byName(List<String> env) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String line : env) {
            int equals = line.indexOf('=');
            byName.put(
                    equals < 0 ? line : line.substring(0, equals),
                    equals < 0 ? "" : line.substring(equals + 1));
        }
        return byName;
    }
}
