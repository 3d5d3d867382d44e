package dev.carafe.oci.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecJsonTest {
    @Test
    void whatIsLeftOutIsEmptyOrNull() {
        Spec spec = spec("{}");
        assertThat(spec.ociVersion()).isEqualTo(Spec.VERSION);
        assertThat(spec.mounts()).isEmpty();
        assertThat(spec.annotations()).isEmpty();
        assertThat(spec.process()).isNull();
        Process process = process("{\"args\":[\"a\"]}");
        assertThat(process.user()).isEqualTo(User.ROOT);
        assertThat(process.cwd()).isEqualTo("/");
        assertThat(process.capabilities()).isNull();
        assertThat(process.oomScoreAdj()).isNull();
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(
                        process(
                                        "{\"args\":[\"a\"],\"scheduler\":{\"policy\":\"SCHED_IDLE\",\"x\":[1,{}]}}")
                                .args())
                .containsExactly("a");
    }

    @Test
    void unsignedNumbersKeepTheirBits() {
        Process process =
                process(
                        "{\"args\":[],\"rlimits\":[{\"type\":\"RLIMIT_CORE\",\"hard\":18446744073709551615,\"soft\":5}]}");
        assertThat(process.rlimits())
                .containsExactly(new Rlimit("RLIMIT_CORE", Rlimit.INFINITY, 5));
        Seccomp seccomp =
                SpecJson.seccomp(
                        ("{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"syscalls\":[{\"names\":[\"clone\"],"
                                        + "\"action\":\"SCMP_ACT_ALLOW\",\"args\":[{\"index\":1,\"value\":18446744073709551614,"
                                        + "\"valueTwo\":3,\"op\":\"SCMP_CMP_EQ\"}]}]}")
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(seccomp.syscalls().getFirst().args())
                .containsExactly(new Seccomp.Arg(1, -2, 3, "SCMP_CMP_EQ"));
    }

    @Test
    void aSpecIsReadAsWritten() {
        Linux linux =
                new Linux(
                        List.of(
                                Namespace.fresh(Namespace.PID),
                                new Namespace(Namespace.NETWORK, "/proc/1/ns/net")),
                        List.of(new Linux.IdMapping(0, 1000, 1)),
                        List.of(),
                        List.of(new Device("c", "/dev/fuse", 10, 229, 0600, null, 7L)),
                        "docker/x",
                        new Resources(
                                List.of(new Resources.DeviceRule(true, "c", 1L, null, "rwm")),
                                new Resources.Memory(
                                        1L, null, null, null, null, null, true, null, null),
                                null,
                                new Resources.Pids(9L),
                                null,
                                List.of(),
                                null,
                                Map.of(),
                                Map.of("memory.high", "1")),
                        "rslave",
                        null,
                        Map.of("net.ipv4.ip_forward", "1"),
                        List.of("/proc/kcore"),
                        List.of("/proc/sys"),
                        null);
        Process process =
                new Process(
                        true,
                        new Process.ConsoleSize(24, 80),
                        new User(1, 2, 022, List.of(3L)),
                        List.of("sh", "-c", "é"),
                        List.of("A=b"),
                        "/tmp",
                        Capabilities.of(List.of("CAP_CHOWN")),
                        List.of(new Rlimit("RLIMIT_NOFILE", Rlimit.INFINITY, 1)),
                        true,
                        null,
                        -5,
                        null);
        Spec spec =
                new Spec(
                        "1.1.0",
                        process,
                        new Root("rootfs", true),
                        "box",
                        null,
                        List.of(new Mount("/proc", "proc", "proc", List.of("nosuid"))),
                        null,
                        linux,
                        Map.of("a", "b"));
        assertThat(SpecJson.spec(SpecJson.print(spec))).isEqualTo(spec);
        assertThat(new String(SpecJson.print(spec), StandardCharsets.UTF_8))
                .contains("\"hard\":18446744073709551615");
    }

    @Test
    void nonsenseIsRefused() {
        for (String json : new String[] {"", "[]", "{", "{\"mounts\":3}", "null"}) {
            assertThatThrownBy(() -> spec(json)).as(json).isInstanceOf(InvalidArgument.class);
        }
    }

    private static Spec spec(String json) {
        return SpecJson.spec(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Process process(String json) {
        return SpecJson.process(json.getBytes(StandardCharsets.UTF_8));
    }
}
