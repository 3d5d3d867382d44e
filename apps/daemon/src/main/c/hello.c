// The program of the image carafe/hello: tells what it sees of the container that it runs in.
//
// No libc, so that the image is a few kilobytes and needs nothing else. One source for x86_64 and aarch64.

typedef unsigned long size;

#if defined(__x86_64__)
enum {
    SYS_READ = 0, SYS_WRITE = 1, SYS_CLOSE = 3, SYS_IOCTL = 16, SYS_GETPID = 39, SYS_SOCKET = 41, SYS_UNAME = 63, SYS_GETUID = 102,
    SYS_EXIT_GROUP = 231, SYS_OPENAT = 257, SYS_READLINKAT = 267
};

static long call(long number, long a, long b, long c, long d) {
    register long r10 __asm__("r10") = d;
    long result;
    __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
    return result;
}

__asm__(".globl _start\n_start:\n xor %ebp, %ebp\n and $-16, %rsp\n call start\n");
#elif defined(__aarch64__)
enum {
    SYS_IOCTL = 29, SYS_OPENAT = 56, SYS_CLOSE = 57, SYS_READ = 63, SYS_WRITE = 64, SYS_READLINKAT = 78, SYS_EXIT_GROUP = 94,
    SYS_UNAME = 160, SYS_GETPID = 172, SYS_GETUID = 174, SYS_SOCKET = 198
};

static long call(long number, long a, long b, long c, long d) {
    register long x8 __asm__("x8") = number, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c, x3 __asm__("x3") = d;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
    return x0;
}

__asm__(".globl _start\n_start:\n bl start\n");
#else
#error "this architecture is not supported"
#endif

enum { AT_FDCWD = -100, AF_INET = 2, SOCK_DGRAM = 2, SIOCGIFADDR = 0x8915, BITS_PER_DIGIT = 4 };

static char out[8192];
static size out_length;
static char text[65536]; // the file read last

static size length(const char *s) {
    size n = 0;
    while (s[n]) {
        n++;
    }
    return n;
}

static void put_some(const char *s, size n) {
    for (size i = 0; i < n && out_length < sizeof out; i++) {
        out[out_length++] = s[i];
    }
}

static void put(const char *s) {
    put_some(s, length(s));
}

static void put_number(unsigned long value) {
    char digits[24];
    size at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    put_some(digits + at, sizeof digits - at);
}

// Starts a line: two spaces, the label, filled up to the values' column.
static void label(const char *name) {
    put("  ");
    put(name);
    for (size n = length(name); n < 12; n++) {
        put(" ");
    }
}

// Reads a whole small file into text; an empty text when there is none.
static const char *file(const char *path) {
    size n = 0;
    long fd = call(SYS_OPENAT, AT_FDCWD, (long)path, 0, 0);
    if (fd >= 0) {
        long count;
        while (n < sizeof text - 1 && (count = call(SYS_READ, fd, (long)(text + n), (long)(sizeof text - 1 - n), 0)) > 0) {
            n += (size)count;
        }
        call(SYS_CLOSE, fd, 0, 0, 0);
    }
    text[n] = 0;
    return text;
}

static int starts(const char *s, const char *prefix) {
    while (*prefix) {
        if (*s++ != *prefix++) {
            return 0;
        }
    }
    return 1;
}

static size line_length(const char *s) {
    size n = 0;
    while (s[n] && s[n] != '\n') {
        n++;
    }
    return n;
}

static const char *next_line(const char *s) {
    s += line_length(s);
    return *s ? s + 1 : s;
}

// The value of "Name:\tvalue" in a status file; an empty string when it has no such line.
static const char *field(const char *status, const char *name) {
    for (; *status; status = next_line(status)) {
        if (starts(status, name)) {
            status += length(name);
            while (*status == ' ' || *status == '\t') {
                status++;
            }
            return status;
        }
    }
    return "";
}

static unsigned long hex_bits(const char *digits) {
    unsigned long bits = 0;
    for (; (*digits >= '0' && *digits <= '9') || (*digits >= 'a' && *digits <= 'f'); digits++) {
        int digit = *digits <= '9' ? *digits - '0' : *digits - 'a' + 10;
        for (int i = 0; i < BITS_PER_DIGIT; i++) {
            bits += (unsigned long)(digit >> i & 1);
        }
    }
    return bits;
}

static void tell_process(void) {
    long pid = call(SYS_GETPID, 0, 0, 0, 0);
    label("process");
    put("I am number ");
    put_number((unsigned long)pid);
    put(pid == 1 ? ", the first process of a process tree of my own\n" : "\n");
}

