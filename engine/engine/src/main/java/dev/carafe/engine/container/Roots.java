package dev.carafe.engine.container;

import dev.carafe.engine.spec.Users;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Pipes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Reads files of a container's root. The image is hostile: every path is resolved inside the root,
/// sizes are bounded.
public final class Roots {
    private static final int LARGEST = 4 << 20;

    private Roots() {}

    public static Users users(Fd root) {
        return new Users(text(root, "/etc/passwd"), text(root, "/etc/group"));
    }

    /// The file's text, empty when there is none.
    private static String text(Fd root, String path) {
        try (Fd file =
                FileSystem.openInRoot(root, path, FileSystem.O_RDONLY | FileSystem.O_NONBLOCK, 0)) {
            if (!FileSystem.fstat(file).isRegular()) {
                return "";
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 14];
            for (int n = Pipes.read(file, buffer);
                    n > 0 && all.size() < LARGEST;
                    n = Pipes.read(file, buffer)) {
                all.write(buffer, 0, n);
            }
            return all.toString(StandardCharsets.UTF_8);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT
                    || e.errno() == Errno.ENOTDIR
                    || e.errno() == Errno.ELOOP) {
                return "";
            }
            throw e;
        }
    }
}
