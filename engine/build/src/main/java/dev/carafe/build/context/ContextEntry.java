package dev.carafe.build.context;

import java.time.Instant;

/// A file of a context, as its sender tells of it.
///
/// @param path relative, with slashes
/// @param permissions with setuid, setgid and sticky bits
/// @param link where a symlink leads to, or the path of the file that a hard link is; else empty
public record ContextEntry(
        String path, Kind kind, int permissions, long size, Instant modified, String link) {
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        HARD_LINK,
        /// devices, pipes, sockets: no part of a context
        OTHER
    }
}
