package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The one door to the kernel: syscall(2) of libc, with the error number returned as a negative
/// result, as the kernel itself does. Addresses are plain longs; who passes one keeps its arena
/// open during the call.
///
/// A call that may block must not be made on a virtual thread (it pins the carrier and is not
/// compensated): wait with {@link EventLoop}.
public final class Syscall {
    private Syscall() {}

    /// Does system call `nr` with up to six arguments (missing ones are 0).
    ///
    /// @return the result, or `-errno`
    public static long raw(long nr, long... args) {
        if (args.length > 6) {
            throw new IllegalArgumentException(
                    "a system call has at most 6 arguments, not " + args.length);
        }
        long a = args.length > 0 ? args[0] : 0;
        long b = args.length > 1 ? args[1] : 0;
        long c = args.length > 2 ? args[2] : 0;
        long d = args.length > 3 ? args[3] : 0;
        long e = args.length > 4 ? args[4] : 0;
        long f = args.length > 5 ? args[5] : 0;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Holder.STATE);
            long result = (long) Holder.SYSCALL.invokeExact(state, nr, a, b, c, d, e, f);
            return result == -1 ? -(int) Holder.ERRNO.get(state, 0L) : result;
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /// As {@link #raw}, again for as long as a signal interrupts it.
    public static long restarting(long nr, long... args) {
        long result;
        do {
            result = raw(nr, args);
        } while (result == -Errno.EINTR);
        return result;
    }

    /// Passes a good result through.
    ///
    /// @param operands for the message; turned into text only on failure
    /// @throws ErrnoException when `result` is `-errno`
    public static long check(String call, Object operands, long result) {
        if (result < 0 && result >= -4095) {
            throw new ErrnoException(call, (int) -result, operands.toString());
        }
        return result;
    }

    /// {@link #restarting} and {@link #check} in one.
    public static long call(String name, Object operands, long nr, long... args) {
        return check(name, operands, restarting(nr, args));
    }

    static RuntimeException unexpected(Throwable t) {
        return switch (t) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(t);
        };
    }

    // linked at the first call, so that commands that never call the kernel do not pay for it
    private static final class Holder {
        static final StructLayout STATE = Linker.Option.captureStateLayout();
        static final VarHandle ERRNO =
                STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        static final MethodHandle SYSCALL = link();

        private static MethodHandle link() {
            Linker linker = Linker.nativeLinker();
            ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(word, word, word, word, word, word, word, word),
                    Linker.Option.captureCallState("errno"));
        }
    }
}
