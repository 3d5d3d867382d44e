package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Sends open files to other processes, unix(7) SCM_RIGHTS.
public final class FdPassing {
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    // sizeof(sun_path), of which one byte is the end
    private static final int LONGEST_PATH = 107;

    private FdPassing() {}

    /// Connects to the socket at `path` and sends it one descriptor with a text of at least one
    /// byte.
    public static void send(String path, Fd fd, String text) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH) {
            throw new ErrnoException("connect", Errno.ENAMETOOLONG, path);
        }
        byte[] address = new byte[2 + name.length + 1];
        address[0] = AF_UNIX;
        System.arraycopy(name, 0, address, 2, name.length);
        try (Fd socket = Sockets.socket(AF_UNIX, SOCK_STREAM, 0)) {
            Sockets.connect(socket, address);
            sendTo(socket, fd, text);
        }
    }

    // struct msghdr, one struct iovec, one struct cmsghdr with an int
    private static void sendTo(Fd socket, Fd fd, String text) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            MemorySegment vector = arena.allocate(16, 8);
            vector.set(Memory.LONG, 0, Memory.copy(arena, bytes).address());
            vector.set(Memory.LONG, 8, bytes.length);
            MemorySegment control = arena.allocate(24, 8);
            control.set(Memory.LONG, 0, 20);
            control.set(Memory.INT, 8, SOL_SOCKET);
            control.set(Memory.INT, 12, SCM_RIGHTS);
            control.set(Memory.INT, 16, fd.number());
            MemorySegment message = arena.allocate(56, 8);
            message.set(Memory.LONG, 16, vector.address());
            message.set(Memory.LONG, 24, 1);
            message.set(Memory.LONG, 32, control.address());
            message.set(Memory.LONG, 40, 24);
            Syscall.call(
                    "sendmsg",
                    fd,
                    SyscallNumbers.SENDMSG,
                    socket.number(),
                    message.address(),
                    MSG_NOSIGNAL);
        }
    }
}
