package dev.carafe.runtime.steps;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.Capabilities;
import dev.carafe.linux.Errno;
import dev.carafe.linux.Rlimits;
import dev.carafe.linux.SyscallNumbers;
import dev.carafe.oci.runtime.Process;
import dev.carafe.oci.runtime.Rlimit;
import dev.carafe.runtime.plan.LaunchPlan;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives up what the program shall not have: limits, capabilities, ids, the right to gain more,
/// system calls.
final class ConfineSteps {
    private static final int PR_SET_PDEATHSIG = 1;
    private static final int PR_SET_KEEPCAPS = 8;
    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_RAISE = 2;
    private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;
    private static final int SECCOMP_SET_MODE_FILTER = 1;
    private static final int CAPABILITY_VERSION_3 = 0x20080522;
    private static final int SIGKILL = 9;
    private static final int DEFAULT_UMASK = 022;

    private final LaunchPlan plan;
    private final Calls calls;
    private final int last;
    private final long available;
    private final Process process;

    /// @param user whether the process is in a user namespace of its own, where the kernel starts
    ///   with all capabilities
    ConfineSteps(Calls calls, KernelFacts kernel, Process process, boolean user) {
        this.plan = calls.plan;
        this.calls = calls;
        this.last = kernel.lastCapability();
        this.available = user ? (2L << last) - 1 : kernel.bounding();
        this.process = process;
    }

    /// Dies with the parent. Changing ids clears this (kernel/cred.c), so it is set again
    /// afterwards.
    void dieWithParent() {
        calls.step("die with the monitor", SyscallNumbers.PRCTL, PR_SET_PDEATHSIG, SIGKILL);
    }

    void limits() {
        for (Rlimit limit : process.rlimits()) {
            int resource =
                    Rlimits.number(limit.type())
                            .orElseThrow(
                                    () -> new InvalidArgument("unknown rlimit: " + limit.type()));
            calls.step(
                    "set " + limit.type(),
                    SyscallNumbers.PRLIMIT64,
                    0,
                    resource,
                    plan.words(limit.soft(), limit.hard()),
                    0);
        }
    }

    /// How likely the kernel's OOM killer takes the process; through the host's /proc.
    void oomScore() {
        Integer score = process.oomScoreAdj();
        if (score != null) {
            calls.write(
                    "set oom_score_adj to " + score,
                    "/proc/self/oom_score_adj",
                    Integer.toString(score));
        }
    }

    /// A filter without no_new_privs needs CAP_SYS_ADMIN, so it comes before the capabilities go;
    /// what is left of the plan must pass it then.
    void filterWhilePrivileged(ContainerShape.@Nullable Filter filter) {
        if (filter != null && !process.noNewPrivileges()) {
            seccomp(filter);
        }
    }

    /// Capabilities and ids, in the one order that works: the bounding set needs CAP_SETPCAP,
    /// setgroups CAP_SETGID.
    void privileges() {
        dev.carafe.oci.runtime.Capabilities sets =
                process.capabilities() == null
                        ? dev.carafe.oci.runtime.Capabilities.of(List.of())
                        : process.capabilities();
        long bounding = mask(sets.bounding());
        for (int cap = 0; cap <= last; cap++) {
            if ((bounding >> cap & 1) == 0 && (available >> cap & 1) != 0) {
                calls.step(
                        "drop " + Capabilities.name(cap) + " from the bounding set",
                        SyscallNumbers.PRCTL,
                        PR_CAPBSET_DROP,
                        cap);
            }
        }
        calls.step(
                "keep capabilities while the ids change", SyscallNumbers.PRCTL, PR_SET_KEEPCAPS, 1);
        ids();
        capset(mask(sets.effective()), mask(sets.permitted()), mask(sets.inheritable()));
        calls.step(
                        "clear ambient capabilities",
                        SyscallNumbers.PRCTL,
                        PR_CAP_AMBIENT,
                        PR_CAP_AMBIENT_CLEAR_ALL)
                .tolerate(Errno.EINVAL);
        for (String name : sets.ambient()) {
            if ((mask(List.of(name)) & mask(sets.permitted()) & mask(sets.inheritable())) != 0) {
                int bit = Capabilities.bit(name).orElseThrow();
                calls.step(
                        "raise ambient " + name,
                        SyscallNumbers.PRCTL,
                        PR_CAP_AMBIENT,
                        PR_CAP_AMBIENT_RAISE,
                        bit);
            }
        }
        Integer umask = process.user().umask();
        calls.step(
                "umask of the program",
                SyscallNumbers.UMASK,
                umask == null ? DEFAULT_UMASK : umask);
    }

    void noNewPrivileges() {
        if (process.noNewPrivileges()) {
            calls.step("set no_new_privs", SyscallNumbers.PRCTL, PR_SET_NO_NEW_PRIVS, 1);
        }
    }

    void filterAtLast(ContainerShape.@Nullable Filter filter) {
        if (filter != null && process.noNewPrivileges()) {
            seccomp(filter);
        }
    }

    private void ids() {
        List<Long> groups = process.user().additionalGids();
        ByteBuffer list = ByteBuffer.allocate(4 * groups.size()).order(ByteOrder.nativeOrder());
        groups.forEach(g -> list.putInt(g.intValue()));
        calls.step(
                "set the additional groups",
                SyscallNumbers.SETGROUPS,
                groups.size(),
                plan.bytes(list.array()));
        long uid = process.user().uid();
        long gid = process.user().gid();
        calls.step("become group " + gid, SyscallNumbers.SETRESGID, gid, gid, gid);
        calls.step("become user " + uid, SyscallNumbers.SETRESUID, uid, uid, uid);
    }

    private void capset(long effective, long permitted, long inheritable) {
        ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        header.putInt(CAPABILITY_VERSION_3).putInt(0);
        ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
        for (int shift = 0; shift < 64; shift += 32) {
            data.putInt((int) (effective >> shift))
                    .putInt((int) (permitted >> shift))
                    .putInt((int) (inheritable >> shift));
        }
        calls.step(
                "set capabilities",
                SyscallNumbers.CAPSET,
                plan.bytes(header.array()),
                plan.bytes(data.array()));
    }

    private void seccomp(ContainerShape.Filter filter) {
        long program = plan.bytes(filter.program());
        long fprog = plan.words(filter.program().length / 8, program);
        calls.step(
                "install the seccomp filter",
                SyscallNumbers.SECCOMP,
                SECCOMP_SET_MODE_FILTER,
                filter.flags(),
                fprog);
    }

    /// What this machine can't give is left out, as runc does: a privileged container asks for
    /// everything.
    private long mask(List<String> names) {
        try {
            return Capabilities.mask(names) & available;
        } catch (IllegalArgumentException e) {
            throw new InvalidArgument(String.valueOf(e.getMessage()));
        }
    }
}
