package dev.carafe.snapshots.tree;

/// How a tree is written as an archive.
///
/// @param whiteouts turn overlayfs's marks into the `.wh.` names of a layer; the tree is then an
///   upper directory
/// @param crossMounts also what is mounted somewhere below; else a mount point is an empty
///   directory
public record ExportOptions(boolean whiteouts, boolean crossMounts) {}
