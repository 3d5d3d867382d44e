package dev.carafe.runtime;

import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Paths inside a root file system that nothing runs in yet: where a mount point really is when the
/// image has symlinks on the way, even ones that lead nowhere (/etc/resolv.conf is one in many
/// images).
final class RootPaths {
    private static final int MOST_LINKS = 40;
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
            return new Resolved(walk(root, clean), false);
        }
    }

    private static String walk(Fd root, String path) {
        Deque<String> left = new ArrayDeque<>(components(path));
        String done = "";
        int links = 0;
        while (!left.isEmpty()) {
            String name = left.pop();
            if (name.equals("..")) {
                done = done.isEmpty() ? "" : done.substring(0, done.lastIndexOf('/'));
                continue;
            }
            String next = done + "/" + name;
            String target = link(root, next);
            if (target.isEmpty()) {
                done = next;
                continue;
            }
            if (++links > MOST_LINKS) {
                throw new ErrnoException("open", Errno.ELOOP, path);
            }
            done = target.startsWith("/") ? "" : done;
            components(target).reversed().forEach(left::push);
        }
        return done.isEmpty() ? "/" : done;
    }

    /// Where the link leads; empty when there is none. All but the last component are known to be
    /// no links.
    private static String link(Fd root, String path) {
        try {
            return FileSystem.readlinkat(root, relative(path));
        } catch (ErrnoException e) {
            return "";
        }
    }

    private static List<String> components(String path) {
        return java.util.Arrays.stream(path.split("/"))
                .filter(c -> !c.isEmpty() && !c.equals("."))
                .toList();
    }

    private static String relative(String path) {
        return path.equals("/") ? "." : path.substring(1);
    }
}
