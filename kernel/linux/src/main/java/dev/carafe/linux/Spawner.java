package dev.carafe.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.TreeMap;

/// posix_spawn(3) of libc. A JVM can't vfork by hand (the child would return into frames of the
/// JVM); glibc and musl do it with CLONE_VM|CLONE_VFORK, so the size of the heap does not matter.
final class Spawner {
    private static final short POSIX_SPAWN_SETSIGDEF = 4;
    private static final short POSIX_SPAWN_SETSIGMASK = 8;
    private static final short POSIX_SPAWN_SETSID = 0x80;
    // glibc: 336 and 80 bytes, musl: 336 and 80
    private static final long ATTRIBUTES_SIZE = 512;
    private static final long ACTIONS_SIZE = 256;
    private static final long SIGSET_SIZE = 128;

    private Spawner() {}

    static int spawn(SpawnRequest request) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES_SIZE, 16);
            MemorySegment actions = arena.allocate(ACTIONS_SIZE, 16);
            check("posix_spawnattr_init", (int) Holder.ATTR_INIT.invokeExact(attributes.address()));
            check(
                    "posix_spawn_file_actions_init",
                    (int) Holder.ACTIONS_INIT.invokeExact(actions.address()));
            try {
                setAttributes(arena, attributes, request.newSession());
                addDescriptors(actions, request.descriptors());
                closeOthers(actions, request);
                MemorySegment pid = arena.allocate(8, 8);
                int error =
                        (int)
                                Holder.SPAWN.invokeExact(
                                        pid.address(),
                                        Memory.cAddress(arena, request.path()),
                                        actions.address(),
                                        attributes.address(),
                                        Memory.stringVector(arena, request.arguments()).address(),
                                        Memory.stringVector(arena, request.environment())
                                                .address());
                if (error != 0) {
                    throw new ErrnoException("posix_spawn", error, request.path());
                }
                return pid.get(Memory.INT, 0);
            } finally {
                // frees what adddup2 allocated
                check(
                        "posix_spawn_file_actions_destroy",
                        (int) Holder.ACTIONS_DESTROY.invokeExact(actions.address()));
            }
        } catch (Throwable t) {
            throw Syscall.unexpected(t);
        }
    }

    // threads of a JVM block or ignore some signals (SIGQUIT; 32 and 33 of the thread library), and
    // exec keeps that
    private static void setAttributes(Arena arena, MemorySegment attributes, boolean newSession)
            throws Throwable {
        int flags =
                POSIX_SPAWN_SETSIGDEF
                        | POSIX_SPAWN_SETSIGMASK
                        | (newSession ? POSIX_SPAWN_SETSID : 0);
        MemorySegment none = arena.allocate(SIGSET_SIZE, 8);
        MemorySegment all = arena.allocate(SIGSET_SIZE, 8).fill((byte) 0xff);
        check(
                "posix_spawnattr_setflags",
                (int) Holder.SET_FLAGS.invokeExact(attributes.address(), (short) flags));
        check(
                "posix_spawnattr_setsigmask",
                (int) Holder.SET_MASK.invokeExact(attributes.address(), none.address()));
        check(
                "posix_spawnattr_setsigdefault",
                (int) Holder.SET_DEFAULT.invokeExact(attributes.address(), all.address()));
    }

    private static void addDescriptors(MemorySegment actions, Map<Integer, Fd> descriptors)
            throws Throwable {
        for (Map.Entry<Integer, Fd> entry : new TreeMap<>(descriptors).entrySet()) {
            int target = entry.getKey();
            int source = entry.getValue().number();
            if (source != target && descriptors.containsKey(source)) {
                throw new IllegalArgumentException(
                        "descriptor " + source + " is both a source and a target");
            }
            check(
                    "posix_spawn_file_actions_adddup2",
                    (int) Holder.ADD_DUP2.invokeExact(actions.address(), source, target));
        }
    }

    // java.io opens its files without close-on-exec (Process has a helper that closes them all): a
    // jar's descriptor
    // must not end in a container. libc ignores numbers that are not open.
    private static void closeOthers(MemorySegment actions, SpawnRequest request) throws Throwable {
        for (int number = 3; number < SpawnRequest.FIRST_INHERITED; number++) {
            if (!request.descriptors().containsKey(number)
                    && !leadsThrough(request.path(), number)) {
                check(
                        "posix_spawn_file_actions_addclose",
                        (int) Holder.ADD_CLOSE.invokeExact(actions.address(), number));
            }
        }
    }

    // the executable may be reached by a descriptor, or lie in a directory that is
    private static boolean leadsThrough(String path, int number) {
        return (path + "/").startsWith("/proc/self/fd/" + number + "/");
    }

    private static void check(String call, int error) {
        if (error != 0) {
            throw new ErrnoException(call, error, "");
        }
    }

    private static final class Holder {
        private static final ValueLayout.OfLong POINTER = ValueLayout.JAVA_LONG;
        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
        private static final FunctionDescriptor ONE = FunctionDescriptor.of(INT, POINTER);
        private static final FunctionDescriptor TWO = FunctionDescriptor.of(INT, POINTER, POINTER);

        static final MethodHandle ATTR_INIT = link("posix_spawnattr_init", ONE);
        static final MethodHandle SET_FLAGS =
                link(
                        "posix_spawnattr_setflags",
                        FunctionDescriptor.of(INT, POINTER, ValueLayout.JAVA_SHORT));
        static final MethodHandle SET_MASK = link("posix_spawnattr_setsigmask", TWO);
        static final MethodHandle SET_DEFAULT = link("posix_spawnattr_setsigdefault", TWO);
        static final MethodHandle ACTIONS_INIT = link("posix_spawn_file_actions_init", ONE);
        static final MethodHandle ACTIONS_DESTROY = link("posix_spawn_file_actions_destroy", ONE);
        static final MethodHandle ADD_DUP2 =
                link(
                        "posix_spawn_file_actions_adddup2",
                        FunctionDescriptor.of(INT, POINTER, INT, INT));
        static final MethodHandle ADD_CLOSE =
                link("posix_spawn_file_actions_addclose", FunctionDescriptor.of(INT, POINTER, INT));
        static final MethodHandle SPAWN =
                link(
                        "posix_spawn",
                        FunctionDescriptor.of(
                                INT, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER));

        private static MethodHandle link(String function, FunctionDescriptor shape) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(function), shape);
        }
    }
}
