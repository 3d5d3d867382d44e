package dev.carafe.images.archive;

/// One entry's header.
///
/// @param name as written, without trailing slash
/// @param link target of a link, else empty
/// @param sizeBytes of the content that follows
public record TarEntry(String name, Kind kind, String link, long sizeBytes) {
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        HARDLINK,
        OTHER
    }
}
