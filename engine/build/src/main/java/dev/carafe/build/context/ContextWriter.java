package dev.carafe.build.context;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileContent;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fills a context with files that come one by one, parents first. What is there already and looks
/// the same stays; what is not named goes at {@link #finish}. Paths are hostile. Not thread-safe;
/// closing it closes files whose end did not come. Only files whose content has begun are open: a
/// client names thousands before it sends the first.
public final class ContextWriter implements AutoCloseable {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;
    private static final int INSIDE = FileSystem.RESOLVE_BENEATH | FileSystem.RESOLVE_NO_SYMLINKS;

    private final Fd root;
    private final Set<String> named = new HashSet<>();
    private final Map<String, ContextEntry> folders = new LinkedHashMap<>();
    private final Map<String, ContextEntry> awaited = new HashMap<>();
    private final Map<String, Open> open = new HashMap<>();

    /// The last folder that something was put into, for what comes next to it.
    private @Nullable Fd near;

    private String nearPath = "";

    private record Open(ContextEntry entry, Fd file, long[] size) {}

    public ContextWriter(BuildContext context) {
        this.root = context.root();
    }

    /// Tells of the next file.
    ///
    /// @return whether its content is needed: {@link #write} and {@link #end} are to follow
    /// @throws InvalidArgument for a path that leads out
    public boolean put(ContextEntry entry) {
        check(entry.path());
        if (entry.kind() == ContextEntry.Kind.OTHER) {
            return false;
        }
        named.add(entry.path());
        Fd parent = near(folder(entry.path()));
        String name = name(entry.path());
        Optional<Stat> there = FileSystem.tryStat(parent, name, FileSystem.AT_SYMLINK_NOFOLLOW);
        return switch (entry.kind()) {
            case DIRECTORY -> directory(parent, name, entry, there);
            case SYMLINK -> symlink(parent, name, entry, there);
            case HARD_LINK -> hardLink(parent, name, entry, there);
            case FILE -> file(parent, name, entry, there);
            case OTHER -> false;
        };
    }

    private static void check(String path) {
        boolean good =
                !path.isEmpty()
                        && path.indexOf('\0') < 0
                        && List.of(path.split("/", -1)).stream()
                                .noneMatch(n -> n.isEmpty() || n.equals(".") || n.equals(".."));
        if (!good) {
            throw new InvalidArgument("invalid path in the context: \"" + path + "\"");
        }
    }

    /// Stays open until another one is asked for. What is put lies in this folder: so nothing that
    /// gives way to it is above the folder.
    private Fd near(String folder) {
        Fd open = near;
        if (open == null || !folder.equals(nearPath)) {
            leave();
            open = open(folder, DIRECTORY);
            near = open;
            nearPath = folder;
        }
        return open;
    }

    private void leave() {
        if (near != null) {
            near.close();
            near = null;
        }
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "." : path.substring(0, slash);
    }

