package dev.carafe.engine;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.engine.archive.CopyPath;
import dev.carafe.engine.archive.FileView;
import dev.carafe.engine.archive.PathStat;
import dev.carafe.engine.archive.ViewRoot;
import dev.carafe.engine.container.Container;
import dev.carafe.engine.container.ContainerEvents;
import dev.carafe.engine.container.Containers;
import dev.carafe.engine.container.Roots;
import dev.carafe.engine.spec.Users;
import dev.carafe.images.PlainStream;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.snapshots.ApplyLimits;
import dev.carafe.snapshots.TarExport;
import dev.carafe.snapshots.TarImport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Copies files out of containers and into them, running or not. Engine API HEAD, GET and PUT
/// /containers/{id}/archive.
public final class CopyFiles {
    private static final int DIRECTORY = FileSystem.O_PATH | FileSystem.O_DIRECTORY;
    private final Containers containers;
    private final FileView view;
    private final ContainerEvents events;

    CopyFiles(Containers containers, FileView view, ContainerEvents events) {
        this.containers = containers;
        this.view = view;
        this.events = events;
    }

    /// How to write.
    ///
    /// @param keepKinds refuse to replace a directory by something else and the reverse
    /// @param asUser give everything to the container's user, if it has one
    public record Options(boolean keepKinds, boolean asUser) {}

    /// @throws NotFound `Could not find the file x in container y`
    public PathStat stat(String ref, String path) {
        Container container = containers.get(ref);
        return translating(ref, path, () -> view.read(container, root -> root.stat(path)));
    }

    /// Writes what is at the path as a tar whose first entry has the path's last part as its name.
    ///
    /// @param head is told what it is before the first byte
    /// @throws NotFound `Could not find the file x in container y`
    public void read(String ref, String path, Consumer<PathStat> head, OutputStream tar) {
        Container container = containers.get(ref);
        String clean = CopyPath.clean(path);
        translating(
                ref,
                path,
                () ->
                        view.read(
                                container,
                                root -> {
                                    head.accept(root.stat(clean));
                                    events.publish(container.record(), "archive-path");
                                    TarExport.writeAs(
                                            root.fd(),
                                            clean,
                                            CopyPath.base(clean),
                                            root.owners(),
                                            tar);
                                    return null;
                                }));
    }

    /// Unpacks an archive, compressed or not, into a directory. What was unpacked before an error
    /// stays.
    ///
    /// @throws NotFound `Could not find the file x in container y`
    /// @throws InvalidArgument no directory, read-only, or what is no archive
    public void write(String ref, String path, InputStream archive, Options options) {
        Container container = containers.get(ref);
        String clean = CopyPath.clean(path);
        translating(
                ref,
                path,
                () ->
                        view.write(
                                container,
                                root -> {
                                    try (Fd directory = directory(root, clean)) {
                                        root.requireWritable(directory);
                                    }
                                    TarImport.Owner owner =
                                            options.asUser() ? user(container, root) : null;
                                    extract(archive, root, clean, options, owner);
                                    return null;
                                }));
        events.publish(container.record(), "extract-to-dir");
    }

    private static void extract(
            InputStream archive,
            ViewRoot root,
            String path,
            Options options,
            TarImport.@Nullable Owner owner) {
        try {
            TarImport.extract(
                    PlainStream.of(archive),
                    root.fd(),
                    path,
                    new TarImport.Options(
                            true, !options.keepKinds(), ApplyLimits.DEFAULT, owner, root.owners()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fd directory(ViewRoot root, String path) {
        try {
            return FileSystem.openInRoot(root.fd(), path, DIRECTORY, 0);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOTDIR) {
                throw new InvalidArgument("extraction point is not a directory");
            }
            throw e;
        }
    }

    private static TarImport.@Nullable Owner user(Container container, ViewRoot root) {
        String name = container.record().config().user();
        if (name.isEmpty()) {
            return null;
        }
        Users.Resolved user = Roots.users(root.fd()).resolve(name, List.of());
        return new TarImport.Owner(user.uid(), user.gid());
    }

    @FunctionalInterface
    private interface Work<T extends @Nullable Object> {
        T run();
    }

    private static <T extends @Nullable Object> T translating(
            String ref, String path, Work<T> work) {
        try {
            return work.run();
        } catch (ErrnoException e) {
            throw translated(ref, path, e);
        }
    }

    private static CarafeException translated(String ref, String path, ErrnoException e) {
        return switch (e.errno()) {
            case Errno.ENOENT ->
                    new NotFound("Could not find the file " + path + " in container " + ref);
            case Errno.ENOTDIR -> new InvalidArgument("lstat " + path + ": not a directory");
            case Errno.ELOOP ->
                    new InvalidArgument("lstat " + path + ": too many levels of symbolic links");
            default ->
                    new Internal(
                            new Subject("container", ref),
                            "copy " + path + ": " + e.getMessage(),
                            e);
        };
    }
}
