package dev.carafe.engine.volumes;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;

/// A path below a volume or an image. Whoever writes there can make links: those that lead out are
/// refused, each time that the path is opened. openat2(2), RESOLVE_BENEATH.
final class Subpath {
    private Subpath() {}

    /// @param flags of open(2)
    /// @throws ErrnoException EXDEV for what leads out
    static Fd open(Fd root, String subpath, int flags) {
        return FileSystem.openat2(
                root,
                subpath,
                flags,
                0,
                FileSystem.RESOLVE_BENEATH | FileSystem.RESOLVE_NO_MAGICLINKS);
    }

    /// In dockerd's sentences.
    ///
    /// @param base the root as users know it
    static CarafeException refusal(String base, String subpath, ErrnoException e) {
        String path = base + "/" + subpath;
        return switch (e.errno()) {
            case Errno.EXDEV ->
                    new InvalidArgument(
                            Subject.NONE,
                            "path concatenation escapes the base directory, base: %s, subpath: %s"
                                    .formatted(base, subpath),
                            e);
            case Errno.ENOENT ->
                    new NotFound(
                            Subject.NONE,
                            "cannot access path %s: lstat %s: no such file or directory"
                                    .formatted(path, path),
                            e);
            default ->
                    new Internal(
                            Subject.NONE,
                            "error while resolving symlinks in combined path \"%s\": %s"
                                    .formatted(path, e.errorText()),
                            e);
        };
    }
}
