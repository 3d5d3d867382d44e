package dev.carafe.linux;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// Where a path leads when all symlinks on it are followed inside a root, also when it leads to
/// nothing: openat2(2) with RESOLVE_IN_ROOT tells only of what is there. The answer is a name, to
/// be opened by {@link FileSystem#openInRoot}: others may change the links meanwhile.
public final class LinkWalk {
    private static final int MOST_LINKS = 255;

    private LinkWalk() {}

    /// @param root an open directory
    /// @param path in it, absolute or relative to it
    /// @return absolute in the root; what comes after a part that is not there stays as written
    /// @throws ErrnoException ELOOP when links lead in a circle
    public static String follow(Fd root, String path) {
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
