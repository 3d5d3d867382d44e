package dev.carafe.engine.archive;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// Where a path leads when all symlinks on it are followed inside the root, also when it leads to
/// nothing.
final class LinkTarget {
    private static final int MOST_LINKS = 255;

    private LinkTarget() {}

    /// @return absolute; what comes after a part that is not there stays as written
    /// @throws ErrnoException ELOOP when links lead in a circle
    static String of(Fd root, String path) {
        Deque<String> left = new ArrayDeque<>(parts(path));
        String done = "";
        int links = 0;
        while (!left.isEmpty()) {
            String part = left.pop();
            if (part.equals("..")) {
                done = done.substring(0, Math.max(0, done.lastIndexOf('/')));
                continue;
            }
            String next = done + "/" + part;
            String target = linkAt(root, next);
            if (target.isEmpty()) {
                done = next;
                continue;
            }
            if (++links > MOST_LINKS) {
                throw new ErrnoException("open", Errno.ELOOP, path);
            }
            done = target.startsWith("/") ? "" : done;
            parts(target).reversed().forEach(left::push);
        }
        return done.isEmpty() ? "/" : done;
    }

    /// Empty when there is no symlink.
    private static String linkAt(Fd root, String path) {
        try (Fd link =
                FileSystem.openInRoot(root, path, FileSystem.O_PATH | FileSystem.O_NOFOLLOW, 0)) {
            return FileSystem.fstat(link).isSymlink() ? FileSystem.readlinkat(link, "") : "";
        } catch (ErrnoException e) {
            return "";
        }
    }

    private static List<String> parts(String path) {
        return Arrays.stream(path.split("/")).filter(p -> !p.isEmpty() && !p.equals(".")).toList();
    }
}
