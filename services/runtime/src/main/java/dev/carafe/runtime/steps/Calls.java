package dev.carafe.runtime.steps;

import dev.carafe.linux.Errno;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Mounts;
import dev.carafe.linux.SyscallNumbers;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The calls that many parts of a plan make.
final class Calls {
    static final long CWD = -100;
    static final int CLOSE_RANGE_CLOEXEC = 4;

    private static final long LAST = 0xffff_ffffL;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;
    private static final int S_IFREG = 0x8000;

    final LaunchPlan plan;
    private final KernelFacts kernel;
    private final int highestDescriptor;
    private final Set<String> made = new HashSet<>();

    Calls(LaunchPlan plan, KernelFacts kernel, int highestDescriptor) {
        this.plan = plan;
        this.kernel = kernel;
        this.highestDescriptor = highestDescriptor;
    }

    Step step(String label, int number, long... args) {
        return plan.step(label, number, args);
    }

    long text(@Nullable String text) {
        return text == null ? 0 : plan.text(text);
    }

    /// Closes every descriptor from `first` on.
    void closeFrom(String label, int first) {
        closeRange(label, first, Integer.MAX_VALUE);
    }

    /// Closes descriptors; without close_range(2) one by one, as far as they are ours.
    void closeRange(String label, int first, int last) {
        if (kernel.closeRange()) {
            step(
                    label,
                    SyscallNumbers.CLOSE_RANGE,
                    first,
                    last == Integer.MAX_VALUE ? LAST : last,
                    0);
            return;
        }
        for (int fd = first; fd <= Math.min(last, highestDescriptor); fd++) {
            step(label, SyscallNumbers.CLOSE, fd).tolerate(Errno.EBADF);
        }
    }

    /// What is still open besides the program's own three ends with the next execve.
    void closeOnExec() {
        if (kernel.closeRange()) {
            step(
                    "keep descriptors from the program",
                    SyscallNumbers.CLOSE_RANGE,
                    3,
                    LAST,
                    CLOSE_RANGE_CLOEXEC);
        } else {
            step(
                    "keep the report from the program",
                    SyscallNumbers.FCNTL,
                    Descriptors.REPORT,
                    F_SETFD,
                    FD_CLOEXEC);
        }
    }

    Step mount(
            String label,
            @Nullable String source,
            String target,
            @Nullable String type,
            long flags,
            @Nullable String data) {
        return step(
                label,
                SyscallNumbers.MOUNT,
                text(source),
                text(target),
                text(type),
                flags,
                text(data));
    }

    /// Attaches the detached mount behind `fd`.
    Step attach(String label, int fd, String target, boolean followLink) {
        int flags = Mounts.MOVE_MOUNT_F_EMPTY_PATH | (followLink ? 0x10 : 0);
        return step(label, SyscallNumbers.MOVE_MOUNT, fd, text(""), CWD, text(target), flags);
    }

    /// Makes a mount point read-only, other flags kept (without mount_setattr(2): replaced by
    /// `otherFlags`).
    void makeReadOnly(String label, String path, long otherFlags) {
        if (kernel.mountSetattr()) {
            long attr = plan.words(Mounts.MOUNT_ATTR_RDONLY, 0, 0, 0);
            step(label, SyscallNumbers.MOUNT_SETATTR, CWD, text(path), 0, attr, 32);
        } else {
            mount(
                    label,
                    null,
                    path,
                    null,
                    Mounts.MS_REMOUNT | Mounts.MS_BIND | Mounts.MS_RDONLY | otherFlags,
                    null);
        }
    }

    /// The directory and its parents.
    void directories(String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            directory(path.substring(0, slash));
        }
        directory(path);
    }

    void parents(String path) {
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            directories(path.substring(0, slash));
        }
    }

    /// An empty regular file to mount something on, if there is nothing.
    void file(String path) {
        parents(path);
        step(
                        "make the mount point " + path,
                        SyscallNumbers.MKNODAT,
                        CWD,
                        text(path),
                        S_IFREG | 0755,
                        0)
                .tolerate(Errno.EEXIST);
    }

    /// Something was mounted here: what was made below is hidden now.
    void covered(String path) {
        made.removeIf(each -> each.startsWith(path + "/"));
    }

    /// Writes a small file of the kernel.
    void write(String label, String path, String value) {
        Step open =
                step(
                        label,
                        SyscallNumbers.OPENAT,
                        CWD,
                        text(path),
                        FileSystem.O_WRONLY | FileSystem.O_CLOEXEC,
                        0);
        step(label, SyscallNumbers.WRITE, open.result(), text(value), length(value)).indirect(0);
        step(label, SyscallNumbers.CLOSE, open.result()).indirect(0);
    }

    static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void directory(String path) {
        if (!path.isEmpty() && !path.equals("/") && made.add(path)) {
            step("make the directory " + path, SyscallNumbers.MKDIRAT, CWD, text(path), 0755)
                    .tolerate(Errno.EEXIST);
        }
    }
}
