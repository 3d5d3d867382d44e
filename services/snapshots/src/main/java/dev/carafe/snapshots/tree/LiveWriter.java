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
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Unpacks an archive into a tree that is in use, perhaps by a hostile container: the kernel
/// resolves every path inside the root, symlinks included, and each name is then made or replaced
/// in the directory so found. Not thread-safe.
public final class LiveWriter {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;

    private final Fd root;
    private final String base;
    private final UnaryOperator<TarEntry> owners;
    private final boolean replaceDirectories;
    private final NodeMaker maker = new NodeMaker(ProcessDefaults.current());
    private final int rootUser;
    private final int rootGroup;
    private final Map<String, Attributes> directories = new LinkedHashMap<>();

    /// @param base an existing directory below the root
    /// @param owners gives an entry its owner
    /// @param rootUser who owns directories that the archive does not tell of
    /// @param rootGroup their group
    public LiveWriter(
            Fd root,
            String base,
            UnaryOperator<TarEntry> owners,
            int rootUser,
            int rootGroup,
            boolean replaceDirectories) {
        this.rootUser = rootUser;
        this.rootGroup = rootGroup;
        this.root = root;
        this.base = base;
        this.owners = owners;
        this.replaceDirectories = replaceDirectories;
    }

    /// Makes the entry; `payload` is taken for files.
    ///
    /// @throws InvalidArgument when it leads out of the base or may not replace what is there
    public void add(TarEntry entry, TarReader payload) throws IOException {
        EntryPath path = EntryPath.of(entry.name());
        if (path.isRoot()) {
            return;
        }
        TarEntry owned = owners.apply(entry);
        try (Fd dir = enter(path.parents())) {
            if (entry.kind() == EntryKind.DIRECTORY) {
                directory(dir, path, owned);
            } else {
                clear(dir, path.last(), false, entry);
                create(dir, path.last(), owned, payload);
            }
        } catch (ErrnoException e) {
            throw Refusals.of(entry.name(), e);
        }
    }

    /// Sets the times of directories, which everything made in them has changed.
    public void finish() {
        for (Map.Entry<String, Attributes> entry : directories.entrySet()) {
            try (Fd dir = FileSystem.openInRoot(root, below(entry.getKey()), DIRECTORY, 0)) {
                entry.getValue().applyTo(dir);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
                    throw e;
                }
                // the container has removed it meanwhile
            }
        }
    }

    private String below(String path) {
        return base + "/" + path;
    }

    private Fd enter(List<String> names) {
        String path = String.join("/", names);
        try {
            return FileSystem.openInRoot(root, below(path), DIRECTORY, 0);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT || names.isEmpty()) {
                throw e;
            }
        }
        try (Fd parent = enter(names.subList(0, names.size() - 1))) {
            mkdir(parent, names.getLast());
        }
        return FileSystem.openInRoot(root, below(path), DIRECTORY, 0);
    }

    private void directory(Fd dir, EntryPath path, TarEntry entry) {
        clear(dir, path.last(), true, entry);
        mkdir(dir, path.last());
        directories.put(path.joined(), Attributes.of(entry));
    }

    private void mkdir(Fd dir, String name) {
        try {
            FileSystem.mkdirat(dir, name, 0755);
            if (rootUser != 0 || rootGroup != 0) {
                FileSystem.fchownat(dir, name, rootUser, rootGroup, FileSystem.AT_SYMLINK_NOFOLLOW);
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }

    /// Takes away what the entry replaces; a directory stays for a directory.
    private void clear(Fd dir, String name, boolean forDirectory, TarEntry entry) {
        Optional<Stat> there = FileSystem.tryStat(dir, name, FileSystem.AT_SYMLINK_NOFOLLOW);
        if (there.isEmpty() || forDirectory && there.get().isDirectory()) {
            return;
        }
        if (!replaceDirectories && there.get().isDirectory()) {
            throw kept("directory", "non-directory", entry);
        }
        if (!replaceDirectories && forDirectory) {
            throw kept("non-directory", "directory", entry);
        }
        TreeRemover.remove(dir, name);
    }

    /// Docker's sentence.
    private InvalidArgument kept(String there, String comes, TarEntry entry) {
        String path = (base.endsWith("/") ? base : base + "/") + entry.name();
        return new InvalidArgument(
                "cannot overwrite %s \"%s\" with %s \"%s\""
                        .formatted(
                                there,
                                BadTar.shown(withoutSlash(path)),
                                comes,
                                BadTar.shown(withoutSlash(base))));
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/")
                ? path.substring(0, path.length() - 1)
                : path;
    }

    private void create(Fd dir, String name, TarEntry entry, TarReader payload) throws IOException {
        switch (entry.kind()) {
            case FILE -> maker.file(dir, name, entry, payload, true);
            case SYMLINK -> maker.symlink(dir, name, entry);
            case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO ->
                    maker.node(dir, name, NodeMaker.type(entry.kind()), entry);
            case HARD_LINK -> hardLink(dir, name, entry);
            case DIRECTORY -> throw new IllegalArgumentException("a directory");
        }
    }

    private void hardLink(Fd dir, String name, TarEntry entry) {
        EntryPath target = EntryPath.of(entry.linkName());
        if (target.isRoot()) {
            throw BadTar.entry(entry.name(), "it is a hard link to a directory");
        }
        try (Fd from =
                FileSystem.openInRoot(
                        root, below(String.join("/", target.parents())), DIRECTORY, 0)) {
            FileSystem.linkat(from, target.last(), dir, name, 0);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                throw BadTar.entry(
                        entry.name(),
                        "it is a hard link to "
                                + BadTar.shown(entry.linkName())
                                + ", which is not there");
            }
            throw e;
        }
    }
}
