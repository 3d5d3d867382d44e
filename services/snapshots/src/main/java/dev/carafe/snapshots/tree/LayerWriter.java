package dev.carafe.snapshots.tree;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import dev.carafe.snapshots.tar.BadTar;
import dev.carafe.snapshots.tar.EntryKind;
import dev.carafe.snapshots.tar.TarEntry;
import dev.carafe.snapshots.tar.TarReader;
import dev.carafe.snapshots.tree.DirectoryStack.Node;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Unpacks the entries of one layer into an empty directory that nobody else sees, as overlayfs
/// wants a lower layer. Not thread-safe.
///
/// - A later entry replaces an earlier one of the same name; directories keep what they hold.
/// - `.wh.x` becomes a whiteout. It hides what lies below the layer only: an `x` of this layer,
///   before or after it, stays, and when that is a directory it is opaque.
/// - Directories that the archive leaves out get the attributes they have below the layer, else
///   root's 0755.
/// - An entry whose way leads through a symlink or a file is refused: no archive of a real tree has
///   one, and following it is the classic way out. So are names above the root and hard links to
///   what the layer does not have.
public final class LayerWriter implements AutoCloseable {
    private final DirectoryStack directories;
    private final NodeMaker maker = new NodeMaker(ProcessDefaults.current());
    private final Set<String> whiteouts = new HashSet<>();
    private final LayerJournal journal;
    private final TreeSet<String> implied = new TreeSet<>();
    private int displacedCount;
    private @Nullable Attributes given;
    private boolean rootIsOpaque;
    private long bytes;

    /// @param root an open, empty directory of this process; stays the caller's
    public LayerWriter(Fd root, LayerJournal journal) {
        this.journal = journal;
        this.directories = new DirectoryStack(root);
    }

    /// Makes the entry; `payload` is taken for files.
    ///
    /// @throws InvalidArgument for a hostile entry
    public void add(TarEntry entry, TarReader payload) throws IOException {
        EntryPath path = EntryPath.of(entry.name());
        try {
            if (path.isRoot()) {
                root(entry);
            } else if (isWhiteoutName(path)) {
                whiteout(path, entry);
            } else if (entry.kind() == EntryKind.DIRECTORY) {
                directory(path, entry);
            } else {
                other(path, entry, payload);
            }
        } catch (ErrnoException e) {
            throw Refusals.of(entry.name(), e);
        }
    }

    /// Sets what has to be set last. The directory is a layer when the debts are settled.
    public LowerDebts finish() {
        directories.finish();
        return new LowerDebts(implied, given, rootIsOpaque);
    }

    /// Bytes of the regular files so far.
    public long bytes() {
        return bytes;
    }

    private void root(TarEntry entry) {
        if (entry.kind() != EntryKind.DIRECTORY) {
            throw BadTar.entry(entry.name(), "the root is a directory");
        }
        given = Attributes.of(entry);
        directories.attributes("", given);
        directories.rootNode().touch();
    }

    private void directory(EntryPath path, TarEntry entry) throws IOException {
        Node parent = enter(path.parents(), entry);
        String full = parent.pathOf(path.last());
        if (directories.has(full)) {
            directories.down(path.last());
        } else {
            make(parent, path.last(), full, Attributes.of(entry), true, entry);
        }
        directories.attributes(full, Attributes.of(entry));
        implied.remove(full);
        directories.top().touch();
    }

    private void other(EntryPath path, TarEntry entry, TarReader payload) throws IOException {
        Node parent = enter(path.parents(), entry);
        String name = path.last();
        String full = parent.pathOf(name);
        parent.touch();
        try {
            create(parent, name, full, entry, payload);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            clear(parent, name, full);
            create(parent, name, full, entry, payload);
        }
    }

    private void create(Node parent, String name, String full, TarEntry entry, TarReader payload)
            throws IOException {
        switch (entry.kind()) {
            case FILE -> {
                maker.file(parent.fd, name, entry, payload, false);
                journal.file(full, entry);
                bytes += entry.size();
            }
            case SYMLINK -> {
                if (entry.linkName().isEmpty()) {
                    throw BadTar.entry(entry.name(), "its link target is empty");
                }
                maker.symlink(parent.fd, name, entry);
            }
            case HARD_LINK -> hardLink(parent, name, full, entry);
            case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO ->
                    maker.node(parent.fd, name, NodeMaker.type(entry.kind()), entry);
            case DIRECTORY -> throw new IllegalArgumentException("a directory");
        }
    }

    private void hardLink(Node parent, String name, String full, TarEntry entry) {
        EntryPath target = target(entry);
        String targetPath = target.joined();
        if (target.isRoot() || directories.has(targetPath)) {
            throw BadTar.entry(
                    entry.name(),
                    "it is a hard link to a directory, " + BadTar.shown(entry.linkName()));
        }
        if (targetPath.equals(full) && exists(parent, name)) {
            return;
        }
        if (whiteouts.contains(targetPath)) {
            throw missingTarget(entry);
        }
        String targetParent = String.join("/", target.parents());
        Node open = directories.find(targetParent);
        try (Fd other = open == null ? directories.openAny(targetParent) : Fd.CWD) {
            FileSystem.linkat(open == null ? other : open.fd, target.last(), parent.fd, name, 0);
        } catch (ErrnoException e) {
            switch (e.errno()) {
                case Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP -> throw missingTarget(entry);
                default -> throw e;
            }
        }
    }

