package dev.carafe.engine.events;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.Map;

/// Something that happened. One line of the journal is such a record as JSON.
///
/// @param type `container`, `image`, `network`, `volume`, `daemon`
/// @param action `create`, `start`, `die`, `exec_start: ls -l`, ...
/// @param attributes image, name and labels of a container, and what the action adds, in order
@Json
public record Event(
        String type, String action, String actorId, Map<String, String> attributes, Instant time) {
    Event at(Instant when) {
        return new Event(type, action, actorId, attributes, when);
    }
}
