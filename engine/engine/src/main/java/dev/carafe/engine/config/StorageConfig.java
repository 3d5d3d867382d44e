package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/// What is mounted into a container besides its root.
///
/// @param binds `source:target[:options]`, source a host path or a volume's name
/// @param tmpfs path in the container -> mount options
/// @param volumesFrom `container[:ro|:rw]`
/// @param volumeDriver empty: local
/// @param shmSizeBytes of /dev/shm; 0: 64 MiB
/// @param storageOptions `size` and such, of the writable layer
@Json
@RecordBuilder
public record StorageConfig(
        List<String> binds,
        List<MountRequest> mounts,
        Map<String, String> tmpfs,
        List<String> volumesFrom,
        String volumeDriver,
        long shmSizeBytes,
        Map<String, String> storageOptions)
        implements StorageConfigBuilder.With {

    public static StorageConfig none() {
        return new StorageConfig(List.of(), List.of(), Map.of(), List.of(), "", 0, Map.of());
    }
}