static void tell_host_name(void) {
    static char names[6][65]; // struct utsname
    label("host name");
    if (call(SYS_UNAME, (long)names, 0, 0, 0) == 0) {
        put(names[1]);
        put(", on Linux ");
        put(names[2]);
        put(" ");
        put(names[4]);
    }
    put("\n");
}

static void tell_rights(void) {
    const char *status = file("/proc/self/status");
    const char *seccomp = field(status, "Seccomp:");
    label("user");
    put("uid ");
    put_number((unsigned long)call(SYS_GETUID, 0, 0, 0, 0));
    put(", with ");
    put_number(hex_bits(field(status, "CapEff:")));
    put(" of the kernel's capabilities\n");
    label("seccomp");
    put(*seccomp == '2' ? "a filter decides which system calls I may make\n" : "no filter: I may make any system call\n");
}

// The root's line in mountinfo: "id parent major:minor root / options - type source lowerdir=a:b,upperdir=..."
static void tell_root(void) {
    const char *line = file("/proc/self/mountinfo");
    label("root");
    for (; *line; line = next_line(line)) {
        const char *at = line;
        for (int words = 0; words < 4 && *at; at++) {
            words += *at == ' ';
        }
        if (at[0] == '/' && at[1] == ' ') {
            break;
        }
    }
    size layers = 0, end = line_length(line), overlay = 0;
    for (size i = 0; i < end; i++) {
        overlay |= starts(line + i, " - overlay ");
        layers += starts(line + i, "lowerdir+=");
        if (starts(line + i, "lowerdir=")) {
            layers++;
            for (; i < end && line[i] != ','; i++) {
                layers += line[i] == ':';
            }
        }
    }
    if (overlay && layers > 0) {
        put_number(layers);
        put(layers == 1 ? " read-only layer" : " read-only layers");
        put(", and a writable one above for me alone\n");
    } else {
        put("a file system of my own\n");
    }
}

static void tell_namespaces(void) {
    static const char *const names[] = {"mnt", "uts", "ipc", "pid", "net", "cgroup", "user"};
    static char path[32], link[64];
    label("namespaces");
    for (size i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *prefix = "/proc/self/ns/";
        size n = 0;
        for (const char *s = prefix; *s; s++) {
            path[n++] = *s;
        }
        for (const char *s = names[i]; *s; s++) {
            path[n++] = *s;
        }
        path[n] = 0;
        long count = call(SYS_READLINKAT, AT_FDCWD, (long)path, (long)link, sizeof link);
        if (count > 0) {
            put(i == 4 ? "\n              " : i ? "  " : "");
            put_some(link, (size)count);
        }
    }
    put("\n");
}

// Version 2 has one line "0::/path"; of version 1's lines, memory's stands for all.
static void tell_cgroup(void) {
    const char *best = 0;
    for (const char *line = file("/proc/self/cgroup"); *line; line = next_line(line)) {
        const char *colon = line;
        while (*colon && *colon != ':') {
            colon++;
        }
        if (!best || starts(colon, ":memory:")) {
            best = line;
        }
    }
    label("cgroup");
    if (best) {
        put_some(best, line_length(best));
    }
    put("\n");
}

static void tell_network(void) {
    static struct {
        char name[16];
        unsigned short family, port;
        unsigned char address[4];
        char rest[32];
    } request = {.name = "eth0", .family = AF_INET}; // struct ifreq
    label("network");
    long fd = call(SYS_SOCKET, AF_INET, SOCK_DGRAM, 0, 0);
    if (fd >= 0 && call(SYS_IOCTL, fd, SIOCGIFADDR, (long)&request, 0) == 0) {
        put("eth0 has the address ");
        for (int i = 0; i < 4; i++) {
            put(i ? "." : "");
            put_number(request.address[i]);
        }
        put("\n");
    } else {
        put("no eth0 here\n");
    }
}

void start(void) {
    put("Hello from Carafe!\n\n"
        "This is a small program in a container that Carafe has just made for it. What it sees of it:\n\n");
    tell_process();
    tell_host_name();
    tell_rights();
    tell_root();
    tell_namespaces();
    tell_cgroup();
    tell_network();
    put("\nThe image came with Carafe: no registry was asked. What you can do next:\n\n"
        "  carafe ps -a                                      shows this container, which has ended by now\n"
        "  carafe run --network none carafe/hello            the same without a network\n"
        "  carafe run -m 64m --pids-limit 10 carafe/hello    the same with limits\n"
        "  carafe load -i image.tar                          brings in an image of your own\n");
    size done = 0;
    while (done < out_length) {
        long count = call(SYS_WRITE, 1, (long)(out + done), (long)(out_length - done), 0);
        if (count <= 0) {
            call(SYS_EXIT_GROUP, 1, 0, 0, 0);
        }
        done += (size)count;
    }
    call(SYS_EXIT_GROUP, 0, 0, 0, 0);
}
