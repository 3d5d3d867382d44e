package dev.carafe.snapshots.tree;

import dev.carafe.snapshots.tar.BadTar;
import java.util.ArrayList;
import java.util.List;

/// The name of a tar entry, as the way down from the root of what is unpacked. A leading `/` is
/// that root; `.` and doubled slashes say nothing; `a/../b` is `b`, for no symlink is ever followed
/// on the way.
///
/// @param names none empty, none `.` or `..`; no names at all is the root itself
record EntryPath(List<String> names) {
    /// Longest name in characters, PATH_MAX of Linux.
    static final int LONGEST = 4096;

    /// Most directories in each other: as many descriptors are open at once.
    static final int DEEPEST = 512;

    /// @throws dev.carafe.base.InvalidArgument when the name leads above the root, or is too long
    static EntryPath of(String name) {
        if (name.length() > LONGEST) {
            throw BadTar.entry(name, "its name is too long");
        }
        List<String> names = new ArrayList<>(8);
        int at = 0;
        while (at < name.length()) {
            int slash = name.indexOf('/', at);
            int end = slash < 0 ? name.length() : slash;
            add(names, name, at, end);
            at = end + 1;
        }
        if (names.size() > DEEPEST) {
            throw BadTar.entry(name, "it lies too deep");
        }
        return new EntryPath(names);
    }

    private static void add(List<String> names, String name, int from, int end) {
        int length = end - from;
        if (length == 0 || length == 1 && name.charAt(from) == '.') {
            return;
        }
        if (length == 2 && name.startsWith("..", from)) {
            if (names.isEmpty()) {
                throw BadTar.entry(name, "it leads out of the root");
            }
            names.removeLast();
            return;
        }
        names.add(name.substring(from, end));
    }

    boolean isRoot() {
        return names.isEmpty();
    }

    String last() {
        return names.getLast();
    }

    List<String> parents() {
        return names.subList(0, names.size() - 1);
    }

    /// `a/b/c`, empty for the root.
    String joined() {
        return String.join("/", names);
    }
}
