package dev.carafe.daemon;

import dev.carafe.base.Conflict;
import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The right to be the one daemon on a directory: a lock on a file in it, which the kernel takes
/// away with the process. The file tells the owner's pid.
final class RootLock implements AutoCloseable {
    private static final int LONGEST = 32;

    private final FileChannel channel;

    private RootLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @param what the directory is, for the message
    /// @throws Conflict another daemon has it
    static RootLock take(Path root, String what) {
        Path file = root.resolve("carafe.lock");
        try {
            Files.createDirectories(root);
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                String owner = content(channel);
                channel.close();
                throw new Conflict(
                        new Subject("directory", root.toString()),
                        "the %s %s is in use by another daemon (pid %s): stop it, or give this one its own --%s"
                                .formatted(what, root, owner.isEmpty() ? "unknown" : owner, what));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            Long.toString(ProcessHandle.current().pid())
                                    .getBytes(StandardCharsets.US_ASCII)),
                    0);
            return new RootLock(channel);
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "can't lock " + file + ": " + e, e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String content(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
        int n = channel.read(buffer, 0);
        return n <= 0 ? "" : new String(buffer.array(), 0, n, StandardCharsets.US_ASCII).strip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "can't unlock: " + e, e);
        }
    }
}
