package dev.carafe.engine.events;

import java.time.Instant;
import java.util.Map;

/// Something that happened.
///
/// @param type `container`, `image`, `network`, `volume`
/// @param action `create`, `start`, `die`, `exec_start: ls -l`, ...
/// @param attributes image, name and labels of a container, and what the action adds, in order
public record Event(
        String type, String action, String actorId, Map<String, String> attributes, Instant time) {}
