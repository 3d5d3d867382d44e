package dev.carafe.runtime;

import dev.carafe.base.Unavailable;
import dev.carafe.linux.Architecture;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Memfd;
import dev.carafe.linux.Mounts;
import dev.carafe.linux.Pipes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/// The launcher as a file that can be executed and never written: on a read-only tmpfs that is
/// mounted nowhere. A container that gets hold of it through /proc/PID/exe can't open it for
/// writing, which a sealed memfd would still allow (and an open writable descriptor makes every
/// execution fail with ETXTBSY). Where detached mounts can't be made, a sealed memfd it is.
final class LauncherFile implements AutoCloseable {
    private static final String NAME = "carafe-monitor";
    private static final int EXECUTABLE = 0555;

    // above the numbers a launch uses, which would hide it from the child that is to execute it
    private static final int FIRST_NUMBER = 200;

    private final Fd home;
    private final String below;

    /// @param below what follows the descriptor's path
    private LauncherFile(Fd home, String below) {
        this.home = home.moveAbove(FIRST_NUMBER);
        this.below = below;
    }

    static LauncherFile make() {
        byte[] program = program();
        try {
            return onTmpfs(program);
        } catch (ErrnoException e) {
            return inMemory(program);
        }
    }

    /// What to execute; valid in this process and in a child before its execve.
    ///
    /// @param highest the child has descriptors of its own up to here
    String path(int highest, Held held) {
        Fd fd = home.number() > highest ? home : held.add(home.dupAbove(highest + 1));
        return fd.procPath() + below;
    }

    @Override
    public void close() {
        home.close();
    }

    private static LauncherFile onTmpfs(byte[] program) {
        Fd mount;
        try (Fd context = Mounts.fsopen("tmpfs")) {
            Mounts.fsconfigString(context, "source", NAME);
            Mounts.fsconfigString(context, "size", "64k");
            Mounts.fsconfigString(context, "mode", "0555");
            Mounts.fsconfigCreate(context);
            mount = Mounts.fsmount(context, 0);
        }
        try {
            int flags = FileSystem.O_WRONLY | FileSystem.O_CREAT | FileSystem.O_EXCL;
            try (Fd file = FileSystem.openat(mount, NAME, flags, EXECUTABLE)) {
                Pipes.writeFully(file, program);
            }
            Mounts.mountSetattr(
                    mount, "", Mounts.AT_EMPTY_PATH, Mounts.MOUNT_ATTR_RDONLY, 0, 0, null);
            return new LauncherFile(mount, "/" + NAME);
        } catch (RuntimeException e) {
            mount.close();
            throw e;
        }
    }

    private static LauncherFile inMemory(byte[] program) {
        Fd file = Memfd.of(NAME, program);
        Memfd.seal(file);
        return new LauncherFile(file, "");
    }

    private static byte[] program() {
        String name = "launcher-" + Architecture.current().name().toLowerCase(Locale.ROOT);
        try (InputStream in = LauncherFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new Unavailable(
                        "this build of Carafe has no launcher for " + Architecture.current());
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
