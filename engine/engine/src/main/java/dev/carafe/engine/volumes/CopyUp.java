package dev.carafe.engine.volumes;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.engine.spec.PlannedMount;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import dev.carafe.snapshots.ApplyLimits;
import dev.carafe.snapshots.TarExport;
import dev.carafe.snapshots.TarImport;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/// Fills an empty volume with what the image has at its place, owner and mode of the folder
/// included.
public final class CopyUp {
    private static final int PIPE_BYTES = 1 << 16;
    private static final int FOLDER = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;
    private static final Set<Integer> IGNORED =
            Set.of(Errno.ENOENT, Errno.ENOTDIR, Errno.EXDEV, Errno.ELOOP);

    private CopyUp() {}

    /// Does nothing when the volume, or its part that is mounted, has anything in it or the image
    /// has no folder there.
    ///
    /// @param root the container's root
    public static void fill(PlannedMount mount, Fd root) {
        if (!mount.isVolume() || !mount.copyUp()) {
            return;
        }
        try (Fd target = target(mount)) {
            if (!isEmpty(target, mount)) {
                return;
            }
            try (Fd source = FileSystem.openInRoot(root, mount.destination(), FOLDER, 0)) {
                copy(source, target);
                Stat stat = FileSystem.fstat(source);
                FileSystem.fchown(target, stat.uid(), stat.gid());
                FileSystem.fchmod(target, stat.mode() & 07777);
            }
        } catch (ErrnoException e) {
            // no folder here or there; what else is wrong with a path of the volume is told at the
            // start
            if (!IGNORED.contains(e.errno())) {
                throw e;
            }
        }
    }

    private static Fd target(PlannedMount mount) {
        Fd volume = FileSystem.open(mount.source(), FOLDER);
        String subpath = mount.subpath();
        if (subpath == null) {
            return volume;
        }
        try (volume) {
            return Subpath.open(volume, subpath, FOLDER);
        }
    }

    private static boolean isEmpty(Fd folder, PlannedMount mount) {
        try (Stream<Path> entries = Files.list(folder.procPath())) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new Internal(
                    new Subject("volume", mount.name()),
                    "look into volume " + mount.name() + ": " + e.getMessage(),
                    e);
        }
    }

    private static void copy(Fd source, Fd target) {
        try (PipedInputStream in = new PipedInputStream(PIPE_BYTES)) {
            PipedOutputStream out = new PipedOutputStream(in);
            Thread writer =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (out) {
                                    TarExport.write(source, "/", out);
                                } catch (IOException e) {
                                    // The reader sees a stream that ends too early, and says so.
                                }
                            });
            TarImport.extract(
                    in, target, "/", new TarImport.Options(true, false, ApplyLimits.DEFAULT));
            writer.join();
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "fill a volume from the image: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Internal(Subject.NONE, "interrupted while a volume was filled", e);
        }
    }
}
