package dev.carafe.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NameFilesTest {
    private static final List<String> NONE = List.of();

    @Test
    void theHostsServersAreUsedButForLoopbackAndIpv6() {
        String host =
                """
                # a comment
                nameserver 127.0.0.53
                nameserver 10.0.0.53 ; and another
                nameserver fd00::53
                search a.example b.example
                options ndots:2
                options edns0 trust-ad
                """;
        assertThat(ResolvConf.forContainer(host, NONE, NONE, NONE))
                .isEqualTo(
                        """
                        nameserver 10.0.0.53
                        search a.example b.example
                        options edns0 trust-ad
                        """);
    }

    @Test
    void withoutAReachableServerPublicOnesAreUsed() {
        String expected = "nameserver 8.8.8.8\nnameserver 8.8.4.4\n";
        assertThat(ResolvConf.forContainer("", NONE, NONE, NONE)).isEqualTo(expected);
        assertThat(
                        ResolvConf.forContainer(
                                "nameserver ::1\nnameserver 127.0.0.1\n", NONE, NONE, NONE))
                .isEqualTo(expected);
    }

    @Test
    void eachListReplacesTheHostsLines() {
        String host = "nameserver 10.0.0.53\nsearch a.example\noptions ndots:2\n";
        assertThat(ResolvConf.forContainer(host, List.of("127.0.0.1", "1.1.1.1"), NONE, NONE))
                .isEqualTo(
                        "nameserver 127.0.0.1\nnameserver 1.1.1.1\nsearch a.example\noptions ndots:2\n");
        assertThat(ResolvConf.forContainer(host, NONE, List.of("."), List.of("timeout:1")))
                .isEqualTo("nameserver 10.0.0.53\noptions timeout:1\n");
        assertThat(ResolvConf.forContainer(host, NONE, List.of("b.example", "c.example"), NONE))
                .isEqualTo("nameserver 10.0.0.53\nsearch b.example c.example\noptions ndots:2\n");
    }

    @Test
    void onTheHostsNetworkTheHostsFileStays() {
        String host = "nameserver 127.0.0.53\noptions edns0\n";
        assertThat(ResolvConf.forHostNetwork(host, NONE, NONE, NONE)).isEqualTo(host);
        assertThat(ResolvConf.forHostNetwork(host, NONE, List.of("x.example"), NONE))
                .isEqualTo("nameserver 127.0.0.53\nsearch x.example\noptions edns0\n");
    }

    @Test
    void hostsHasDockersLines() {
        assertThat(
                        HostsFile.content(
                                List.of(new HostsFile.Entry("10.1.1.1", "db")),
                                List.of("172.17.0.2"),
                                "0123456789ab",
                                ""))
                .isEqualTo(
                        """
                        127.0.0.1\tlocalhost
                        ::1\tlocalhost ip6-localhost ip6-loopback
                        fe00::\tip6-localnet
                        ff00::\tip6-mcastprefix
                        ff02::1\tip6-allnodes
                        ff02::2\tip6-allrouters
                        10.1.1.1\tdb
                        172.17.0.2\t0123456789ab
                        """);
        assertThat(HostsFile.content(List.of(), List.of("172.17.0.2"), "web", "example.org"))
                .endsWith("172.17.0.2\tweb.example.org web\n");
        assertThat(HostsFile.content(List.of(), List.of(), "web", "")).doesNotContain("web");
    }

    /// The stub listens at an address that means something else in a container, and asking it from
    /// what it asks itself would go round.
    @Test
    void systemdsStubIsLeftOutForWhatItAsksItself() {
        String real = "nameserver 192.0.2.1\nnameserver 192.0.2.2\n";
        assertThat(HostResolver.choose("nameserver 127.0.0.53\noptions edns0\n", () -> real))
                .isEqualTo(real);
        String several = "nameserver 127.0.0.53\nnameserver 192.0.2.9\n";
        assertThat(HostResolver.choose(several, () -> real)).isEqualTo(several);
        String alone = "nameserver 127.0.0.53\n";
        assertThat(HostResolver.choose(alone, () -> "")).isEqualTo(alone);
        assertThat(ResolvConf.forContainer(alone, List.of(), List.of(), List.of()))
                .doesNotContain("127.0.0.53");
    }
}
