package dev.carafe.dockermodel;

import io.avaje.jsonb.Json;
import java.util.List;

/// Answer of `POST /carafe/fsck`, which is no request of docker's.
@Json(caseInsensitiveKeys = true)
public record StoreCheck(
        @Json.Property("Clean") boolean clean,
        @Json.Property("Images") int images,
        @Json.Property("Layers") int layers,
        @Json.Property("Blobs") int blobs,
        @Json.Property("Faults") List<Fault> faults) {

    /// @param repaired whether it is mended now
    @Json(caseInsensitiveKeys = true)
    public record Fault(
            @Json.Property("Subject") String subject,
            @Json.Property("Text") String text,
            @Json.Property("Repaired") boolean repaired) {}
}
