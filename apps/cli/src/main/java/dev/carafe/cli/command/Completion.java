package dev.carafe.cli.command;

/// What kind of word completion offers.
enum Completion {
    NOTHING,
    FILES,
    /// Those that there are completion scripts for.
    SHELLS,
    CONTAINERS,
    RUNNING,
    STOPPED,
    /// `CONTAINER:` and files of this machine.
    CONTAINER_FILES,
    IMAGES,
    NETWORKS,
    VOLUMES,
    CONTEXTS,
    /// Containers, images, networks and volumes.
    OBJECTS
}
