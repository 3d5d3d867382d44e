package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Reads directories by descriptor, getdents64(2).
public final class Directories {
    private static final int BUFFER = 32 * 1024;

    private Directories() {}

    /// All names but `.` and `..`, in the file system's order. Moves the descriptor's offset to the
    /// end.
    public static List<DirectoryEntry> list(Fd directory) {
        List<DirectoryEntry> entries = new ArrayList<>();
        FileContent.seekTo(directory, 0);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(BUFFER, 8);
            while (true) {
                long n =
                        Syscall.call(
                                "getdents64",
                                directory,
                                SyscallNumbers.GETDENTS64,
                                directory.number(),
                                buffer.address(),
                                BUFFER);
                if (n == 0) {
                    return entries;
                }
                parse(buffer, n, entries);
            }
        }
    }

    // struct linux_dirent64: inode, offset, record length, type, name with a zero
    private static void parse(MemorySegment buffer, long length, List<DirectoryEntry> entries) {
        long at = 0;
        while (at < length) {
            int size = buffer.get(Memory.SHORT, at + 16) & 0xffff;
            int nameLength = 0;
            while (buffer.get(Memory.BYTE, at + 19 + nameLength) != 0) {
                nameLength++;
            }
            String name = RawText.decode(Memory.bytes(buffer, at + 19, nameLength));
            if (!name.equals(".") && !name.equals("..")) {
                entries.add(
                        new DirectoryEntry(
                                name,
                                buffer.get(Memory.LONG, at),
                                buffer.get(Memory.BYTE, at + 18) & 0xff));
            }
            at += size;
        }
    }
}
