package dev.carafe.linux.seccomp;

/// What happens to a system call, seccomp(2).
///
/// @param data the error number of ERRNO, the message of TRACE; 0 to 65535
public record SeccompAction(Kind kind, int data) {
    public static final SeccompAction ALLOW = new SeccompAction(Kind.ALLOW, 0);

    public SeccompAction {
        if (data < 0 || data > 0xffff) {
            throw new IllegalArgumentException("seccomp action data " + data);
        }
    }

    /// The kernel's return values, the strongest first.
    public enum Kind {
        KILL_PROCESS(0x80000000),
        KILL_THREAD(0),
        TRAP(0x00030000),
        ERRNO(0x00050000),
        NOTIFY(0x7fc00000),
        TRACE(0x7ff00000),
        LOG(0x7ffc0000),
        ALLOW(0x7fff0000);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    public static SeccompAction of(Kind kind) {
        return new SeccompAction(kind, 0);
    }

    public static SeccompAction errno(int errno) {
        return new SeccompAction(Kind.ERRNO, errno);
    }

    /// The action of an OCI name such as `SCMP_ACT_ERRNO`.
    ///
    /// @param data used by ERRNO and TRACE
    /// @throws IllegalArgumentException for an unknown name
    public static SeccompAction ofName(String name, int data) {
        return switch (name) {
            case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD" -> of(Kind.KILL_THREAD);
            case "SCMP_ACT_KILL_PROCESS" -> of(Kind.KILL_PROCESS);
            case "SCMP_ACT_TRAP" -> of(Kind.TRAP);
            case "SCMP_ACT_ERRNO" -> errno(data);
            case "SCMP_ACT_TRACE" -> new SeccompAction(Kind.TRACE, data);
            case "SCMP_ACT_ALLOW" -> ALLOW;
            case "SCMP_ACT_LOG" -> of(Kind.LOG);
            case "SCMP_ACT_NOTIFY" -> of(Kind.NOTIFY);
            default -> throw new IllegalArgumentException("unknown seccomp action " + name);
        };
    }

    /// The filter's return value.
    int returnValue() {
        return kind.code | data;
    }
}
