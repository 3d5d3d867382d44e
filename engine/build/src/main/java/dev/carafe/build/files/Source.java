package dev.carafe.build.files;

/// One thing to copy out of a tree.
///
/// @param path inside the tree, clean, empty for the tree's root
/// @param directory its content is what counts
public record Source(String path, boolean directory) {}
