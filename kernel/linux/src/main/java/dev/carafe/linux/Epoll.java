package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// One epoll(7) descriptor; `data` is the caller's 64-bit key. All but {@link #await} lock, so that
/// none meets a closed (and reused) number.
final class Epoll implements AutoCloseable {
    /// Takes one ready event.
    @FunctionalInterface
    interface Ready {
        void accept(long key, int events);
    }

    private static final int ADD = 1;
    private static final int DELETE = 2;
    private static final int MODIFY = 3;
    private static final int BATCH = 64;
    // struct epoll_event is packed on x86_64 only
    private static final int DATA = FileSystem.perArchitecture(4, 8);
    private static final int SIZE = DATA + 8;

    private final Fd fd =
            Fd.own(Syscall.call("epoll_create1", "", SyscallNumbers.EPOLL_CREATE1, 0x80000));
    private final Arena arena = Arena.ofShared();
    private final MemorySegment batch = arena.allocate((long) BATCH * SIZE, 8);

    synchronized void add(int number, int events, long key) {
        control(ADD, number, events, key);
    }

    synchronized void modify(int number, int events, long key) {
        control(MODIFY, number, events, key);
    }

    /// Drops a descriptor; one that is closed already is gone by itself.
    synchronized void remove(int number) {
        if (!fd.isOpen()) {
            return;
        }
        long result = Syscall.raw(SyscallNumbers.EPOLL_CTL, fd.number(), DELETE, number, 0);
        if (result != -Errno.EBADF && result != -Errno.ENOENT) {
            Syscall.check("epoll_ctl del", number, result);
        }
    }

    /// Waits for events and hands them out; returns early when a signal arrives.
    ///
    /// @param timeoutMillis -1 for ever
    void await(int timeoutMillis, Ready ready) {
        long n =
                Syscall.raw(
                        SyscallNumbers.EPOLL_PWAIT,
                        fd.number(),
                        batch.address(),
                        BATCH,
                        timeoutMillis,
                        0,
                        8);
        if (n == -Errno.EINTR) {
            return;
        }
        Syscall.check("epoll_pwait", fd, n);
        for (int i = 0; i < n; i++) {
            long at = (long) i * SIZE;
            ready.accept(batch.get(Memory.LONG, at + DATA), batch.get(Memory.INT, at));
        }
    }

    @Override
    public synchronized void close() {
        fd.close();
        arena.close();
    }

    private void control(int operation, int number, int events, long key) {
        if (!fd.isOpen()) {
            throw new IllegalStateException("the event loop is closed");
        }
        try (Arena call = Arena.ofConfined()) {
            MemorySegment event = call.allocate(SIZE, 8);
            event.set(Memory.INT, 0, events);
            event.set(Memory.LONG, DATA, key);
            Syscall.call(
                    "epoll_ctl",
                    number,
                    SyscallNumbers.EPOLL_CTL,
                    fd.number(),
                    operation,
                    number,
                    event.address());
        }
    }
}
