package dev.carafe.linux.cgroup;

import dev.carafe.linux.CgroupPrograms;
import dev.carafe.linux.Fd;
import dev.carafe.linux.cgroup.CgroupLimits.DeviceRule;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Version 1's device rules as an eBPF program for version 2 (admin-guide/cgroup-v2, "Device
/// controller"). The rules are folded as version 1's kernel code folds them: a verdict for
/// everything, and exceptions from it.
final class DeviceProgram {
    private static final int ALL = 7;

    private final boolean allowByDefault;
    private final ByteArrayOutputStream code = new ByteArrayOutputStream();

    private DeviceProgram(boolean allowByDefault) {
        this.allowByDefault = allowByDefault;
    }

    /// Which devices: type 1 block, 2 char; null is any number.
    record Device(int type, @Nullable Integer major, @Nullable Integer minor) {}

    /// What a list of rules comes to: the exceptions with access bits (1 mknod, 2 read, 4 write).
    record Folded(boolean allowByDefault, Map<Device, Integer> exceptions) {}

    static Folded fold(List<DeviceRule> rules) {
        boolean allow = true;
        Map<Device, Integer> exceptions = new LinkedHashMap<>();
        for (DeviceRule rule : rules) {
            if (rule.type() == 'a') {
                allow = rule.allow();
                exceptions.clear();
                continue;
            }
            Device device = new Device(rule.type() == 'b' ? 1 : 2, rule.major(), rule.minor());
            int had = exceptions.getOrDefault(device, 0);
            int now =
                    rule.allow() == allow ? had & ~bits(rule.access()) : had | bits(rule.access());
            if (now == 0) {
                exceptions.remove(device);
            } else {
                exceptions.put(device, now);
            }
        }
        return new Folded(allow, exceptions);
    }

    /// The program: 8 bytes an instruction, the machine's byte order.
    static byte[] compile(List<DeviceRule> rules) {
        Folded folded = fold(rules);
        DeviceProgram program = new DeviceProgram(folded.allowByDefault());
        program.prologue();
        folded.exceptions().forEach(program::exception);
        program.answer(folded.allowByDefault());
        return program.code.toByteArray();
    }

    static void replace(Fd cgroup, byte[] instructions) {
        try (Fd program = CgroupPrograms.load(instructions)) {
            CgroupPrograms.replace(cgroup, program);
        }
    }

    private static int bits(String access) {
        return (access.contains("m") ? 1 : 0)
                | (access.contains("r") ? 2 : 0)
                | (access.contains("w") ? 4 : 0);
    }

    // r1 points to struct bpf_cgroup_dev_ctx: access << 16 | type, major, minor
    private void prologue() {
        emit(0x61, 2, 1, 0, 0); // r2 = type and access
        emit(0xbf, 3, 2, 0, 0); // r3 = r2
        emit(0x57, 2, 0, 0, 0xffff); // r2 &= 0xffff: the type
        emit(0x77, 3, 0, 0, 16); // r3 >>= 16: the access
        emit(0x61, 4, 1, 4, 0); // r4 = major
        emit(0x61, 5, 1, 8, 0); // r5 = minor
    }

    private void exception(Device device, int access) {
        int length =
                1
                        + (access == ALL ? 0 : 3)
                        + (device.major() == null ? 0 : 1)
                        + (device.minor() == null ? 0 : 1)
                        + 2;
        int end = position() + length;
        jump(0x55, 2, 0, end, device.type()); // other type
        if (access != ALL) {
            emit(0xbf, 1, 3, 0, 0); // r1 = access
            emit(0x57, 1, 0, 0, access); // r1 &= the exception's
            if (allowByDefault) {
                jump(0x15, 1, 0, end, 0); // nothing of it is denied
            } else {
                jump(0x5d, 1, 3, end, 0); // not all of it is allowed
            }
        }
        if (device.major() != null) {
            jump(0x55, 4, 0, end, device.major());
        }
        if (device.minor() != null) {
            jump(0x55, 5, 0, end, device.minor());
        }
        answer(!allowByDefault);
    }

    private void answer(boolean allow) {
        emit(0xb7, 0, 0, 0, allow ? 1 : 0); // r0 = verdict
        emit(0x95, 0, 0, 0, 0); // exit
    }

    private int position() {
        return code.size() / 8;
    }

    private void jump(int opcode, int dst, int src, int target, int value) {
        emit(opcode, dst, src, target - position() - 1, value);
    }

    private void emit(int opcode, int dst, int src, int offset, int value) {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        code.writeBytes(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.nativeOrder())
                        .put((byte) opcode)
                        .put((byte) (little ? src << 4 | dst : dst << 4 | src))
                        .putShort((short) offset)
                        .putInt(value)
                        .array());
    }
}
