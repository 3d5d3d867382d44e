package dev.carafe.engine.container;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Folders of our own with all that is in them.
public final class FileTrees {
    private FileTrees() {}

    /// Removes the folder, or the file, if there. Links are removed, not followed.
    public static void delete(Path folder) throws IOException {
        // Files.exists makes an exception or two of a folder that is not there, which most are not
        if (FileSystem.tryStat(Fd.CWD, folder.toString(), FileSystem.AT_SYMLINK_NOFOLLOW)
                .isEmpty()) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path dir, @Nullable IOException failure) throws IOException {
                        Files.deleteIfExists(dir);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
