package dev.carafe.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTest {
    private static List<String> servers(RegistryOptions options, String domain) {
        return new Reach(options)
                .candidates(domain).stream()
                        .map(c -> c.base() + (c.checked() ? "" : " unchecked"))
                        .toList();
    }

    private static RegistryOptions insecure(String... hosts) {
        return RegistryOptions.defaults().withReach(List.of(hosts), List.of());
    }

    @Test
    void hubHasAServerOfItsOwnAndMirrorsBeforeIt() {
        RegistryOptions mirrored =
                RegistryOptions.defaults().withReach(List.of(), List.of("https://mirror.example/"));
        assertThat(servers(mirrored, "docker.io"))
                .containsExactly("https://mirror.example", "https://registry-1.docker.io");
        assertThat(servers(mirrored, "quay.io")).containsExactly("https://quay.io");
    }

    @Test
    void mirrorsStandForTheRegistriesOfTheirPattern() {
        RegistryOptions mirrored =
                RegistryOptions.defaults()
                        .withReach(
                                List.of(),
                                List.of(
                                        "quay.io=https://cache.example/quay/",
                                        "*.corp=https://corp.example",
                                        "*=https://all.example"));
        assertThat(servers(mirrored, "quay.io"))
                .containsExactly("https://cache.example", "https://all.example", "https://quay.io");
        assertThat(new Reach(mirrored).candidates("quay.io").getFirst().prefix())
                .isEqualTo("quay/");
        assertThat(servers(mirrored, "a.b.corp"))
                .containsExactly("https://corp.example", "https://all.example", "https://a.b.corp");
        assertThat(servers(mirrored, "corp"))
                .containsExactly("https://all.example", "https://corp");
        assertThat(servers(mirrored, "all.example")).containsExactly("https://all.example");
        assertThat(servers(mirrored, "docker.io")).hasSize(2);
    }

    @Test
    void whatIsNoMirrorIsRefused() {
        for (String text :
                List.of(
                        "mirror",
                        "ftp://x",
                        "=https://x",
                        "a b=https://x",
                        "https://x/path",
                        "quay.io=https://u:p@x",
                        "quay.io=https://x?a")) {
            assertThatThrownBy(() -> RegistryOptions.checkMirror(text))
                    .isInstanceOf(InvalidArgument.class)
                    .hasMessageStartingWith("invalid mirror: \"" + text + "\" ");
        }
    }

    @Test
    void thisMachineIsAskedByHttpFirst() {
        for (String host : List.of("localhost:5000", "127.0.0.1:5000", "127.1.2.3", "[::1]:5000")) {
            assertThat(servers(RegistryOptions.defaults(), host))
                    .containsExactly(
                            "http://" + host + " unchecked", "https://" + host + " unchecked");
        }
        assertThat(servers(RegistryOptions.defaults(), "127.evil.example"))
                .containsExactly("https://127.evil.example");
    }

    @Test
    void insecureRegistriesMayAnswerWithoutEncryption() {
        assertThat(servers(insecure("reg:5000"), "reg:5000"))
                .containsExactly("https://reg:5000 unchecked", "http://reg:5000 unchecked");
        assertThat(servers(insecure("10.0.0.0/8"), "10.1.2.3:5000")).hasSize(2);
        assertThat(servers(insecure("10.0.0.0/8"), "11.1.2.3:5000")).hasSize(1);
    }

    @Test
    void rangesAreMatchedByBits() {
        InetAddress address = InetAddress.ofLiteral("192.168.7.9");
        assertThat(Reach.contains("192.168.0.0/16", address)).isTrue();
        assertThat(Reach.contains("192.168.7.8/31", address)).isTrue();
        assertThat(Reach.contains("192.168.7.10/31", address)).isFalse();
        assertThat(Reach.contains("0.0.0.0/0", address)).isTrue();
        assertThat(Reach.contains("192.168.0.0/99", address)).isFalse();
        assertThat(Reach.contains("reg/16", address)).isFalse();
        assertThat(Reach.contains("fe80::/10", address)).isFalse();
    }

    @Test
    void proxiesFollowTheEnvironmentsRules() {
        Proxies proxies = new Proxies("http://p:1", "http://s:2", "intern.example,.corp, 10.0.0.1");
        assertThat(proxies.forServer(URI.create("http://reg.example/"))).isEqualTo("http://p:1");
        assertThat(proxies.forServer(URI.create("https://reg.example/"))).isEqualTo("http://s:2");
        assertThat(proxies.forServer(URI.create("https://a.intern.example/"))).isEmpty();
        assertThat(proxies.forServer(URI.create("https://x.corp:5000/"))).isEmpty();
        assertThat(proxies.forServer(URI.create("http://10.0.0.1:5000/"))).isEmpty();
        assertThat(proxies.forServer(URI.create("http://localhost:5000/"))).isEmpty();
        assertThat(new Proxies("p", "p", "*").forServer(URI.create("http://x/"))).isEmpty();
    }
}
