package dev.carafe.engine;

import java.nio.file.Path;

/// Where an engine keeps its things.
///
/// @param dataRoot state that must survive: containers, images, volumes
/// @param execRoot what a reboot may take: pids, exit statuses
/// @param cgroupParent cgroup under which containers are made, `/docker`
public record EngineOptions(Path dataRoot, Path execRoot, String cgroupParent) {
    public static EngineOptions at(Path dataRoot, Path execRoot) {
        return new EngineOptions(dataRoot, execRoot, "/docker");
    }
}
