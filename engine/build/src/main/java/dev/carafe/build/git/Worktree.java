package dev.carafe.build.git;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A checkout's files, the same on every host.
final class Worktree {
    private static final Set<PosixFilePermission> PLAIN =
            PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> EXECUTABLE =
            PosixFilePermissions.fromString("rwxr-xr-x");

    private Worktree() {}

    /// Gives all files 0644 or 0755, whatever the daemon's umask is.
    ///
    /// @param time for all of them; null to leave theirs
    static void normalize(Path folder, @Nullable Instant time) {
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes a)
                                throws IOException {
                            if (a.isRegularFile()) {
                                boolean runs =
                                        Files.getPosixFilePermissions(file)
                                                .contains(PosixFilePermission.OWNER_EXECUTE);
                                Files.setPosixFilePermissions(file, runs ? EXECUTABLE : PLAIN);
                            }
                            stamp(file, time);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path directory, @Nullable IOException e) throws IOException {
                            Files.setPosixFilePermissions(directory, EXECUTABLE);
                            stamp(directory, time);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "tidy a checkout: " + e.getMessage(), e);
        }
    }

    private static void stamp(Path file, @Nullable Instant time) throws IOException {
        if (time != null) {
            Files.getFileAttributeView(
                            file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(FileTime.from(time), null, null);
        }
    }
}
