package dev.carafe.runtime.steps;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.Errno;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Mounts;
import dev.carafe.linux.SyscallNumbers;
import dev.carafe.oci.runtime.Device;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.Mount;
import dev.carafe.runtime.plan.LaunchPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/// Device nodes and the links of /dev (runtime-spec config-linux.md#default-devices,
/// runtime-linux.md#dev-symbolic-links).
public final class DeviceSteps {
    private static final int S_IFCHR = 0x2000;
    private static final int S_IFBLK = 0x6000;
    private static final int S_IFIFO = 0x1000;
    private static final Map<String, Device> DEFAULTS = new LinkedHashMap<>();

    static {
        character("/dev/null", 1, 3);
        character("/dev/zero", 1, 5);
        character("/dev/full", 1, 7);
        character("/dev/random", 1, 8);
        character("/dev/urandom", 1, 9);
        character("/dev/tty", 5, 0);
    }

    private final LaunchPlan plan;
    private final Calls calls;
    private final ContainerShape shape;

    DeviceSteps(Calls calls, ContainerShape shape) {
        this.plan = calls.plan;
        this.calls = calls;
        this.shape = shape;
    }

    /// The devices to make, by path: the default ones and the spec's, which win.
    public static Map<String, Device> devices(Linux linux) {
        Map<String, Device> all = new LinkedHashMap<>(DEFAULTS);
        linux.devices().forEach(d -> all.put(MountSteps.clean(d.path()), d));
        return all;
    }

    /// Does nothing when the host's /dev is mounted in the container.
    void all(Linux linux) {
        for (Mount mount : shape.spec().mounts()) {
            if (MountSteps.clean(mount.destination()).equals("/dev")
                    && MountOptions.parse(mount.options()).bind()) {
                return;
            }
        }
        calls.directories("/dev");
        devices(linux)
                .forEach((path, device) -> {
                    if (shape.inUserNamespace()) {
                        bindHostNode(path);
                    } else {
                        node(path, device);
                    }
                });
        link("/proc/self/fd", "/dev/fd");
        link("/proc/self/fd/0", "/dev/stdin");
        link("/proc/self/fd/1", "/dev/stdout");
        link("/proc/self/fd/2", "/dev/stderr");
        link("pts/ptmx", "/dev/ptmx");
        link("/proc/kcore", "/dev/core");
        if (shape.console() != null) {
            console(shape.console());
        }
    }

    private void node(String path, Device device) {
        calls.parents(path);
        int mode = type(device) | (device.fileMode() == null ? 0666 : device.fileMode() & 07777);
        long number = FileSystem.device((int) device.major(), (int) device.minor());
        calls.step(
                        "make the device " + path,
                        SyscallNumbers.MKNODAT,
                        Calls.CWD,
                        plan.text(path),
                        mode,
                        number)
                .tolerate(Errno.EEXIST);
        long uid = device.uid() == null ? 0 : device.uid();
        long gid = device.gid() == null ? 0 : device.gid();
        if (uid != 0 || gid != 0) {
            calls.step(
                    "give " + path + " its owner",
                    SyscallNumbers.FCHOWNAT,
                    Calls.CWD,
                    plan.text(path),
                    uid,
                    gid,
                    0);
        }
    }

    // the kernel lets nobody make device nodes in a user namespace
    private void bindHostNode(String path) {
        Integer fd = shape.hostDevices().get(path);
        if (fd != null) {
            calls.file(path);
            calls.attach("mount the device " + path, fd, path, false);
        }
    }

    private void link(String target, String path) {
        calls.step(
                        "link " + path,
                        SyscallNumbers.SYMLINKAT,
                        plan.text(target),
                        Calls.CWD,
                        plan.text(path))
                .tolerate(Errno.EEXIST);
    }

    private void console(int index) {
        calls.file("/dev/console");
        calls.mount(
                "mount the terminal on /dev/console",
                "/dev/pts/" + index,
                "/dev/console",
                null,
                Mounts.MS_BIND,
                null);
    }

    private static int type(Device device) {
        return switch (device.type()) {
            case "c", "u" -> S_IFCHR;
            case "b" -> S_IFBLK;
            case "p" -> S_IFIFO;
            default -> throw new InvalidArgument("unknown device type: " + device.type());
        };
    }

    private static void character(String path, int major, int minor) {
        DEFAULTS.put(path, new Device("c", path, major, minor, 0666, null, null));
    }
}
