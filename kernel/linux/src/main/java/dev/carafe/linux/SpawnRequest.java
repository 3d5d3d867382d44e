package dev.carafe.linux;

import java.util.List;
import java.util.Map;

/// What {@link Processes#spawn} starts.
///
/// @param path the executable; {@link Fd#procPath} works for an ELF file behind a descriptor
/// @param arguments argv, with argv[0]
/// @param environment `NAME=value` each; nothing is inherited
/// @param descriptors number in the child -> open descriptor here; take care that no source number
///   is also a target (move sources to 64 and up with {@link Fd#moveAbove}). 0, 1 and 2 are
///   inherited where not given, other numbers below 64 are closed; from there on close-on-exec
///   decides, and java.io does not set it: a child that cares calls close_range first
/// @param newSession whether the child leads a new session (no controlling terminal)
public record SpawnRequest(
        String path,
        List<String> arguments,
        List<String> environment,
        Map<Integer, Fd> descriptors,
        boolean newSession) {
    /// The first number that is not closed for the child.
    static final int FIRST_INHERITED = 64;

    public SpawnRequest {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        descriptors = Map.copyOf(descriptors);
    }
}
