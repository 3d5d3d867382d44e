package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// ioctl(2) in the three shapes there are: a number, an int behind a pointer, a struct behind a
/// pointer.
public final class Ioctls {
    private Ioctls() {}

    public static long value(Fd fd, String name, long request, long argument) {
        return Syscall.call(
                "ioctl " + name, fd, SyscallNumbers.IOCTL, fd.number(), request, argument);
    }

    public static int readInt(Fd fd, String name, long request) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(8, 8);
            value(fd, name, request, out.address());
            return out.get(Memory.INT, 0);
        }
    }

    public static void writeInt(Fd fd, String name, long request, int argument) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment in = arena.allocate(8, 8);
            in.set(Memory.INT, 0, argument);
            value(fd, name, request, in.address());
        }
    }

    /// Passes the struct and copies back what the kernel wrote into it.
    public static long struct(Fd fd, String name, long request, byte[] struct) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = Memory.copy(arena, struct);
            long result = value(fd, name, request, segment.address());
            MemorySegment.copy(segment, Memory.BYTE, 0, struct, 0, struct.length);
            return result;
        }
    }
}
