package dev.carafe.runtime.steps;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Namespaces;
import dev.carafe.linux.SyscallNumbers;
import dev.carafe.oci.runtime.Namespace;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.plan.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/// Makes and joins namespaces and cgroups.
final class NamespaceSteps {
    private static final Map<String, Long> BITS =
            Map.of(
                    Namespace.PID, Namespaces.CLONE_NEWPID,
                    Namespace.NETWORK, Namespaces.CLONE_NEWNET,
                    Namespace.MOUNT, Namespaces.CLONE_NEWNS,
                    Namespace.IPC, Namespaces.CLONE_NEWIPC,
                    Namespace.UTS, Namespaces.CLONE_NEWUTS,
                    Namespace.USER, Namespaces.CLONE_NEWUSER,
                    Namespace.CGROUP, Namespaces.CLONE_NEWCGROUP,
                    Namespace.TIME, Namespaces.CLONE_NEWTIME);
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int SIOCSIFFLAGS = 0x8914;
    private static final short IFF_UP = 1;

    private final LaunchPlan plan;
    private final Calls calls;
    private final ContainerShape shape;

    NamespaceSteps(Calls calls, ContainerShape shape) {
        this.plan = calls.plan;
        this.calls = calls;
        this.shape = shape;
    }

    static long bit(String kind) {
        Long bit = BITS.get(kind);
        if (bit == null) {
            throw new InvalidArgument("unknown namespace: " + kind);
        }
        return bit;
    }

    /// Before anything that is to belong to the other container's user namespace.
    void enterUser() {
        join(Namespace.USER);
    }

    /// In the monitor, before the clone: what the child must be born in.
    void beforeBirth() {
        if (shape.netnsEarly()) {
            join(Namespace.NETWORK);
        }
        if (shape.makes(Namespace.TIME)) {
            calls.step("make the time namespace", SyscallNumbers.UNSHARE, Namespaces.CLONE_NEWTIME);
        }
        join(Namespace.PID);
    }

    /// The namespaces of the clone itself: a pid namespace belongs to the user namespace it is made
    /// in.
    long birthFlags() {
        return (shape.makes(Namespace.PID) ? Namespaces.CLONE_NEWPID : 0)
                | (shape.makes(Namespace.USER) ? Namespaces.CLONE_NEWUSER : 0);
    }

    /// `tasks` moves the writing thread only, and is some 8 ms faster than `cgroup.procs` for it.
    static void joinGroups(Calls calls, Map<String, Integer> groups) {
        groups.forEach((name, fd) ->
                calls.step("join cgroup " + name, SyscallNumbers.WRITE, fd, calls.text("0"), 1));
    }

    /// All but the cgroup namespace, whose root is the group the process is in at that moment.
    void enter() {
        if (!shape.netnsEarly()) {
            join(Namespace.NETWORK);
        }
        join(Namespace.UTS);
        join(Namespace.IPC);
        if (shape.makes(Namespace.NETWORK)) {
            unshare(Namespace.NETWORK);
            loopbackUp();
        }
        unshare(Namespace.UTS);
        unshare(Namespace.IPC);
        join(Namespace.CGROUP);
        unshare(Namespace.CGROUP);
        calls.step("make the mount namespace", SyscallNumbers.UNSHARE, Namespaces.CLONE_NEWNS);
    }

    /// The monitor, which shares our descriptors until here, gets the mount namespace: with it the
    /// container's mounts are taken down when the monitor ends, not before the container's exit is
    /// known.
    void handOverMounts() {
        int flags = FileSystem.O_RDONLY | FileSystem.O_CLOEXEC;
        Step open =
                calls.step(
                        "open the mount namespace",
                        SyscallNumbers.OPENAT,
                        Calls.CWD,
                        plan.text("/proc/self/ns/mnt"),
                        flags,
                        0);
        calls.step(
                        "hand it to the monitor",
                        SyscallNumbers.DUP3,
                        open.result(),
                        Descriptors.MOUNT_NAMESPACE,
                        0x80000)
                .indirect(0);
        calls.step("close its first number", SyscallNumbers.CLOSE, open.result()).indirect(0);
        calls.step("have own descriptors", SyscallNumbers.UNSHARE, MonitorSteps.CLONE_FILES);
        calls.closeRange(
                "close the monitor's descriptors",
                Descriptors.REPORT_READ,
                Descriptors.FIRST_FREE - 1);
    }

    private void unshare(String kind) {
        if (shape.makes(kind)) {
            calls.step("make the " + kind + " namespace", SyscallNumbers.UNSHARE, bit(kind));
        }
    }

    private void join(String kind) {
        Integer fd = shape.joins().get(kind);
        if (fd != null) {
            calls.step("join the " + kind + " namespace", SyscallNumbers.SETNS, fd, bit(kind));
        }
    }

    private void loopbackUp() {
        ByteBuffer ifreq = ByteBuffer.allocate(40).order(ByteOrder.nativeOrder());
        ifreq.put((byte) 'l').put((byte) 'o').putShort(16, IFF_UP);
        Step socket =
                calls.step(
                        "open a socket for lo",
                        SyscallNumbers.SOCKET,
                        AF_INET,
                        SOCK_DGRAM_CLOEXEC,
                        0);
        calls.step(
                        "bring up lo",
                        SyscallNumbers.IOCTL,
                        socket.result(),
                        SIOCSIFFLAGS,
                        plan.bytes(ifreq.array()))
                .indirect(0);
        calls.step("close the socket for lo", SyscallNumbers.CLOSE, socket.result()).indirect(0);
    }
}
