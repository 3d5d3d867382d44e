package dev.carafe.build.context;

import dev.carafe.base.Internal;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.base.glob.IgnoreRules;
import dev.carafe.build.files.FileSums;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileContent;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A context on disk, in a folder of its own that goes away with it, or stays for the next build.
public final class BuildContext implements AutoCloseable {
    /// Longest Dockerfile or .dockerignore.
    private static final int MAX_TEXT = 16 << 20;

    private static final int READ = FileSystem.O_RDONLY | FileSystem.O_NONBLOCK;

    private final Path folder;
    private final Runnable after;
    private final FileSums sums;
    private final Fd root;
    private volatile @Nullable Instant moment;

    BuildContext(Path folder) {
        this(folder, () -> delete(folder));
    }

    /// @param after run when it is closed
    public BuildContext(Path folder, Runnable after) {
        this(folder, after, new FileSums());
    }

    /// @param sums what an earlier build learnt of the files in the folder
    BuildContext(Path folder, Runnable after, FileSums sums) {
        this.folder = folder;
        this.after = after;
        this.sums = sums;
        this.root =
                FileSystem.open(folder.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY);
    }

    /// A folder of it as the whole context; this one is closed with that, or when that can't be.
    ///
    /// @param path relative to the root, empty for the root
    /// @throws InvalidArgument for a path that leads to no folder in the context
    public BuildContext below(String path) {
        if (path.isEmpty()) {
            return this;
        }
        try {
            Path inner = folder.resolve(path.replaceFirst("^/+", "")).toRealPath();
            if (inner.startsWith(folder.toRealPath()) && Files.isDirectory(inner)) {
                return new BuildContext(inner, this::close, sums).of(moment);
            }
        } catch (IOException e) {
            // said below
        }
        close();
        throw new InvalidArgument(
                new Subject("path", path), "the context has no folder \"" + path + "\"");
    }

    /// The folder, open; it belongs to the context.
    public Fd root() {
        return root;
    }

    /// The same, as old as that.
    public BuildContext of(@Nullable Instant time) {
        moment = time;
        return this;
    }

    /// How old what was fetched for it is; null for what a client sent.
    public @Nullable Instant moment() {
        return moment;
    }

    /// What is known of the contents of its files.
    public FileSums sums() {
        return sums;
    }

    public Path folder() {
        return folder;
    }

    /// The text of a file in the context, empty when there is none.
    public Optional<String> text(String path) {
        try (Fd file = FileSystem.openInRoot(root, "/" + path, READ, 0)) {
            Stat stat = FileSystem.fstat(file);
            if (!stat.isRegular()) {
                throw new InvalidArgument(path + " is not a file");
            }
            if (stat.size() > MAX_TEXT) {
                throw new InvalidArgument(path + " is larger than " + MAX_TEXT + " bytes");
            }
            return Optional.of(read(file));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String read(Fd file) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 14];
        for (int n = FileContent.pread(file, buffer, 0, buffer.length, 0);
                n > 0 && all.size() <= MAX_TEXT;
                n = FileContent.pread(file, buffer, 0, buffer.length, all.size())) {
            all.write(buffer, 0, n);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /// Takes the Dockerfile and `.dockerignore` out of the context where the rules ignore them: the
    /// client sends both in any case.
    public void hideIgnored(String dockerfile) {
        IgnoreRules rules =
                text(dockerfile + ".dockerignore")
                        .or(() -> text(".dockerignore"))
                        .map(IgnoreRules::parse)
                        .orElse(IgnoreRules.NONE);
        for (String name : List.of(".dockerignore", dockerfile)) {
            if (rules.ignores(name)) {
                remove(name);
            }
        }
    }

    private void remove(String path) {
        int slash = path.lastIndexOf('/');
        String parent = slash < 0 ? "/" : "/" + path.substring(0, slash);
        try (Fd dir = FileSystem.openInRoot(root, parent, FileSystem.O_DIRECTORY, 0)) {
            FileSystem.unlinkat(dir, path.substring(slash + 1), 0);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        root.close();
        after.run();
    }

    /// Removes a folder with all in it, no symlink followed. What is not there is no error.
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes a)
                                throws IOException {
                            Files.delete(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
                                throws IOException {
                            Files.delete(dir);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "remove " + folder + ": " + e.getMessage(), e);
        }
    }
}
