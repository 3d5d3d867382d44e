package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Block I/O; part of {@link StatsResponse}. Null (written as such) is what the kernel does not
/// count.
@Json(caseInsensitiveKeys = true)
public record StatsBlkio(
        @Json.Property("io_service_bytes_recursive") @Json.Serializer(BlkioOrNull.class)
                @Nullable List<StatsBlkioEntry> ioServiceBytesRecursive,
        @Json.Property("io_serviced_recursive") @Json.Serializer(BlkioOrNull.class)
                @Nullable List<StatsBlkioEntry> ioServicedRecursive,
        @Json.Property("io_queue_recursive") @Json.Serializer(BlkioOrNull.class)
                @Nullable List<StatsBlkioEntry> ioQueueRecursive,
        @Json.Property("io_service_time_recursive") @Json.Serializer(BlkioOrNull.class)
                @Nullable List<StatsBlkioEntry> ioServiceTimeRecursive,
        @Json.Property("io_wait_time_recursive") @Json.Serializer(BlkioOrNull.class)
                @Nullable List<StatsBlkioEntry> ioWaitTimeRecursive,
        @Json.Property("io_merged_recursive") @Json.Serializer(BlkioOrNull.class)
                @Nullable List<StatsBlkioEntry> ioMergedRecursive,
        @Json.Property("io_time_recursive") @Json.Serializer(BlkioOrNull.class)
                @Nullable List<StatsBlkioEntry> ioTimeRecursive,
        @Json.Property("sectors_recursive") @Json.Serializer(BlkioOrNull.class)
                @Nullable List<StatsBlkioEntry> sectorsRecursive) {}
