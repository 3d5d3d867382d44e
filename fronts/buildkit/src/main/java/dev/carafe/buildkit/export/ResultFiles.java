package dev.carafe.buildkit.export;

import com.google.protobuf.ByteString;
import dev.carafe.base.CarafeException;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.base.glob.Glob;
import dev.carafe.buildkit.session.Entry;
import dev.carafe.buildkit.wire.packet.Stat;
import dev.carafe.images.ImageStore;
import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileContent;
import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.RootMount;
import dev.carafe.snapshots.Snapshotter;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Lets clients look into results of their builds (`LLBBridge.ReadFile`, `ReadDir`, `StatFile`).
/// Links lead to places inside of the result. Thread-safe.
public final class ResultFiles {
    /// More than that in one answer is more than a client takes.
    private static final long MOST_BYTES = 16 << 20;

    private static final int PIECE = 1 << 16;
    private static final int FILE = FileSystem.O_RDONLY | FileSystem.O_NONBLOCK;
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;
    private static final int PLACE = FileSystem.O_PATH | FileSystem.O_NOFOLLOW;

    private final ImageStore images;
    private final Snapshotter snapshots;

    public ResultFiles(ImageStore images, Snapshotter snapshots) {
        this.images = images;
        this.snapshots = snapshots;
    }

    /// @param image the result's id
    /// @param length in bytes, 0 for all that follows the offset
    /// @throws NotFound `open /x: no such file or directory`
    /// @throws InvalidArgument for what is no file, and for too large a piece
    public ByteString file(String image, String path, long offset, long length) {
        return in(
                image,
                "open",
                path,
                root -> {
                    try (Fd file = FileSystem.openInRoot(root, absolute(path), FILE, 0)) {
                        if (!FileSystem.fstat(file).isRegular()) {
                            throw new InvalidArgument("read " + path + ": is not a regular file");
                        }
                        return piece(file, path, offset, length);
                    }
                });
    }

    private static ByteString piece(Fd file, String path, long offset, long length) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[PIECE];
        long limit = length == 0 ? Long.MAX_VALUE : length;
        while (all.size() < limit) {
            int wanted = (int) Math.min(PIECE, limit - all.size());
            int n = FileContent.pread(file, buffer, 0, wanted, offset + all.size());
            if (n <= 0) {
                break;
            }
            all.write(buffer, 0, n);
            if (all.size() > MOST_BYTES) {
                throw new InvalidArgument("read " + path + ": larger than 16 MiB, ask for a range");
            }
        }
        return ByteString.copyFrom(all.toByteArray());
    }

    /// The entries of a folder, by name.
    ///
    /// @param include a pattern of names, empty for all
    public List<Stat> folder(String image, String path, String include) {
        Glob wanted = Glob.parse(include.isEmpty() ? "*" : include);
        return in(
                image,
                "open",
                path,
                root -> {
                    try (Fd folder = FileSystem.openInRoot(root, absolute(path), DIRECTORY, 0)) {
                        return Directories.list(folder).stream()
                                .map(DirectoryEntry::name)
                                .filter(wanted::matches)
                                .sorted(Comparator.naturalOrder())
                                .map(name -> stat(folder, name))
                                .toList();
                    }
                });
    }

    private static Stat stat(Fd folder, String name) {
        dev.carafe.linux.Stat stat = FileSystem.statx(folder, name, FileSystem.AT_SYMLINK_NOFOLLOW);
        return Entry.of(folder, name, name, stat).build();
    }

    /// What a path leads to; a link is told as such.
    public Stat stat(String image, String path) {
        return in(
                image,
                "lstat",
                path,
                root -> {
                    try (Fd place = FileSystem.openInRoot(root, absolute(path), PLACE, 0)) {
                        String name = path.substring(path.lastIndexOf('/') + 1);
                        // an empty path stands for the open place itself
                        return Entry.of(place, "", name, FileSystem.fstat(place)).build();
                    }
                });
    }

    private static String absolute(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    private <T> T in(String image, String call, String path, Function<Fd, T> work) {
        ChainId top = images.get(image).top();
        if (top == null) {
            throw missing(call, path);
        }
        try (RootMount root = snapshots.view(top)) {
            return work.apply(root.mount());
        } catch (ErrnoException e) {
            throw e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR
                    ? missing(call, path)
                    : new InvalidArgument(call + " " + path + ": " + e.getMessage());
        }
    }

    private static CarafeException missing(String call, String path) {
        return new NotFound(
                new Subject("path", path), call + " " + path + ": no such file or directory");
    }
}
