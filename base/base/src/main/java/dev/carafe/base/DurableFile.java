package dev.carafe.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/// State on disk, whole or not at all: temp file, fsync, rename, fsync of the folder. A crash at
/// any point leaves the old content or the new one.
public final class DurableFile {
    private DurableFile() {}

    /// Replaces the file's content and returns when it is on the disk. Parents must exist.
    ///
    /// @throws IOException when the disk refuses; the old content is then still there
    public static void write(Path file, byte[] content) throws IOException {
        Path folder = folderOf(file);
        Path temp =
                folder.resolve(
                        "." + file.getFileName() + ".tmp" + Thread.currentThread().threadId());
        try (FileChannel channel =
                FileChannel.open(
                        temp,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(temp);
            throw e;
        }
        Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(folder);
    }

    /// Makes a folder of such files where there is none, and removes what writes that were killed
    /// have left in it. To be called before anybody writes to it.
    public static void openFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(DurableFile::isUnfinished).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isUnfinished(Path file) {
        return file.getFileName().toString().matches("\\..+\\.tmp\\d+");
    }

    /// The content, or empty when there is no such file.
    public static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// Removes the file, if there, and returns when that is on the disk.
    public static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            syncFolder(folderOf(file));
        }
    }

    /// Gives the file, if there, another name in its folder, and returns when that is on the disk.
    /// What had that name is gone.
    public static void rename(Path file, String name) throws IOException {
        try {
            Files.move(
                    file,
                    file.resolveSibling(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            return;
        }
        syncFolder(folderOf(file));
    }

    /// fsync(2) of a directory: makes creations, renames and removals in it durable.
    public static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new InvalidArgument("not a file: " + file);
        }
        return parent;
    }
}
