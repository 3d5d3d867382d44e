package dev.carafe.engine.volumes;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.Map;

/// A named place for data that outlives containers.
///
/// @param driver always `local`
/// @param options of the driver, as asked
/// @param anonymous its name is random: made for a container that named none
@Json
public record Volume(
        String name,
        String driver,
        Instant created,
        Map<String, String> labels,
        Map<String, String> options,
        boolean anonymous) {}
