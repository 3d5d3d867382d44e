package dev.carafe.engine;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotImplemented;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.linux.ProcFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What a create request may say of its writable layer's size: nothing yet. Who could have it with
/// Docker on this file system is told that it is missing here; everybody else what it would take.
final class StorageChecks {
    private static final Set<String> QUOTAS = Set.of("pquota", "prjquota");

    private StorageChecks() {}

    /// @param data the engine's folder
    /// @throws InvalidArgument with Docker's sentence
    /// @throws NotImplemented on a file system with project quotas
    static void check(HostConfig host, Path data) {
        if (host.storage().storageOptions().isEmpty()) {
            return;
        }
        if (hasQuotas(ProcFiles.read("/proc/self/mounts").lines().toList(), data)) {
            throw new NotImplemented(
                    "the size of a container's writable layer can't be bounded yet: leave out"
                            + " --storage-opt");
        }
        throw new InvalidArgument(
                "--storage-opt is supported only for overlay over xfs with 'pquota' mount option");
    }

    /// @param mounts lines of proc_pid_mounts(5)
    static boolean hasQuotas(List<String> mounts, Path path) {
        Path longest = null;
        boolean quotas = false;
        for (String line : mounts) {
            String[] fields = line.split(" ");
            Path at = Path.of(fields[1].replace("\\040", " "));
            // the last of those at one place is what shows
            if (path.startsWith(at)
                    && (longest == null || at.getNameCount() >= longest.getNameCount())) {
                longest = at;
                quotas = List.of(fields[3].split(",")).stream().anyMatch(QUOTAS::contains);
            }
        }
        return quotas;
    }
}
