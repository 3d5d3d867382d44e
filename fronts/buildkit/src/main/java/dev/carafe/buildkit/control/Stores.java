package dev.carafe.buildkit.control;

import dev.carafe.images.ImageStore;
import dev.carafe.images.PushImage;
import dev.carafe.snapshots.Snapshotter;

/// Where images are, and go.
///
/// @param registries others than this host
public record Stores(ImageStore images, Snapshotter snapshots, PushImage registries) {}
