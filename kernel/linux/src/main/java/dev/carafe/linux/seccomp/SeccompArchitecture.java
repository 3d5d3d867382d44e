package dev.carafe.linux.seccomp;

import dev.carafe.linux.Architecture;
import java.util.Optional;

/// A system call ABI a filter can tell apart: AUDIT_ARCH_ of the kernel, with x32 sharing x86_64's.
public enum SeccompArchitecture {
    X86_64(0xc000003e, "SCMP_ARCH_X86_64", true),
    X86(0x40000003, "SCMP_ARCH_X86", false),
    X32(0xc000003e, "SCMP_ARCH_X32", false),
    AARCH64(0xc00000b7, "SCMP_ARCH_AARCH64", true),
    ARM(0x40000028, "SCMP_ARCH_ARM", false);

    /// Set in the numbers of x32's system calls.
    static final int X32_BIT = 0x40000000;

    private final int auditCode;
    private final String ociName;
    private final boolean wide;

    SeccompArchitecture(int auditCode, String ociName, boolean wide) {
        this.auditCode = auditCode;
        this.ociName = ociName;
        this.wide = wide;
    }

    /// The architecture of an OCI name such as `SCMP_ARCH_X86`; empty for one Carafe does not run
    /// on.
    public static Optional<SeccompArchitecture> ofName(String name) {
        for (SeccompArchitecture architecture : values()) {
            if (architecture.ociName.equals(name)) {
                return Optional.of(architecture);
            }
        }
        return Optional.empty();
    }

    /// The machine's own.
    public static SeccompArchitecture current() {
        return switch (Architecture.current()) {
            case X86_64 -> X86_64;
            case AARCH64 -> AARCH64;
        };
    }

    public String ociName() {
        return ociName;
    }

    int auditCode() {
        return auditCode;
    }

    /// Whether arguments have 64 bits that count.
    boolean wide() {
        return wide;
    }
}
