package dev.carafe.cli.command;

/// What kind of word completion offers.
enum Completion {
    NOTHING,
    FILES,
    CONTAINERS,
    RUNNING,
    STOPPED,
    IMAGES,
    NETWORKS,
    VOLUMES,
    CONTEXTS,
    /// Containers, images, networks and volumes.
    OBJECTS
}