    private Fd open(String path, int flags) {
        return FileSystem.openat2(root, path, flags, 0, INSIDE);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private boolean directory(Fd parent, String name, ContextEntry entry, Optional<Stat> there) {
        if (there.isEmpty() || !there.get().isDirectory()) {
            clear(parent, name, there);
            FileSystem.mkdirat(parent, name, 0700);
        }
        folders.put(entry.path(), entry);
        return false;
    }

    private boolean symlink(Fd parent, String name, ContextEntry entry, Optional<Stat> there) {
        clear(parent, name, there);
        FileSystem.symlinkat(entry.link(), parent, name);
        FileSystem.utimensat(
                parent, name, entry.modified(), entry.modified(), FileSystem.AT_SYMLINK_NOFOLLOW);
        return false;
    }

    private boolean hardLink(Fd parent, String name, ContextEntry entry, Optional<Stat> there) {
        check(entry.link());
        clear(parent, name, there);
        try (Fd from = open(folder(entry.link()), DIRECTORY)) {
            FileSystem.linkat(from, name(entry.link()), parent, name, 0);
        }
        return false;
    }

    private boolean file(Fd parent, String name, ContextEntry entry, Optional<Stat> there) {
        if (there.isPresent() && same(there.get(), entry)) {
            return false;
        }
        clear(parent, name, there);
        int flags = FileSystem.O_CREAT | FileSystem.O_EXCL | FileSystem.O_WRONLY;
        // a hard link to it may come before its content
        FileSystem.openat(parent, name, flags, 0600).close();
        awaited.put(entry.path(), entry);
        return true;
    }

    private static boolean same(Stat stat, ContextEntry entry) {
        return stat.isRegular()
                && stat.links() == 1
                && stat.size() == entry.size()
                && stat.permissions() == entry.permissions()
                && stat.modified().equals(entry.modified());
    }

    private static void clear(Fd parent, String name, Optional<Stat> there) {
        if (there.isEmpty()) {
            return;
        }
        if (!there.get().isDirectory()) {
            FileSystem.unlinkat(parent, name, 0);
            return;
        }
        try (Fd dir = FileSystem.openat(parent, name, DIRECTORY | FileSystem.O_NOFOLLOW, 0)) {
            for (DirectoryEntry child : Directories.list(dir)) {
                clear(
                        dir,
                        child.name(),
                        FileSystem.tryStat(dir, child.name(), FileSystem.AT_SYMLINK_NOFOLLOW));
            }
        }
        FileSystem.unlinkat(parent, name, FileSystem.AT_REMOVEDIR);
    }

    /// More of a file's content.
    public void write(String path, byte[] bytes) {
        write(path, bytes, bytes.length);
    }

    /// @param length how many of the bytes count
    void write(String path, byte[] bytes, int length) {
        Open file = open(path);
        int at = 0;
        while (at < length) {
            at += FileContent.pwrite(file.file(), bytes, at, length - at, file.size()[0] + at);
        }
        file.size()[0] += length;
    }

    /// The file is whole.
    public void end(String path) {
        Open whole = open(path);
        open.remove(path);
        try (Fd file = whole.file()) {
            finish(file, whole.entry());
        }
    }

    private Open open(String path) {
        Open known = open.get(path);
        if (known != null) {
            return known;
        }
        ContextEntry entry = awaited.remove(path);
        if (entry == null) {
            throw new InvalidArgument("no content is expected for \"" + path + "\"");
        }
        Open begun = new Open(entry, open(path, FileSystem.O_WRONLY), new long[1]);
        open.put(path, begun);
        return begun;
    }

    private static void finish(Fd fd, ContextEntry entry) {
        FileSystem.fchmod(fd, entry.permissions());
        Instant modified = entry.modified();
        FileSystem.utimensat(fd, "", modified, modified, FileSystem.AT_EMPTY_PATH);
    }

    /// Everything was told: what was not told of goes, folders get their modes and times.
    public void finish() {
        leave();
        prune(root, "");
        for (ContextEntry folder : folders.values().stream().toList().reversed()) {
            try (Fd fd = open(folder.path(), DIRECTORY)) {
                finish(fd, folder);
            }
        }
    }

    private void prune(Fd dir, String path) {
        for (DirectoryEntry child : Directories.list(dir)) {
            String below = path.isEmpty() ? child.name() : path + "/" + child.name();
            if (!named.contains(below)) {
                clear(dir, child.name(), stat(dir, child));
            } else if (isDirectory(dir, child)) {
                try (Fd inner =
                        FileSystem.openat(
                                dir, child.name(), DIRECTORY | FileSystem.O_NOFOLLOW, 0)) {
                    prune(inner, below);
                }
            }
        }
    }

    private static boolean isDirectory(Fd dir, DirectoryEntry child) {
        return child.type() == DirectoryEntry.UNKNOWN
                ? stat(dir, child).filter(Stat::isDirectory).isPresent()
                : child.isDirectory();
    }

    private static Optional<Stat> stat(Fd dir, DirectoryEntry child) {
        return FileSystem.tryStat(dir, child.name(), FileSystem.AT_SYMLINK_NOFOLLOW);
    }

    @Override
    public void close() {
        leave();
        open.values().forEach(file -> file.file().close());
        open.clear();
    }
}
