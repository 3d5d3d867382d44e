// docker-init: the first process of a container that was asked for with --init.
//
//   docker-init -- PROGRAM [ARGUMENT...]
//
// It starts the program in a process group of its own (in the foreground of the terminal, where there is one), passes
// signals on to it, reaps whatever ends in the container, and exits as the program does: its code, or 128 + signal.
// 126 and 127 say that the program could not be executed. No libc: it must run in every image. One source for x86_64
// and aarch64.

typedef unsigned long u64;

enum { SIG_SETMASK = 2, SIGCHLD = 17, WNOHANG = 1, TIOCSPGRP = 0x5410, PATH_LIMIT = 4096 };
enum { ENOENT = 2, EINTR = 4, EACCES = 13, ENOTDIR = 20, ENAMETOOLONG = 36 };
enum { NOT_EXECUTABLE = 126, NOT_FOUND = 127 };

#if defined(__x86_64__)
enum { SYS_WRITE = 1, SYS_SIGPROCMASK = 14, SYS_IOCTL = 16, SYS_CLONE = 56, SYS_EXECVE = 59, SYS_WAIT4 = 61,
       SYS_KILL = 62, SYS_SETPGID = 109, SYS_GETPID = 39, SYS_SIGTIMEDWAIT = 128, SYS_EXIT_GROUP = 231 };

__asm__(".globl _start\n_start:\n xor %ebp,%ebp\n mov %rsp,%rdi\n and $-16,%rsp\n call begin\n");

static inline long call(long number, long a, long b, long c, long d, long e) {
    register long r10 __asm__("r10") = d, r8 __asm__("r8") = e;
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                     : "rcx", "r11", "memory");
    return result;
}
#elif defined(__aarch64__)
enum { SYS_WRITE = 64, SYS_SIGPROCMASK = 135, SYS_IOCTL = 29, SYS_CLONE = 220, SYS_EXECVE = 221, SYS_WAIT4 = 260,
       SYS_KILL = 129, SYS_SETPGID = 154, SYS_GETPID = 172, SYS_SIGTIMEDWAIT = 137, SYS_EXIT_GROUP = 94 };

__asm__(".globl _start\n_start:\n mov x29,xzr\n mov x0,sp\n b begin\n");

static inline long call(long number, long a, long b, long c, long d, long e) {
    register long x8 __asm__("x8") = number, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c,
                  x3 __asm__("x3") = d, x4 __asm__("x4") = e;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
    return x0;
}
#else
#error "this architecture is not supported"
#endif

__attribute__((noreturn)) static void leave(int code) {
    for (;;)
        call(SYS_EXIT_GROUP, code, 0, 0, 0, 0);
}

static u64 length(const char *s) {
    u64 n = 0;
    while (s[n])
        n++;
    return n;
}

static void say(const char *s) { call(SYS_WRITE, 2, (long)s, (long)length(s), 0, 0); }

static const char *search_path(char **env) {
    for (; *env; env++)
        if ((*env)[0] == 'P' && (*env)[1] == 'A' && (*env)[2] == 'T' && (*env)[3] == 'H' && (*env)[4] == '=')
            return *env + 5;
    return "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
}

// As execvp(3): a name without a slash is looked for in PATH. Returns the error number.
static long execute(char **argv, char **env) {
    const char *name = argv[0];
    char path[PATH_LIMIT];
    u64 size = length(name);
    for (u64 i = 0; i < size; i++)
        if (name[i] == '/')
            return -call(SYS_EXECVE, (long)name, (long)argv, (long)env, 0, 0);
    long error = ENOENT;
    for (const char *from = search_path(env);; from++) {
        u64 n = 0;
        while (from[n] && from[n] != ':')
            n++;
        if (n + size + 2 <= sizeof path) {
            u64 at = 0;
            for (u64 i = 0; i < n; i++)
                path[at++] = from[i];
            if (n)
                path[at++] = '/';
            for (u64 i = 0; i <= size; i++)
                path[at++] = name[i];
            long e = -call(SYS_EXECVE, (long)path, (long)argv, (long)env, 0, 0);
            if (e == EACCES)
                error = e;
            else if (e != ENOENT && e != ENOTDIR && e != ENAMETOOLONG)
                return e;
        }
        from += n;
        if (!*from)
            return error;
    }
}

__attribute__((noreturn)) static void run(char **argv, char **env, const u64 *mask) {
    int group = (int)call(SYS_GETPID, 0, 0, 0, 0, 0);
    call(SYS_SETPGID, 0, 0, 0, 0, 0);
    call(SYS_IOCTL, 0, TIOCSPGRP, (long)&group, 0, 0); // fails where stdin is no terminal of ours
    call(SYS_SIGPROCMASK, SIG_SETMASK, (long)mask, 0, sizeof *mask, 0);
    long error = execute(argv, env);
    say("[FATAL docker-init] exec ");
    say(argv[0]);
    say(error == ENOENT ? " failed: No such file or directory\n"
                        : error == EACCES ? " failed: Permission denied\n" : " failed: can't be executed\n");
    leave(error == ENOENT ? NOT_FOUND : NOT_EXECUTABLE);
}

// Takes every child that has ended. Returns the exit code when the program is one of them, else -1.
static int reap(long program) {
    for (int code = -1;;) {
        int status = 0;
        long pid = call(SYS_WAIT4, -1, (long)&status, WNOHANG, 0, 0);
        if (pid <= 0)
            return code;
        if (pid == program)
            code = status & 0x7f ? 128 + (status & 0x7f) : status >> 8 & 0xff;
    }
}

// Called with the stack as the kernel made it: argc, argv, 0, environment, 0.
__attribute__((noreturn, used)) void begin(long *stack) {
    char **argv = (char **)(stack + 1);
    char **env = argv + stack[0] + 1;
    char **program = argv + 1;
    if (*program && (*program)[0] == '-' && (*program)[1] == '-' && !(*program)[2])
        program++;
    if (!*program) {
        say("usage: docker-init -- PROGRAM [ARGUMENT...]\n");
        leave(1);
    }
    // all but those that tell of our own faults: ILL, TRAP, ABRT, BUS, FPE, SEGV, SYS
    const u64 faults = 1UL << 3 | 1UL << 4 | 1UL << 5 | 1UL << 6 | 1UL << 7 | 1UL << 10 | 1UL << 30;
    const u64 all = ~faults;
    u64 before = 0;
    call(SYS_SIGPROCMASK, SIG_SETMASK, (long)&all, (long)&before, sizeof all, 0);
    long child = call(SYS_CLONE, SIGCHLD, 0, 0, 0, 0);
    if (child < 0) {
        say("[FATAL docker-init] can't make a process\n");
        leave(1);
    }
    if (child == 0)
        run(program, env, &before);
    for (;;) {
        long signal = call(SYS_SIGTIMEDWAIT, (long)&all, 0, 0, sizeof all, 0);
        if (signal > 0 && signal != SIGCHLD)
            call(SYS_KILL, child, signal, 0, 0, 0);
        int code = reap(child);
        if (code >= 0)
            leave(code);
    }
}
