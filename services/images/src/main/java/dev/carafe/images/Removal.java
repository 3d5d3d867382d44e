package dev.carafe.images;

/// One line of what a removal did, in the order it was done.
public sealed interface Removal {
    /// A name is gone.
    ///
    /// @param reference familiar form, `busybox:latest` or `busybox@sha256:...`
    record Untagged(String reference) implements Removal {}

    /// An image or one of its layers is gone.
    ///
    /// @param id `sha256:...`, of the image or of the layer's chain
    record Deleted(String id) implements Removal {}
}
