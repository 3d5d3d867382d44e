package dev.carafe.runtime.steps;

import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Mounts;
import dev.carafe.linux.SyscallNumbers;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.plan.Step;

/// Changes to the container's root, early: from then on every absolute path, symlinks included, is
/// resolved inside the image. The old root stays reachable through the working directory alone
/// until {@link #leaveOldRoot}.
final class RootSteps {
    private final LaunchPlan plan;
    private final Calls calls;
    private final ContainerShape shape;
    private final Linux linux;

    RootSteps(Calls calls, ContainerShape shape, Linux linux) {
        this.plan = calls.plan;
        this.calls = calls;
        this.shape = shape;
        this.linux = linux;
    }

    /// @return the step whose result is a descriptor of the host's /dev/null, in this mount
    ///   namespace
    Step enter() {
        long wanted = wantedPropagation();
        long propagation =
                (wanted & (Mounts.MS_SHARED | Mounts.MS_SLAVE)) != 0
                        ? Mounts.MS_SLAVE | Mounts.MS_REC
                        : Mounts.MS_PRIVATE | Mounts.MS_REC;
        calls.mount("keep mounts to ourselves", null, "/", null, propagation, null);
        int flags = FileSystem.O_PATH | FileSystem.O_CLOEXEC;
        Step nothing =
                calls.step(
                        "open /dev/null",
                        SyscallNumbers.OPENAT,
                        Calls.CWD,
                        plan.text("/dev/null"),
                        flags,
                        0);
        switch (shape.root()) {
            case ContainerShape.RootMount.Attach(int fd) -> {
                // on top of the old root: no directory has to be reachable for who we are in a user
                // namespace
                calls.attach("attach the root file system", fd, "/", false);
                calls.step("change to the root file system", SyscallNumbers.FCHDIR, fd);
            }
            case ContainerShape.RootMount.MountOverlay overlay -> {
                calls.step(
                        "change to " + overlay.folder(),
                        SyscallNumbers.CHDIR,
                        plan.text(overlay.folder()));
                calls.mount(
                        "mount the root file system",
                        "overlay",
                        overlay.at(),
                        "overlay",
                        0,
                        overlay.options());
                calls.step(
                        "change to the root file system",
                        SyscallNumbers.CHDIR,
                        plan.text(overlay.at()));
            }
        }
        calls.step(
                "pivot to the root file system",
                SyscallNumbers.PIVOT_ROOT,
                plan.text("."),
                plan.text("."));
        return nothing;
    }

    /// Mounts of proc and sysfs in a user namespace need the old ones to be visible, so this comes
    /// after all mounts.
    void leaveOldRoot() {
        calls.step(
                "let go of the old root",
                SyscallNumbers.UMOUNT2,
                plan.text("."),
                Mounts.MNT_DETACH);
        calls.step("change to /", SyscallNumbers.CHDIR, plan.text("/"));
        if (shape.spec().root() != null && shape.spec().root().readonly()) {
            calls.makeReadOnly("make the root file system read-only", "/", 0);
        }
        long wanted = wantedPropagation();
        if (wanted != 0 && (wanted & Mounts.MS_PRIVATE) == 0) {
            calls.mount("set the root's propagation", null, "/", null, wanted, null);
        }
    }

    private long wantedPropagation() {
        return linux.rootfsPropagation() == null
                ? 0
                : MountOptions.propagation(linux.rootfsPropagation());
    }
}
