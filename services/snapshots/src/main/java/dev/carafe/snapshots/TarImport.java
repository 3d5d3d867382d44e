package dev.carafe.snapshots;

import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.tar.BadTar;
import dev.carafe.snapshots.tar.Chunks;
import dev.carafe.snapshots.tar.TarEntry;
import dev.carafe.snapshots.tar.TarReader;
import dev.carafe.snapshots.tree.LiveWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A tar stream unpacked into a live tree below an open root. Every path is resolved inside that
/// root, symlinks included (openat2(2) RESOLVE_IN_ROOT).
public final class TarImport {
    private TarImport() {}

    /// How to unpack.
    ///
    /// @param keepOwners give files the owners of the archive instead of root's
    /// @param replaceDirectories let a file replace a directory and the reverse, else refused
    /// @param owner who gets everything, whatever the archive says; null for nobody in particular
    /// @param owners what the archive's owners are in the tree
    public record Options(
            boolean keepOwners,
            boolean replaceDirectories,
            ApplyLimits limits,
            @Nullable Owner owner,
            OwnerMap owners) {
        public static final Options DEFAULT = new Options(true, true, ApplyLimits.DEFAULT);

        public Options(boolean keepOwners, boolean replaceDirectories, ApplyLimits limits) {
            this(keepOwners, replaceDirectories, limits, null, OwnerMap.NONE);
        }
    }

    /// Numbers of a user and a group.
    public record Owner(long uid, long gid) {}

    /// Unpacks into the existing directory `path`. What was unpacked before an error stays.
    ///
    /// @throws dev.carafe.base.InvalidArgument for a stream that is no archive, or an entry that
    ///   leads out of `path`
    /// @throws NotFound when `path` is no directory
    public static void extract(InputStream tar, Fd root, String path, Options options) {
        requireDirectory(root, path);
        StoreErrors.translating(
                "unpack into " + path,
                () -> {
                    UnaryOperator<TarEntry> owners = owners(options);
                    LiveWriter writer =
                            new LiveWriter(
                                    root,
                                    path,
                                    entry -> mapped(owners.apply(entry), options.owners()),
                                    (int) options.owners().userOutside(0),
                                    (int) options.owners().groupOutside(0),
                                    options.replaceDirectories());
                    TarReader reader =
                            new TarReader(
                                    limited(tar, options.limits()), (bytes, offset, length) -> {});
                    long entries = 0;
                    for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                        if (++entries > options.limits().entries()) {
                            throw BadTar.entry(
                                    entry.name(),
                                    "more than " + options.limits().entries() + " entries");
                        }
                        writer.add(entry, reader);
                    }
                    reader.drain();
                    writer.finish();
                    return true;
                });
    }

    private static UnaryOperator<TarEntry> owners(Options options) {
        Owner owner = options.owner();
        if (owner != null) {
            return entry -> entry.withOwner(owner.uid(), owner.gid());
        }
        return options.keepOwners() ? entry -> entry : entry -> entry.withOwner(0, 0);
    }

    private static TarEntry mapped(TarEntry entry, OwnerMap owners) {
        return entry.withOwner(owners.userOutside(entry.uid()), owners.groupOutside(entry.gid()));
    }

    private static void requireDirectory(Fd root, String path) {
        try {
            FileSystem.openInRoot(root, path, FileSystem.O_PATH | FileSystem.O_DIRECTORY, 0)
                    .close();
        } catch (ErrnoException e) {
            throw switch (e.errno()) {
                case Errno.ENOENT, Errno.ENOTDIR ->
                        new NotFound(new Subject("path", path), "no such directory: " + path, e);
                default -> StoreErrors.of("unpack into " + path, e);
            };
        }
    }

    private static Chunks limited(InputStream tar, ApplyLimits limits) {
        Chunks all = Chunks.of(tar);
        long[] bytes = {0};
        return () -> {
            Chunks.Chunk chunk;
            try {
                chunk = all.next();
            } catch (IOException e) {
                throw StoreErrors.ofStream(e);
            }
            bytes[0] += chunk == null ? 0 : chunk.length();
            if (bytes[0] > limits.bytes()) {
                throw BadTar.stream("more than " + limits.bytes() + " bytes");
            }
            return chunk;
        };
    }
}
