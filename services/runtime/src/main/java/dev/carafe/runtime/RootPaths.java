package dev.carafe.runtime;

import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.LinkWalk;
import java.nio.file.Path;

/// Paths inside a root file system that nothing runs in yet: where a mount point really is when the
/// image has symlinks on the way, even ones that lead nowhere (/etc/resolv.conf is one in many
/// images).
final class RootPaths {
    private static final int NO_LINKS = FileSystem.RESOLVE_IN_ROOT | FileSystem.RESOLVE_NO_SYMLINKS;

    private RootPaths() {}

    /// @param path absolute, without symlinks as far as it exists
    record Resolved(String path, boolean exists) {}

    /// @throws ErrnoException ELOOP when links lead in a circle
    static Resolved resolve(Fd root, String destination) {
        String clean = Path.of("/").resolve(destination).normalize().toString();
        try (Fd fd = FileSystem.openat2(root, relative(clean), FileSystem.O_PATH, 0, NO_LINKS)) {
            return new Resolved(clean, fd.isOpen());
        } catch (ErrnoException e) {
            return new Resolved(LinkWalk.follow(root, clean), false);
        }
    }

    private static String relative(String path) {
        return path.equals("/") ? "." : path.substring(1);
    }
}
