package dev.carafe.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void anyBytesSurviveAsText() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int j = 0; j < bytes.length; j++) {
                // mostly bytes that start or continue sequences
                bytes[j] =
                        (byte)
                                (random.nextBoolean()
                                        ? 0x80 + random.nextInt(0x80)
                                        : 'a' + random.nextInt(3));
            }
            assertThat(RawText.encode(RawText.decode(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void properTextStaysAsItIs() {
        for (String text : List.of("", "plain", "äöü€", "\ud83d\ude00 \ufffd", "a\udcffb")) {
            assertThat(RawText.decode(RawText.encode(text))).isEqualTo(text);
        }
        assertThat(RawText.encode("€")).isEqualTo("€".getBytes(StandardCharsets.UTF_8));
        assertThat(RawText.encode("\udc80")).containsExactly(0x80);
    }

    @Test
    void capabilitiesHaveTheKernelsBits() {
        assertThat(Capabilities.bit("CAP_CHOWN")).hasValue(0);
        assertThat(Capabilities.bit("CAP_SYS_ADMIN")).hasValue(21);
        assertThat(Capabilities.bit("CAP_CHECKPOINT_RESTORE")).hasValue(40);
        assertThat(Capabilities.bit("SYS_ADMIN")).isEmpty();
        assertThat(Capabilities.name(24)).isEqualTo("CAP_SYS_RESOURCE");
        assertThat(Capabilities.mask(List.of("CAP_CHOWN", "CAP_MAC_ADMIN")))
                .isEqualTo(1L | 1L << 33);
        assertThat(Capabilities.known()).hasSize(41);
        assertThatThrownBy(() -> Capabilities.mask(List.of("CAP_X"))).hasMessageContaining("CAP_X");
    }

    @Test
    void limitsAndParametersHaveTheirNumbersAndFiles() {
        assertThat(Rlimits.number("RLIMIT_NOFILE")).hasValue(7);
        assertThat(Rlimits.number("RLIMIT_RTTIME")).hasValue(15);
        assertThat(Rlimits.number("nofile")).isEmpty();
        assertThat(Sysctls.path("net.ipv4.ip_forward")).isEqualTo("/proc/sys/net/ipv4/ip_forward");
        assertThat(Sysctls.path("net.ipv4.conf.eth0/1.forwarding"))
                .isEqualTo("/proc/sys/net/ipv4/conf/eth0.1/forwarding");
        assertThat(Sysctls.path("net/ipv4/conf/eth0.1/forwarding"))
                .isEqualTo("/proc/sys/net/ipv4/conf/eth0.1/forwarding");
        assertThatThrownBy(() -> Sysctls.path("net/../../etc/passwd"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Sysctls.scope("kernel.shmmax")).isEqualTo(Sysctls.Scope.IPC);
        assertThat(Sysctls.scope("net.core.somaxconn")).isEqualTo(Sysctls.Scope.NET);
        assertThat(Sysctls.scope("vm.swappiness")).isEqualTo(Sysctls.Scope.HOST);
    }

    @Test
    void errorsReadAsTheKernelSaysThem() {
        assertThat(Errno.text(Errno.EACCES)).isEqualTo("Permission denied");
        assertThat(Errno.text(Errno.ENOENT)).isEqualTo("No such file or directory");
        assertThat(Errno.text(Errno.EOPNOTSUPP)).isEqualTo("Operation not supported");
        assertThat(Errno.text(9999)).isEqualTo("Unknown error 9999");
        assertThat(new ErrnoException("mount", Errno.EPERM, "proc on /proc"))
                .hasMessage("mount proc on /proc: Operation not permitted (errno 1)");
    }

    @Test
    void kernelReleasesAreParsed() {
        assertThat(Kernel.parse("6.18.44-fc-v782")).isEqualTo(new Kernel.Version(6, 18));
        assertThat(Kernel.parse("5.4").atLeast(5, 11)).isFalse();
    }

    @Test
    void devicesArePackedAsTheKernelDoes() {
        assertThat(FileSystem.device(1, 3)).isEqualTo(0x103);
        assertThat(FileSystem.device(259, 70000)).isEqualTo(0x11110370L);
    }
}
