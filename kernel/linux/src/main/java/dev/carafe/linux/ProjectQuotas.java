package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Project quotas of ext4 and xfs: a directory belongs to a numbered project (ioctl_fsxattr,
/// FS_IOC_FSSETXATTR), what is made in it inherits the number, and the file system bounds what all
/// files of one project take (quotactl(2), project type). 0 is the project of everything else.
public final class ProjectQuotas {
    private static final long FSGETXATTR = 0x801c581fL;
    private static final long FSSETXATTR = 0x401c5820L;
    private static final int FSXATTR_BYTES = 28;
    private static final int XFLAGS = 0;
    private static final int PROJID = 12;
    private static final int PROJINHERIT = 0x200;

    private static final int PRJQUOTA = 2;
    private static final int GET_QUOTA = command(3);
    private static final int SET_LIMIT = command(4);
    private static final int GET_STATE = command(5);

    /// struct fs_quota_stat: flags at 2; struct fs_disk_quota: limits and use in blocks of 512.
    private static final int STATE_BYTES = 80;

    private static final int STATE_FLAGS = 2;
    private static final int PROJECTS_ENFORCED = 1 << 5;
    private static final int LIMIT_BYTES = 112;
    private static final int BLOCK = 512;
    private static final int FIELD_BLOCK_SOFT = 1 << 2;
    private static final int FIELD_BLOCK_HARD = 1 << 3;

    private ProjectQuotas() {}

    private static int command(int number) {
        return (('X' << 8) + number) << 8 | PRJQUOTA;
    }

    /// How much a project may take and takes.
    ///
    /// @param limitBytes 0: as much as there is
    public record Limit(long limitBytes, long usedBytes) {}

    /// Whether the file system of an open directory bounds projects now: it has the quotas, and was
    /// mounted with them (`prjquota`). False as well where no quota can be asked for.
    public static boolean enforced(Fd dir) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE_BYTES, 8);
            return control(dir, GET_STATE, 0, state) >= 0
                    && (state.get(Memory.SHORT, STATE_FLAGS) & PROJECTS_ENFORCED) != 0;
        }
    }

    /// Empty where nothing is known of the project.
    public static Optional<Limit> limit(Fd dir, int project) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocate(LIMIT_BYTES, 8);
            if (control(dir, GET_QUOTA, project, limit) < 0) {
                return Optional.empty();
            }
            return Optional.of(
                    new Limit(
                            limit.get(Memory.LONG, 8) * BLOCK, limit.get(Memory.LONG, 40) * BLOCK));
        }
    }

    /// Bounds a project, in whole blocks of 512 bytes.
    ///
    /// @param bytes 0 takes the bound away
    public static void setLimit(Fd dir, int project, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocate(LIMIT_BYTES, 8);
            long blocks = Math.ceilDiv(bytes, BLOCK);
            limit.set(Memory.BYTE, 0, (byte) 1);
            limit.set(Memory.BYTE, 1, (byte) PRJQUOTA);
            limit.set(Memory.SHORT, 2, (short) (FIELD_BLOCK_HARD | FIELD_BLOCK_SOFT));
            limit.set(Memory.INT, 4, project);
            limit.set(Memory.LONG, 8, blocks);
            limit.set(Memory.LONG, 16, blocks);
            long result = control(dir, SET_LIMIT, project, limit);
            Syscall.check(
                    "quotactl set limit of project", Integer.toUnsignedString(project), result);
        }
    }

    /// The project of an open file or directory; 0 where its file system knows none.
    public static int project(Fd file) {
        byte[] attributes = new byte[FSXATTR_BYTES];
        try {
            Ioctls.struct(file, "FS_IOC_FSGETXATTR", FSGETXATTR, attributes);
        } catch (ErrnoException e) {
            return 0;
        }
        return MemorySegment.ofArray(attributes).get(Memory.INT, PROJID);
    }

    /// Gives an open directory to a project, and all that will be made in it.
    public static void join(Fd dir, int project) {
        byte[] attributes = new byte[FSXATTR_BYTES];
        Ioctls.struct(dir, "FS_IOC_FSGETXATTR", FSGETXATTR, attributes);
        MemorySegment struct = MemorySegment.ofArray(attributes);
        struct.set(Memory.INT, XFLAGS, struct.get(Memory.INT, XFLAGS) | PROJINHERIT);
        struct.set(Memory.INT, PROJID, project);
        Ioctls.struct(dir, "FS_IOC_FSSETXATTR", FSSETXATTR, attributes);
    }

    /// quotactl_fd(2), since Linux 5.14; before it by the file system's device.
    private static long control(Fd dir, int command, int project, MemorySegment data) {
        long id = Integer.toUnsignedLong(project);
        long result =
                Syscall.restarting(
                        SyscallNumbers.QUOTACTL_FD, dir.number(), command, id, data.address());
        return result == -Errno.ENOSYS ? byDevice(dir, command, id, data) : result;
    }

    private static long byDevice(Fd dir, int command, long id, MemorySegment data) {
        try (Arena arena = Arena.ofConfined()) {
            Stat stat = FileSystem.fstat(dir);
            // the name that devices have by their numbers where udev or mdev keeps /dev
            String device = "/dev/block/" + stat.devMajor() + ":" + stat.devMinor();
            return Syscall.restarting(
                    SyscallNumbers.QUOTACTL,
                    Integer.toUnsignedLong(command),
                    Memory.cAddress(arena, device),
                    id,
                    data.address());
        }
    }
}
