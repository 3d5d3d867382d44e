package dev.carafe.build.files;

/// Whom copied files are given to.
public record Chown(int uid, int gid) {}
