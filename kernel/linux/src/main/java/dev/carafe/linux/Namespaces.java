package dev.carafe.linux;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Namespaces entered or made for a moment. A namespace belongs to a thread, so each of these runs
/// on a platform thread of its own that ends afterwards: nothing has to be switched back, and
/// nothing can stay behind on a pooled thread.
public final class Namespaces {
    public static final long CLONE_NEWTIME = 0x80;
    public static final long CLONE_NEWNS = 0x20000;
    public static final long CLONE_NEWCGROUP = 0x2000000;
    public static final long CLONE_NEWUTS = 0x4000000;
    public static final long CLONE_NEWIPC = 0x8000000;
    public static final long CLONE_NEWUSER = 0x10000000;
    public static final long CLONE_NEWPID = 0x20000000;
    public static final long CLONE_NEWNET = 0x40000000;

    private static final long CLONE_FS = 0x200;

    private Namespaces() {}

    /// A new network namespace (only a loopback device, down), held by nothing but the descriptor.
    public static Fd newNetns() {
        return onOwnThread(
                "carafe-netns",
                () -> {
                    unshare(CLONE_NEWNET);
                    return current("net");
                });
    }

    /// Runs the work inside a new network namespace, which ends with it unless the work holds it.
    public static <T> T inNewNetns(Callable<T> work) {
        return onOwnThread(
                "carafe-netns",
                () -> {
                    unshare(CLONE_NEWNET);
                    return work.call();
                });
    }

    /// Runs the work inside an existing network namespace. Sockets it opens stay there for good.
    public static <T> T inNetns(Fd netns, Callable<T> work) {
        return onOwnThread(
                "carafe-netns",
                () -> {
                    setns(netns, CLONE_NEWNET);
                    return work.call();
                });
    }

    /// Runs the work in a new, private mount namespace: what it mounts is seen nowhere else and
    /// goes away with it.
    public static <T> T inNewMountNamespace(Callable<T> work) {
        return onOwnThread(
                "carafe-mntns",
                () -> {
                    // the working directory and root are shared by all threads of a JVM, and a
                    // mount namespace needs its own
                    unshare(CLONE_FS | CLONE_NEWNS);
                    Mounts.mount(null, "/", null, Mounts.MS_REC | Mounts.MS_PRIVATE, null);
                    return work.call();
                });
    }

    /// Runs the work in the mount namespace of that descriptor (a mnt namespace file or a pidfd).
    public static <T> T inMountNamespace(Fd namespace, Callable<T> work) {
        return onOwnThread(
                "carafe-mntns",
                () -> {
                    unshare(CLONE_FS);
                    setns(namespace, CLONE_NEWNS);
                    return work.call();
                });
    }

    /// The calling thread's namespace of a kind (`net`, `mnt`, `uts`, `ipc`, `cgroup`, `user`).
    public static Fd current(String kind) {
        return FileSystem.open("/proc/thread-self/ns/" + kind, FileSystem.O_RDONLY);
    }

    /// The namespace of another process.
    public static Fd of(int pid, String kind) {
        return FileSystem.open("/proc/" + pid + "/ns/" + kind, FileSystem.O_RDONLY);
    }

    private static void unshare(long flags) {
        Syscall.call("unshare", Long.toHexString(flags), SyscallNumbers.UNSHARE, flags);
    }

    private static void setns(Fd namespace, long kinds) {
        Syscall.call("setns", namespace, SyscallNumbers.SETNS, namespace.number(), kinds);
    }

    private static <T> T onOwnThread(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().name(name).daemon().start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException e -> {
                // the stack of the asking thread is what a reader wants to see as well
                e.addSuppressed(new IllegalStateException("called from here"));
                yield e;
            }
            case Error e -> throw e;
            case null -> new IllegalStateException("no cause");
            default -> new IllegalStateException(cause);
        };
    }
}
