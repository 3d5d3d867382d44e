// The launcher: performs a launch plan, a list of system calls made by dev.carafe.runtime.plan.LaunchPlan.
//
// It decides nothing. The plan lies in the file behind descriptor 3 and is mapped, privately, at the address for which
// it was made, so that every pointer in it is already right. No libc: nothing is loaded, nothing is initialised, and
// what stays in memory as a container's monitor is a few pages. One source for x86_64 and aarch64.

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned long u64;

enum { PLAN_FD = 3, MAX_ERRNO = 4095, ANY_ERRNO = 255, NO_PLAN = 125, LOAD32 = 0xffff };
enum { PROT_READ_WRITE = 3, MAP_PRIVATE_FIXED = 0x12 };

// One step, 64 bytes. A jump of 0 is none. A tolerated error counts as done: the next step follows.
struct step {
    u16 number;        // of the system call, or LOAD32: the 32 bits at args[0] as result, so that they can be tested
    u8 indirect;       // bit n: args[n] is the address of the argument
    u8 tolerated[3];   // error numbers, ANY_ERRNO for all
    u16 on_error, on_zero, on_positive;
    u16 unused[2];
    u64 args[6];
};

// The first bytes of the plan.
struct header {
    u64 magic, address, size;   // where to map it
    struct step *steps;
    long *results;              // one for each step
    u64 on_failure;             // the step to go on with after an error that nothing else handles
    u64 failed_step, failed_errno;
};

static const u64 MAGIC = 0x314e414c50464143; // "CAFPLAN1"

#if defined(__x86_64__)
enum { SYS_PREAD64 = 17, SYS_MMAP = 9, SYS_CLOSE = 3, SYS_EXIT_GROUP = 231 };

static inline long call(long number, long a, long b, long c, long d, long e, long f) {
    register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}
#elif defined(__aarch64__)
enum { SYS_PREAD64 = 67, SYS_MMAP = 222, SYS_CLOSE = 57, SYS_EXIT_GROUP = 94 };

static inline long call(long number, long a, long b, long c, long d, long e, long f) {
    register long x8 __asm__("x8") = number, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c,
                  x3 __asm__("x3") = d, x4 __asm__("x4") = e, x5 __asm__("x5") = f;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    return x0;
}
#else
#error "this architecture is not supported"
#endif

static long perform(const struct step *s) {
    u64 a[6];
    for (int i = 0; i < 6; i++)
        a[i] = s->indirect >> i & 1 ? *(volatile u64 *)s->args[i] : s->args[i];
    if (s->number == LOAD32)
        return *(volatile int *)a[0];
    return call(s->number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static int tolerated(const struct step *s, u64 error) {
    for (int i = 0; i < 3; i++)
        if (s->tolerated[i] == ANY_ERRNO || (s->tolerated[i] && s->tolerated[i] == error))
            return 1;
    return 0;
}

__attribute__((noreturn)) void _start(void) {
    struct header h;
    if (call(SYS_PREAD64, PLAN_FD, (long)&h, sizeof h, 0, 0, 0) != sizeof h || h.magic != MAGIC ||
        call(SYS_MMAP, h.address, h.size, PROT_READ_WRITE, MAP_PRIVATE_FIXED, PLAN_FD, 0) != (long)h.address)
        for (;;)
            call(SYS_EXIT_GROUP, NO_PLAN, 0, 0, 0, 0, 0);
    call(SYS_CLOSE, PLAN_FD, 0, 0, 0, 0, 0);
    struct header *plan = (struct header *)h.address;
    for (u64 i = 0;;) {
        const struct step *s = &h.steps[i];
        long result = perform(s);
        h.results[i] = result;
        u64 next = i + 1;
        if (result < 0 && result >= -MAX_ERRNO) {
            if (!tolerated(s, -result)) {
                next = s->on_error;
                if (!next) {
                    plan->failed_step = i;
                    plan->failed_errno = -result;
                    next = h.on_failure;
                }
            }
        } else if (result == 0 && s->on_zero) {
            next = s->on_zero;
        } else if (result > 0 && s->on_positive) {
            next = s->on_positive;
        }
        i = next;
    }
}
