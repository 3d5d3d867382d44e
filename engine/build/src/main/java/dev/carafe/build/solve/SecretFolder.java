package dev.carafe.build.solve;

import dev.carafe.base.Ids;
import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.base.Unavailable;
import dev.carafe.build.context.ContextSpool;
import dev.carafe.build.files.Chown;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the secrets of steps lie while these run: a folder of a tmpfs, so that no disk ever sees
/// them. What a crash left there goes at opening.
public final class SecretFolder {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final @Nullable Path folder;

    private SecretFolder(@Nullable Path folder) {
        this.folder = folder;
    }

    /// @param execRoot taken when it is on a tmpfs; else `/dev/shm`, under a name of this root's
    ///   own
    public static SecretFolder open(Path execRoot) {
        String own = Digest.of(execRoot.toString().getBytes(StandardCharsets.UTF_8)).shortHex();
        for (Path place :
                List.of(execRoot.resolve("secrets"), SHARED_MEMORY.resolve("carafe-" + own))) {
            if (isInMemory(place.getParent())) {
                ContextSpool.remove(place);
                return new SecretFolder(place);
            }
        }
        return new SecretFolder(null);
    }

    private static boolean isInMemory(@Nullable Path folder) {
        try {
            return folder != null
                    && Files.isDirectory(folder)
                    && Files.getFileStore(folder).type().matches("tmpfs|ramfs");
        } catch (IOException e) {
            return false;
        }
    }

    /// An empty folder, to be removed by {@link #remove}.
    ///
    /// @throws Unavailable when this host has no tmpfs for it
    public Path make() {
        synchronized (SecretFolder.class) {
            return makeNow();
        }
    }

    private Path makeNow() {
        if (folder == null) {
            throw new Unavailable(
                    "secrets need a file system in memory: mount a tmpfs at the daemon's exec-root or at "
                            + SHARED_MEMORY);
        }
        try {
            ensure(folder);
            return Files.createDirectory(folder.resolve(Ids.shortId(Ids.random())), PRIVATE);
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "make a folder for secrets: " + e, e);
        }
    }

    private static void ensure(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, PRIVATE);
        } catch (FileAlreadyExistsException e) {
            boolean ours =
                    Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                            && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
                                    .equals(Files.getOwner(Path.of("/proc/self")))
                            && PosixFilePermissions.toString(
                                            Files.getPosixFilePermissions(
                                                    folder, LinkOption.NOFOLLOW_LINKS))
                                    .equals("rwx------");
            if (!ours) {
                throw e;
            }
        }
    }

    /// Writes a file with owner and mode.
    static void write(Path file, byte[] content, Chown owner, int mode) {
        try {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.write(file, content);
            try (Fd fd = FileSystem.open(file.toString(), FileSystem.O_RDONLY)) {
                FileSystem.fchown(fd, owner.uid(), owner.gid());
                FileSystem.fchmod(fd, mode);
            }
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "write a secret: " + e, e);
        }
    }

    /// Removes it, and with the last one all that is left of this daemon in memory.
    public static void remove(Path made) {
        synchronized (SecretFolder.class) {
            ContextSpool.remove(made);
            try {
                Files.deleteIfExists(made.toAbsolutePath().normalize().getParent());
            } catch (DirectoryNotEmptyException e) {
                // another step has its secrets there
            } catch (IOException e) {
                throw new Internal(Subject.NONE, "remove a folder of secrets: " + e, e);
            }
        }
    }
}
