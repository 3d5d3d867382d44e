package dev.carafe.cli.context;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/// One file of a context as it is now.
///
/// @param permissions with setuid, setgid and sticky bits
/// @param size in bytes; 0 for all but files
/// @param link where a symlink leads to, else empty
record ContextFile(Kind kind, int permissions, long size, FileTime modified, String link) {
    private static final int PERMISSIONS = 07777;

    enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        /// A socket or a device: no part of a context.
        OTHER
    }

    static ContextFile of(Path path) throws IOException {
        Map<String, Object> stat =
                Files.readAttributes(
                        path,
                        "unix:mode,isDirectory,isSymbolicLink,isRegularFile,size,lastModifiedTime",
                        LinkOption.NOFOLLOW_LINKS);
        Kind kind = kind(stat);
        return new ContextFile(
                kind,
                ((Integer) of(stat, "mode")) & PERMISSIONS,
                kind == Kind.FILE ? (Long) of(stat, "size") : 0,
                (FileTime) of(stat, "lastModifiedTime"),
                kind == Kind.SYMLINK ? Files.readSymbolicLink(path).toString() : "");
    }

    private static Kind kind(Map<String, Object> stat) {
        if (of(stat, "isDirectory").equals(true)) {
            return Kind.DIRECTORY;
        }
        if (of(stat, "isSymbolicLink").equals(true)) {
            return Kind.SYMLINK;
        }
        return of(stat, "isRegularFile").equals(true) ? Kind.FILE : Kind.OTHER;
    }

    private static Object of(Map<String, Object> stat, String name) {
        return Objects.requireNonNull(stat.get(name));
    }
}
