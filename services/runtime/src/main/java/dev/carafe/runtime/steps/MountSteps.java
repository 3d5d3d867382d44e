package dev.carafe.runtime.steps;

import dev.carafe.linux.Errno;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Mounts;
import dev.carafe.linux.SyscallNumbers;
import dev.carafe.oci.runtime.Mount;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.plan.Step;
import java.nio.file.Path;

/// The spec's mounts, in its order.
final class MountSteps {
    private static final int RESOLVE_NO_SYMLINKS = FileSystem.RESOLVE_NO_SYMLINKS;

    private final LaunchPlan plan;
    private final Calls calls;
    private final ContainerShape shape;

    MountSteps(Calls calls, ContainerShape shape) {
        this.plan = calls.plan;
        this.calls = calls;
        this.shape = shape;
    }

    void all() {
        for (Mount mount : shape.spec().mounts()) {
            ContainerShape.Bind bind = shape.binds().get(mount);
            MountOptions options = MountOptions.parse(mount.options());
            String at = clean(mount.destination());
            if (bind != null) {
                bind(bind, options);
            } else if ("cgroup".equals(mount.type()) || "cgroup2".equals(mount.type())) {
                new CgroupMountSteps(calls, shape).mount(at, options);
            } else if ("devpts".equals(mount.type())
                    && at.equals("/dev/pts")
                    && shape.devpts() != null) {
                calls.directories(at);
                calls.attach("mount devpts on /dev/pts", shape.devpts(), at, false);
            } else {
                fileSystem(mount, at, options);
            }
            calls.covered(at);
        }
    }

    /// Lexically: absolute, without `.`, `..`, doubled or trailing slashes.
    static String clean(String path) {
        return Path.of("/").resolve(path).normalize().toString();
    }

    private void fileSystem(Mount mount, String at, MountOptions options) {
        String type = mount.type() == null ? "none" : mount.type();
        String label = "mount " + type + " on " + at;
        calls.directories(at);
        if (type.equals("proc") || type.equals("sysfs")) {
            noSymlink(label, at);
        }
        String source = mount.source() == null || mount.source().isEmpty() ? type : mount.source();
        calls.mount(label, source, at, type, options.flags(), options.data());
        propagation(label, at, options);
    }

    private void bind(ContainerShape.Bind bind, MountOptions options) {
        String at = bind.destination();
        if (!bind.exists()) {
            if (bind.directory()) {
                calls.directories(at);
            } else {
                calls.file(at);
            }
        }
        String label = "mount " + bind.mount().source() + " on " + at;
        calls.attach(label, bind.fd(), at, true);
        if (bind.attributesDue()) {
            if (options.flags() != 0 || options.recursiveFlags() != 0) {
                long flags =
                        Mounts.MS_BIND
                                | Mounts.MS_REMOUNT
                                | options.flags()
                                | options.recursiveFlags();
                calls.mount(label, null, at, null, flags, null);
            }
            if (options.propagation() == 0) {
                calls.mount(label, null, at, null, Mounts.MS_PRIVATE | Mounts.MS_REC, null);
            }
            propagation(label, at, options);
        }
    }

    private void propagation(String label, String at, MountOptions options) {
        if (options.propagation() != 0) {
            calls.mount(label, null, at, null, options.propagation(), null);
        }
    }

    // an image whose /proc is a symlink would have the masks of /proc put elsewhere (CVE-2019-16884
    // and its like)
    private void noSymlink(String label, String at) {
        long how = plan.words(FileSystem.O_PATH | FileSystem.O_CLOEXEC, 0, RESOLVE_NO_SYMLINKS);
        Step open =
                calls.step(label, SyscallNumbers.OPENAT2, Calls.CWD, plan.text(at), how, 24)
                        .tolerate(Errno.ENOSYS);
        calls.step(label, SyscallNumbers.CLOSE, open.result()).indirect(0).tolerate(Errno.EBADF);
    }
}
