package dev.carafe.engine.config;

import io.avaje.jsonb.Json;
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
public record StorageConfig(
        List<String> binds,
        List<MountRequest> mounts,
        Map<String, String> tmpfs,
        List<String> volumesFrom,
        String volumeDriver,
        long shmSizeBytes,
        Map<String, String> storageOptions) {

    public static StorageConfig none() {
        return new StorageConfig(List.of(), List.of(), Map.of(), List.of(), "", 0, Map.of());
    }

    public StorageConfig withBinds(List<String> binds) {
        return new StorageConfig(
                binds, mounts, tmpfs, volumesFrom, volumeDriver, shmSizeBytes, storageOptions);
    }

    public StorageConfig withMounts(List<MountRequest> mounts) {
        return new StorageConfig(
                binds, mounts, tmpfs, volumesFrom, volumeDriver, shmSizeBytes, storageOptions);
    }

    public StorageConfig withTmpfs(Map<String, String> tmpfs) {
        return new StorageConfig(
                binds, mounts, tmpfs, volumesFrom, volumeDriver, shmSizeBytes, storageOptions);
    }

    public StorageConfig withShmSize(long shmSizeBytes) {
        return new StorageConfig(
                binds, mounts, tmpfs, volumesFrom, volumeDriver, shmSizeBytes, storageOptions);
    }
}
