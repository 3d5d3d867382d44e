package dev.carafe.engine.logs;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a log driver may know about the container whose output it keeps.
///
/// @param folder of the container: files of the log lie in it
/// @param command the program and its arguments
/// @param env `K=V`
public record LogSubject(
        Path folder,
        String id,
        String name,
        String image,
        String imageId,
        List<String> command,
        Instant created,
        Map<String, String> labels,
        List<String> env) {}
