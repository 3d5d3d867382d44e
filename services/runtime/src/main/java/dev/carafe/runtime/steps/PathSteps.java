package dev.carafe.runtime.steps;

import dev.carafe.linux.Errno;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Mounts;
import dev.carafe.linux.SyscallNumbers;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.plan.Mark;
import dev.carafe.runtime.plan.Step;
import java.util.Map;

/// Sysctls, masked and read-only paths. What does not exist is left alone; any other failure ends
/// the start.
final class PathSteps {
    private static final long PROC_FLAGS = Mounts.MS_NOSUID | Mounts.MS_NODEV | Mounts.MS_NOEXEC;

    private final LaunchPlan plan;
    private final Calls calls;

    PathSteps(Calls calls) {
        this.plan = calls.plan;
        this.calls = calls;
    }

    void sysctls(Linux linux) {
        for (Map.Entry<String, String> each : linux.sysctl().entrySet()) {
            String path = "/proc/sys/" + each.getKey().replace('.', '/');
            calls.write(
                    "set sysctl " + each.getKey() + "=" + each.getValue(), path, each.getValue());
        }
    }

    /// @param nothing the step whose result is a descriptor of the host's /dev/null: the image's
    ///   may be anything
    void masked(Linux linux, Step nothing) {
        for (String path : linux.maskedPaths()) {
            mask(MountSteps.clean(path), nothing);
        }
    }

    void readonly(Linux linux) {
        for (String each : linux.readonlyPaths()) {
            String path = MountSteps.clean(each);
            Mark bound = plan.mark();
            Mark done = plan.mark();
            calls.mount(
                            "bind " + path + " to itself",
                            path,
                            path,
                            null,
                            Mounts.MS_BIND | Mounts.MS_REC,
                            null)
                    .tolerate(Errno.ENOENT, Errno.ENOTDIR)
                    .onZero(bound);
            plan.jump(done);
            plan.place(bound);
            calls.makeReadOnly("make " + path + " read-only", path, PROC_FLAGS);
            plan.place(done);
        }
    }

    private void mask(String path, Step nothing) {
        Mark directory = plan.mark();
        Mark file = plan.mark();
        Mark done = plan.mark();
        int flags = FileSystem.O_PATH | FileSystem.O_CLOEXEC;
        calls.step(
                        "look at " + path,
                        SyscallNumbers.OPENAT,
                        Calls.CWD,
                        plan.text(path),
                        flags | FileSystem.O_DIRECTORY,
                        0)
                .tolerate(Errno.ENOENT, Errno.ENOTDIR)
                .onPositive(directory);
        calls.step("look at " + path, SyscallNumbers.OPENAT, Calls.CWD, plan.text(path), flags, 0)
                .tolerate(Errno.ENOENT, Errno.ENOTDIR)
                .onPositive(file);
        plan.jump(done);
        plan.place(directory);
        calls.mount("mask " + path, "tmpfs", path, "tmpfs", Mounts.MS_RDONLY, "size=0k,nr_inodes=2")
                .onZero(done);
        plan.place(file);
        int clone = Mounts.OPEN_TREE_CLONE | Mounts.AT_EMPTY_PATH | FileSystem.O_CLOEXEC;
        Step copy =
                calls.step(
                                "mask " + path,
                                SyscallNumbers.OPEN_TREE,
                                nothing.result(),
                                plan.text(""),
                                clone)
                        .indirect(0);
        calls.step(
                        "mask " + path,
                        SyscallNumbers.MOVE_MOUNT,
                        copy.result(),
                        plan.text(""),
                        Calls.CWD,
                        plan.text(path),
                        Mounts.MOVE_MOUNT_F_EMPTY_PATH)
                .indirect(0);
        plan.place(done);
    }
}
