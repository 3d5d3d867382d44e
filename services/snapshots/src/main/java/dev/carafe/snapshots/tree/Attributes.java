package dev.carafe.snapshots.tree;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import dev.carafe.linux.Xattrs;
import dev.carafe.snapshots.tar.TarEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a file is besides its name and bytes.
///
/// @param mode permission bits with set-id and sticky
/// @param accessed null for the same as `modified`
/// @param xattrs by full name
public record Attributes(
        int mode,
        int uid,
        int gid,
        Instant modified,
        @Nullable Instant accessed,
        Map<String, byte[]> xattrs) {
    private static final String DEFAULT_ACL = "system.posix_acl_default";
    private static final int S_ISGID = 02000;

    static Attributes of(TarEntry entry) {
        return new Attributes(
                entry.mode(),
                (int) entry.uid(),
                (int) entry.gid(),
                entry.modified(),
                entry.accessed(),
                entry.xattrs());
    }

    /// Those of an open file or directory, without what overlayfs keeps there for itself.
    public static Attributes read(Fd fd) {
        Stat stat = FileSystem.fstat(fd);
        return new Attributes(
                stat.permissions(), stat.uid(), stat.gid(), stat.modified(), null, xattrs(fd));
    }

    /// The extended attributes of an open file, without overlayfs's own.
    public static Map<String, byte[]> xattrs(Fd fd) {
        return values(Xattrs.list(fd), name -> Xattrs.get(fd, name));
    }

    /// Those of a name in an open directory, a symlink not followed.
    public static Map<String, byte[]> xattrs(Fd dir, String name) {
        String path = dir.procPath() + "/" + name;
        return values(Xattrs.llist(path), attribute -> Xattrs.lget(path, attribute));
    }

    private static Map<String, byte[]> values(
            List<String> names, Function<String, Optional<byte[]>> read) {
        Map<String, byte[]> all = names.isEmpty() ? Map.of() : new TreeMap<>();
        for (String name : names) {
            Optional<byte[]> value = isOverlays(name) ? Optional.empty() : read.apply(name);
            value.ifPresent(v -> all.put(name, v));
        }
        return all;
    }

    /// Gives them to an open directory.
    public void applyTo(Fd directory) {
        NodeMaker.finishDirectory(directory, this);
    }

    /// Root's, 0755, as old as the entry that needs it.
    static Attributes plainDirectory(Instant modified) {
        return new Attributes(0755, 0, 0, modified, null, Map.of());
    }

    Instant accessedOrModified() {
        return accessed == null ? modified : accessed;
    }

    /// True when such a directory hands its group or access list on to what is made in it.
    boolean isInherited() {
        return (mode & S_ISGID) != 0 || xattrs.containsKey(DEFAULT_ACL);
    }

    /// Attributes by which overlayfs steers itself. An archive must not set them (a redirect could
    /// show another directory of the layer below), and an export must not tell them.
    static boolean isOverlays(String xattr) {
        return xattr.startsWith("trusted.overlay.") || xattr.startsWith("user.overlay.");
    }
}
