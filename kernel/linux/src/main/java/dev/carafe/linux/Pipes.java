package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Pipes, eventfds, and moving bytes through them. Transfer methods answer as NIO channels do: the
/// number of bytes, -1 at the end of the stream, 0 when a non-blocking descriptor would block.
public final class Pipes {
    /// pipe2 flag.
    public static final int O_NONBLOCK = 0x800;

    public static final int EFD_SEMAPHORE = 1;
    public static final int EFD_NONBLOCK = O_NONBLOCK;

    private static final int O_CLOEXEC = 0x80000;
    private static final int SPLICE_F_NONBLOCK = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int F_GETPIPE_SZ = 1032;
    private static final int FIONREAD = 0x541b;

    private Pipes() {}

    /// Both ends of a pipe.
    public record Pipe(Fd read, Fd write) implements AutoCloseable {
        @Override
        public void close() {
            read.close();
            write.close();
        }
    }

    public static Pipe pipe() {
        return pipe(0);
    }

    /// pipe2(2), always close-on-exec.
    public static Pipe pipe(int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pair = arena.allocate(8, 8);
            Syscall.call("pipe2", "", SyscallNumbers.PIPE2, pair.address(), flags | O_CLOEXEC);
            return new Pipe(Fd.own(pair.get(Memory.INT, 0)), Fd.own(pair.get(Memory.INT, 4)));
        }
    }

    /// eventfd2(2), always close-on-exec.
    public static Fd eventfd(int initial, int flags) {
        return Fd.own(
                Syscall.call("eventfd2", "", SyscallNumbers.EVENTFD2, initial, flags | O_CLOEXEC));
    }

    /// Adds 1 to an eventfd.
    public static void signal(Fd eventfd) {
        byte[] one = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(1).array();
        write(eventfd, one, 0, 8);
    }

    public static int read(Fd fd, byte[] into) {
        return read(fd, into, 0, into.length);
    }

    public static int read(Fd fd, byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(length);
            int n = readTo(fd, buffer.address(), length);
            if (n > 0) {
                MemorySegment.copy(buffer, Memory.BYTE, 0, into, offset, n);
            }
            return n;
        }
    }

    /// Reads into the buffer's remaining room and moves its position. A direct buffer saves a copy.
    public static int read(Fd fd, ByteBuffer into) {
        if (!into.hasRemaining()) {
            return 0;
        }
        if (into.isDirect()) {
            int n = readTo(fd, MemorySegment.ofBuffer(into).address(), into.remaining());
            if (n > 0) {
                into.position(into.position() + n);
            }
            return n;
        }
        byte[] bytes = new byte[into.remaining()];
        int n = read(fd, bytes, 0, bytes.length);
        if (n > 0) {
            into.put(bytes, 0, n);
        }
        return n;
    }

    public static int write(Fd fd, byte[] from) {
        return write(fd, from, 0, from.length);
    }

    /// Writes what fits; 0 when a non-blocking descriptor is full.
    ///
    /// @throws ErrnoException EPIPE when nobody can read any more (the JVM ignores SIGPIPE)
    public static int write(Fd fd, byte[] from, int offset, int length) {
        try (Arena arena = Arena.ofConfined()) {
            return writeFrom(fd, Memory.copy(arena, from, offset, length).address(), length);
        }
    }

    /// Writes the remaining bytes that fit and moves the position.
    public static int write(Fd fd, ByteBuffer from) {
        int n;
        if (from.isDirect()) {
            n = writeFrom(fd, MemorySegment.ofBuffer(from).address(), from.remaining());
        } else {
            byte[] bytes = new byte[from.remaining()];
            from.duplicate().get(bytes);
            n = write(fd, bytes, 0, bytes.length);
        }
        from.position(from.position() + n);
        return n;
    }

    /// Writes everything to a blocking descriptor.
    public static void writeFully(Fd fd, byte[] from) {
        int done = 0;
        while (done < from.length) {
            int n = write(fd, from, done, from.length - done);
            if (n == 0) {
                throw new ErrnoException("write", Errno.EAGAIN, fd.toString());
            }
            done += n;
        }
    }

    /// splice(2) between descriptors of which one is a pipe; the offsets of files move.
    public static int splice(Fd from, Fd to, int length, boolean nonBlocking) {
        return transferred(
                "splice",
                from,
                Syscall.restarting(
                        SyscallNumbers.SPLICE,
                        from.number(),
                        0,
                        to.number(),
                        0,
                        length,
                        nonBlocking ? SPLICE_F_NONBLOCK : 0));
    }

    /// tee(2): copies bytes from pipe to pipe without taking them out.
    public static int tee(Fd from, Fd to, int length, boolean nonBlocking) {
        return transferred(
                "tee",
                from,
                Syscall.restarting(
                        SyscallNumbers.TEE,
                        from.number(),
                        to.number(),
                        length,
                        nonBlocking ? SPLICE_F_NONBLOCK : 0));
    }

    /// How many bytes can be read now (FIONREAD).
    public static int available(Fd fd) {
        return Ioctls.readInt(fd, "FIONREAD", FIONREAD);
    }

    /// Sets or clears O_NONBLOCK of the open file (shared by all its descriptors, those of other
    /// processes too).
    public static void setNonBlocking(Fd fd, boolean nonBlocking) {
        long flags = Syscall.call("fcntl F_GETFL", fd, SyscallNumbers.FCNTL, fd.number(), F_GETFL);
        long wanted = nonBlocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
        Syscall.call("fcntl F_SETFL", fd, SyscallNumbers.FCNTL, fd.number(), F_SETFL, wanted);
    }

    /// The pipe's capacity in bytes.
    public static int pipeSize(Fd fd) {
        return (int)
                Syscall.call(
                        "fcntl F_GETPIPE_SZ", fd, SyscallNumbers.FCNTL, fd.number(), F_GETPIPE_SZ);
    }

    /// Changes the pipe's capacity.
    ///
    /// @return the size the kernel chose, at least `bytes`
    public static int setPipeSize(Fd fd, int bytes) {
        return (int)
                Syscall.call(
                        "fcntl F_SETPIPE_SZ",
                        fd,
                        SyscallNumbers.FCNTL,
                        fd.number(),
                        F_SETPIPE_SZ,
                        bytes);
    }

    private static int readTo(Fd fd, long address, int length) {
        return transferred(
                "read", fd, Syscall.restarting(SyscallNumbers.READ, fd.number(), address, length));
    }

    private static int writeFrom(Fd fd, long address, int length) {
        long n = Syscall.restarting(SyscallNumbers.WRITE, fd.number(), address, length);
        return n == -Errno.EAGAIN ? 0 : (int) Syscall.check("write", fd, n);
    }

    private static int transferred(String call, Fd fd, long n) {
        if (n == -Errno.EAGAIN) {
            return 0;
        }
        int count = (int) Syscall.check(call, fd, n);
        return count == 0 ? -1 : count;
    }
}