    private static EntryPath target(TarEntry entry) {
        try {
            return EntryPath.of(entry.linkName());
        } catch (InvalidArgument e) {
            throw BadTar.entry(
                    entry.name(),
                    "its hard link target "
                            + BadTar.shown(entry.linkName())
                            + " leads out of the root");
        }
    }

    private static InvalidArgument missingTarget(TarEntry entry) {
        return BadTar.entry(
                entry.name(),
                "it is a hard link to "
                        + BadTar.shown(entry.linkName())
                        + ", which is not in the layer");
    }

    /// Opens the way to an entry, making directories that the archive left out.
    private Node enter(List<String> names, TarEntry entry) throws IOException {
        for (int i = directories.backTo(names); i < names.size(); i++) {
            Node parent = directories.top();
            String name = names.get(i);
            String full = parent.pathOf(name);
            if (directories.has(full)) {
                directories.down(name);
            } else if (name.startsWith(Overlay.WHITEOUT_PREFIX)) {
                throw BadTar.entry(entry.name(), "a whiteout holds no files");
            } else {
                make(parent, name, full, null, false, entry);
            }
        }
        return directories.top();
    }

    /// Makes a directory that the layer does not have yet, and opens it.
    ///
    /// @param attributes null to take those below the layer, later
    /// @param replace whether something else by that name gives way
    private void make(
            Node parent,
            String name,
            String full,
            @Nullable Attributes attributes,
            boolean replace,
            TarEntry entry)
            throws IOException {
        boolean hidesLower = whiteouts.remove(full);
        if (hidesLower) {
            FileSystem.unlinkat(parent.fd, name, 0);
        }
        if (!mkdir(parent, name)) {
            if (!replace) {
                throw BadTar.entry(
                        entry.name(),
                        "its way leads through " + BadTar.shown(full) + ", no directory");
            }
            clear(parent, name, full);
            FileSystem.mkdirat(parent.fd, name, 0700);
        }
        parent.touch();
        directories.attributes(
                full,
                attributes == null ? Attributes.plainDirectory(entry.modified()) : attributes);
        if (attributes == null && !hidesLower) {
            implied.add(full);
        }
        directories.down(name).touch();
        if (hidesLower) {
            Overlay.makeOpaque(directories.top().fd);
        }
    }

    private static boolean mkdir(Node parent, String name) {
        try {
            FileSystem.mkdirat(parent.fd, name, 0700);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EEXIST) {
                return false;
            }
            throw e;
        }
    }

    private static boolean exists(Node parent, String name) {
        return FileSystem.tryStat(parent.fd, name, FileSystem.AT_SYMLINK_NOFOLLOW).isPresent();
    }

    private boolean isWhiteoutName(EntryPath path) {
        return path.last().startsWith(Overlay.WHITEOUT_PREFIX)
                || path.parents().stream().anyMatch(n -> n.startsWith(Overlay.META_PREFIX));
    }

    private void whiteout(EntryPath path, TarEntry entry) throws IOException {
        String marker = path.last();
        if (marker.equals(Overlay.OPAQUE_MARKER)) {
            opaque(enter(path.parents(), entry));
            return;
        }
        if (marker.startsWith(Overlay.META_PREFIX) || !marker.startsWith(Overlay.WHITEOUT_PREFIX)) {
            // aufs keeps its own books under such names
            return;
        }
        String name = marker.substring(Overlay.WHITEOUT_PREFIX.length());
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw BadTar.entry(entry.name(), "it is a whiteout of no name");
        }
        hide(enter(path.parents(), entry), name);
    }

    private void opaque(Node dir) {
        if (dir.path.isEmpty()) {
            rootIsOpaque = true;
        } else {
            Overlay.makeOpaque(dir.fd);
        }
    }

    private void hide(Node parent, String name) {
        String full = parent.pathOf(name);
        if (directories.has(full)) {
            Overlay.makeOpaque(directories.down(name).fd);
            directories.up();
            return;
        }
        try {
            Overlay.makeWhiteout(parent.fd, name);
            whiteouts.add(full);
            parent.touch();
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }

    /// Takes away what an entry replaces.
    private void clear(Node parent, String name, String full) throws IOException {
        if (whiteouts.remove(full)) {
            FileSystem.unlinkat(parent.fd, name, 0);
            return;
        }
        boolean directory = directories.has(full);
        Stat stat = FileSystem.statx(parent.fd, name, FileSystem.AT_SYMLINK_NOFOLLOW);
        if (!directory && !stat.isRegular()) {
            FileSystem.unlinkat(parent.fd, name, 0);
            return;
        }
        int number = displacedCount++;
        FileSystem.renameat2(parent.fd, name, journal.displaced(), Integer.toString(number), 0);
        journal.moved(full, number);
        if (directory) {
            directories.forget(full);
            whiteouts.removeIf(p -> p.startsWith(full + "/"));
            implied.removeIf(p -> p.equals(full) || p.startsWith(full + "/"));
        }
    }

    @Override
    public void close() {
        directories.close();
    }
}
