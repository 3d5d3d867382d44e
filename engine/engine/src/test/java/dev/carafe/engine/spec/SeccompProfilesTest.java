package dev.carafe.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.spec.SeccompProfiles.Machine;
import dev.carafe.oci.runtime.Seccomp;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SeccompProfilesTest {
    private static final Machine AMD64 = new Machine("amd64", "SCMP_ARCH_X86_64", 6, 1);
    private static final Machine ARM64 = new Machine("arm64", "SCMP_ARCH_AARCH64", 4, 2);
    private static final String PROFILE =
            """
            {"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":1,
             "archMap":[{"architecture":"SCMP_ARCH_X86_64","subArchitectures":["SCMP_ARCH_X86"]},
                        {"architecture":"SCMP_ARCH_AARCH64","subArchitectures":["SCMP_ARCH_ARM"]}],
             "syscalls":[
              {"names":["always"],"action":"SCMP_ACT_ALLOW"},
              {"names":["amd"],"action":"SCMP_ACT_ALLOW","includes":{"arches":["amd64","x32"]}},
              {"names":["admin"],"action":"SCMP_ACT_ALLOW","includes":{"caps":["CAP_SYS_ADMIN"]}},
              {"names":["notadmin"],"action":"SCMP_ACT_ALLOW","excludes":{"caps":["CAP_SYS_ADMIN"]},
               "args":[{"index":1,"value":4294967295,"valueTwo":3,"op":"SCMP_CMP_MASKED_EQ"}]},
              {"names":["new"],"action":"SCMP_ACT_ALLOW","includes":{"minKernel":"4.8"}},
              {"name":"old","action":"SCMP_ACT_ERRNO","errnoRet":38,"excludes":{"minKernel":"4.8"}}]}\
            """;

    private static Set<String> names(Seccomp filter) {
        return filter.syscalls().stream()
                .flatMap(r -> r.names().stream())
                .collect(Collectors.toSet());
    }

    @Test
    void rulesHoldByArchitectureCapabilityAndKernel() {
        Seccomp plain = new SeccompProfiles(AMD64).custom(PROFILE, Set.of("CAP_CHOWN"));
        assertThat(names(plain)).containsOnly("always", "amd", "notadmin", "new");
        assertThat(plain.architectures()).containsExactly("SCMP_ARCH_X86_64", "SCMP_ARCH_X86");
        Seccomp admin = new SeccompProfiles(ARM64).custom(PROFILE, Set.of("CAP_SYS_ADMIN"));
        assertThat(names(admin)).containsOnly("always", "admin", "old");
        assertThat(admin.architectures()).containsExactly("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM");
    }

    @Test
    void argumentsAndErrnosAreKept() {
        Seccomp filter = new SeccompProfiles(AMD64).custom(PROFILE, Set.of());
        assertThat(filter.defaultErrnoRet()).isEqualTo(1);
        assertThat(
                        filter.syscalls().stream()
                                .filter(r -> r.names().contains("notadmin"))
                                .findFirst()
                                .orElseThrow()
                                .args())
                .containsExactly(new Seccomp.Arg(1, 4294967295L, 3, "SCMP_CMP_MASKED_EQ"));
    }

    @Test
    void theDefaultProfileKnowsItsCapabilities() {
        SeccompProfiles profiles = new SeccompProfiles(AMD64);
        Seccomp plain = profiles.defaultFilter(Set.copyOf(CapabilityRules.DEFAULTS));
        assertThat(plain.defaultAction()).isEqualTo("SCMP_ACT_ERRNO");
        assertThat(names(plain))
                .contains("execve", "openat", "clone3", "chroot")
                .doesNotContain("mount", "bpf");
        assertThat(plain.architectures()).contains("SCMP_ARCH_X86_64", "SCMP_ARCH_X86");
        Seccomp admin = profiles.defaultFilter(Set.of("CAP_SYS_ADMIN"));
        assertThat(names(admin)).contains("mount", "bpf").doesNotContain("chroot");
        assertThat(profiles.defaultFilter(Set.of("CAP_SYS_ADMIN"))).isSameAs(admin);
    }

    @Test
    void whatIsNoProfileIsRefused() {
        assertThatThrownBy(() -> new SeccompProfiles(AMD64).custom("/no/such/file", Set.of()))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageStartingWith("Decoding seccomp profile failed");
    }
}
