package dev.carafe.snapshots.tree;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The directories of a layer under construction: those on the way to the entry at hand are open,
/// each opened from the one above without following symlinks. Archives come depth first, so that
/// most entries find their directory open.
///
/// A directory is 0700 while it is filled and gets its attributes when it is left, its time being
/// changed by everything made in it. One that hands its group or access list on gets them at the
/// very end.
final class DirectoryStack implements AutoCloseable {
    private static final int OPEN =
            FileSystem.O_RDONLY | FileSystem.O_DIRECTORY | FileSystem.O_NOFOLLOW;
    private static final int BENEATH = FileSystem.RESOLVE_BENEATH | FileSystem.RESOLVE_NO_SYMLINKS;

    /// An open directory. `path` is from the root, without slashes at its ends.
    static final class Node {
        final String name;
        final String path;
        final Fd fd;
        private boolean touched;

        private Node(String name, String path, Fd fd) {
            this.name = name;
            this.path = path;
            this.fd = fd;
        }

        /// Something was made or removed in it.
        void touch() {
            touched = true;
        }

        String pathOf(String child) {
            return path.isEmpty() ? child : path + "/" + child;
        }
    }

    private final Fd root;
    private final List<Node> open = new ArrayList<>();
    private final Map<String, Attributes> known = new HashMap<>();
    private final TreeSet<String> late = new TreeSet<>();

    /// @param root stays the caller's
    DirectoryStack(Fd root) {
        this.root = root;
        known.put("", Attributes.plainDirectory(Instant.EPOCH));
        FileSystem.fchmod(root, 0700);
        push(new Node("", "", root));
        top().touch();
    }

    Node top() {
        return open.getLast();
    }

    Node rootNode() {
        return open.getFirst();
    }

    /// True when the layer has a directory there.
    boolean has(String path) {
        return known.containsKey(path);
    }

    /// The attributes that a directory of the layer will have.
    void attributes(String path, Attributes attributes) {
        known.put(path, attributes);
    }

    /// Leaves directories until the stack is part of the way given.
    ///
    /// @return how many names of the way are open
    int backTo(List<String> names) {
        int common = 0;
        while (common < names.size()
                && common + 1 < open.size()
                && open.get(common + 1).name.equals(names.get(common))) {
            common++;
        }
        while (open.size() > common + 1) {
            leave();
        }
        return common;
    }

    /// Opens a directory that {@link #has} knows, in the top one.
    Node down(String name) {
        Node parent = top();
        Node node =
                new Node(name, parent.pathOf(name), FileSystem.openat(parent.fd, name, OPEN, 0));
        push(node);
        return node;
    }

    /// Leaves the top directory.
    void up() {
        leave();
    }

    /// The open directory at this path, null when it is not open.
    @Nullable Node find(String path) {
        for (Node node : open) {
            if (node.path.equals(path)) {
                return node;
            }
        }
        return null;
    }

    /// Any directory of the layer, for the caller to close.
    ///
    /// @throws dev.carafe.linux.ErrnoException ENOENT, ENOTDIR, or ELOOP for a symlink on the way
    Fd openAny(String path) {
        return path.isEmpty() ? root.dup() : FileSystem.openat2(root, path, OPEN, 0, BENEATH);
    }

    /// Forgets a directory and all below it: it is elsewhere now.
    void forget(String path) {
        String below = path + "/";
        known.keySet().removeIf(p -> p.equals(path) || p.startsWith(below));
        late.removeIf(p -> p.equals(path) || p.startsWith(below));
    }

    /// Leaves every directory and sets what has to be set last.
    void finish() {
        while (!open.isEmpty()) {
            leave();
        }
        // names below sort after those above: the deepest first, for a directory may lose its x
        // bits
        for (String path : late.descendingSet()) {
            try (Fd fd = openAny(path)) {
                NodeMaker.finishDirectory(fd, attributesOf(path));
            }
        }
        late.clear();
    }

    private void push(Node node) {
        open.add(node);
    }

    private void leave() {
        Node node = open.removeLast();
        try {
            if (node.touched) {
                Attributes attributes = attributesOf(node.path);
                if (attributes.isInherited()) {
                    late.add(node.path);
                } else {
                    NodeMaker.finishDirectory(node.fd, attributes);
                }
            }
        } finally {
            if (node.fd != root) {
                node.fd.close();
            }
        }
    }

    private Attributes attributesOf(String path) {
        Attributes attributes = known.get(path);
        if (attributes == null) {
            throw new IllegalStateException("no attributes for " + path);
        }
        return attributes;
    }

    /// Closes what is open and sets nothing.
    @Override
    public void close() {
        for (Node node : open) {
            if (node.fd != root) {
                node.fd.close();
            }
        }
        open.clear();
    }
}
