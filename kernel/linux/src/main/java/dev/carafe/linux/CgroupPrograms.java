package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Device-access programs of version 2 control groups, bpf(2) with BPF_PROG_TYPE_CGROUP_DEVICE
/// (since Linux 4.15).
public final class CgroupPrograms {
    private static final int PROG_LOAD = 5;
    private static final int PROG_ATTACH = 8;
    private static final int PROG_DETACH = 9;
    private static final int PROG_GET_FD_BY_ID = 13;
    private static final int PROG_QUERY = 16;
    private static final int TYPE_CGROUP_DEVICE = 15;
    private static final int ATTACH_CGROUP_DEVICE = 6;
    private static final int ALLOW_MULTI = 2;
    private static final int REPLACE = 4;
    private static final int INSTRUCTION_BYTES = 8;
    private static final int MOST_PROGRAMS = 64;
    private static final int LOG_BYTES = 4096;

    private CgroupPrograms() {}

    /// Has the kernel verify a program.
    ///
    /// @param instructions eBPF, 8 bytes each in the machine's order
    /// @throws ErrnoException EINVAL or EACCES with the verifier's words
    public static Fd load(byte[] instructions) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attr = arena.allocate(64, 8);
            MemorySegment log = arena.allocate(LOG_BYTES);
            attr.set(Memory.INT, 0, TYPE_CGROUP_DEVICE);
            attr.set(Memory.INT, 4, instructions.length / INSTRUCTION_BYTES);
            attr.set(Memory.LONG, 8, Memory.copy(arena, instructions).address());
            attr.set(Memory.LONG, 16, Memory.cAddress(arena, "Apache-2.0"));
            long fd = bpf(PROG_LOAD, attr);
            if (fd < 0) {
                // a log costs time and memory: only for a second try, which tells why
                attr.set(Memory.INT, 24, 1);
                attr.set(Memory.INT, 28, LOG_BYTES);
                attr.set(Memory.LONG, 32, log.address());
                fd = bpf(PROG_LOAD, attr);
            }
            return Fd.own(Syscall.check("bpf load", log.getString(0).strip(), fd));
        }
    }

    /// Makes this the group's only own device program; there is no moment without one.
    public static void replace(Fd cgroup, Fd program) {
        List<Fd> old = attached(cgroup);
        try {
            boolean swap = old.size() == 1;
            attach(
                    cgroup,
                    program,
                    swap ? ALLOW_MULTI | REPLACE : ALLOW_MULTI,
                    swap ? old.getFirst().number() : 0);
            if (!swap) {
                old.forEach(other -> detach(cgroup, other));
            }
        } finally {
            old.forEach(Fd::close);
        }
    }

    /// The programs attached to the group itself. The caller closes them.
    public static List<Fd> attached(Fd cgroup) {
        List<Fd> programs = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ids = arena.allocate(4L * MOST_PROGRAMS, 8);
            MemorySegment attr = arena.allocate(64, 8);
            attr.set(Memory.INT, 0, cgroup.number());
            attr.set(Memory.INT, 4, ATTACH_CGROUP_DEVICE);
            attr.set(Memory.LONG, 16, ids.address());
            attr.set(Memory.INT, 24, MOST_PROGRAMS);
            Syscall.check("bpf query", cgroup, bpf(PROG_QUERY, attr));
            int count = attr.get(Memory.INT, 24);
            for (int i = 0; i < count; i++) {
                MemorySegment byId = arena.allocate(64, 8);
                byId.set(Memory.INT, 0, ids.get(Memory.INT, 4L * i));
                programs.add(
                        Fd.own(
                                Syscall.check(
                                        "bpf get program", cgroup, bpf(PROG_GET_FD_BY_ID, byId))));
            }
            return programs;
        } catch (RuntimeException e) {
            programs.forEach(Fd::close);
            throw e;
        }
    }

    private static void attach(Fd cgroup, Fd program, int flags, int replaced) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attr = target(arena, cgroup, program);
            attr.set(Memory.INT, 12, flags);
            attr.set(Memory.INT, 16, replaced);
            Syscall.check("bpf attach", cgroup, bpf(PROG_ATTACH, attr));
        }
    }

    private static void detach(Fd cgroup, Fd program) {
        try (Arena arena = Arena.ofConfined()) {
            Syscall.check("bpf detach", cgroup, bpf(PROG_DETACH, target(arena, cgroup, program)));
        }
    }

    private static MemorySegment target(Arena arena, Fd cgroup, Fd program) {
        MemorySegment attr = arena.allocate(64, 8);
        attr.set(Memory.INT, 0, cgroup.number());
        attr.set(Memory.INT, 4, program.number());
        attr.set(Memory.INT, 8, ATTACH_CGROUP_DEVICE);
        return attr;
    }

    private static long bpf(int command, MemorySegment attr) {
        return Syscall.restarting(SyscallNumbers.BPF, command, attr.address(), attr.byteSize());
    }
}
