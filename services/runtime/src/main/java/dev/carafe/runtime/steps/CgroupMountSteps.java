package dev.carafe.runtime.steps;

import dev.carafe.linux.Errno;
import dev.carafe.linux.Mounts;
import dev.carafe.linux.SyscallNumbers;
import dev.carafe.runtime.plan.LaunchPlan;

/// The container's view of its cgroups: one directory a controller on version 1, one tree on
/// version 2. In a cgroup namespace the kernel shows the own group as root; else binds of the group
/// do.
final class CgroupMountSteps {
    private final LaunchPlan plan;
    private final Calls calls;
    private final ContainerShape shape;

    CgroupMountSteps(Calls calls, ContainerShape shape) {
        this.plan = calls.plan;
        this.calls = calls;
        this.shape = shape;
    }

    void mount(String at, MountOptions options) {
        calls.directories(at);
        boolean single =
                shape.cgroupMounts().size() == 1
                        && shape.cgroupMounts().getFirst().name().isEmpty();
        if (single) {
            tree(shape.cgroupMounts().getFirst(), at, "cgroup2", options.flags());
            return;
        }
        long flags = options.flags() & ~Mounts.MS_RDONLY;
        String label = "mount tmpfs on " + at;
        calls.mount(label, "tmpfs", at, "tmpfs", flags, "mode=755");
        calls.covered(at);
        for (ContainerShape.CgroupMount each : shape.cgroupMounts()) {
            calls.directories(at + "/" + each.name());
            tree(each, at + "/" + each.name(), "cgroup", options.flags());
            for (String link : each.links()) {
                calls.step(
                                "link " + at + "/" + link,
                                SyscallNumbers.SYMLINKAT,
                                plan.text(each.name()),
                                Calls.CWD,
                                plan.text(at + "/" + link))
                        .tolerate(Errno.EEXIST);
            }
        }
        if ((options.flags() & Mounts.MS_RDONLY) != 0) {
            calls.makeReadOnly("make " + at + " read-only", at, flags);
        }
    }

    private void tree(ContainerShape.CgroupMount mount, String at, String type, long flags) {
        String label = "mount " + type + " on " + at;
        if (mount.group() == null) {
            String source = type.equals("cgroup2") ? "cgroup" : mount.name();
            calls.mount(label, source, at, type, flags, mount.data());
            return;
        }
        calls.attach(label, mount.group(), at, false);
        if ((flags & Mounts.MS_RDONLY) != 0) {
            calls.makeReadOnly(label, at, flags & ~Mounts.MS_RDONLY);
        }
    }
}
