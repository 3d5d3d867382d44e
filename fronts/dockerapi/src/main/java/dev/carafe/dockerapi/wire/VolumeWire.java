package dev.carafe.dockerapi.wire;

import static dev.carafe.dockerapi.wire.Wire.nullIfEmpty;

import dev.carafe.dockermodel.Volume;
import dev.carafe.dockermodel.VolumeUsage;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Volumes as the API shows them.
public final class VolumeWire {
    private static final String ANONYMOUS = "com.docker.volume.anonymous";

    private VolumeWire() {}

    /// @param data where its data lies on the host
    public static Volume write(dev.carafe.engine.volumes.Volume v, Path data) {
        return write(v, data, null);
    }

    /// As `GET /system/df` shows it.
    ///
    /// @param bytes -1 when unknown
    public static Volume measured(
            dev.carafe.engine.volumes.Volume v, Path data, int users, long bytes) {
        return write(v, data, new VolumeUsage(users, bytes));
    }

    private static Volume write(
            dev.carafe.engine.volumes.Volume v, Path data, @Nullable VolumeUsage usage) {
        Map<String, String> labels = new LinkedHashMap<>(v.labels());
        if (v.anonymous()) {
            labels.putIfAbsent(ANONYMOUS, "");
        }
        return new Volume(
                Times.nano(v.created().truncatedTo(ChronoUnit.SECONDS)),
                v.driver(),
                nullIfEmpty(labels),
                data.toString(),
                v.name(),
                nullIfEmpty(v.options()),
                "local",
                null,
                usage);
    }
}
