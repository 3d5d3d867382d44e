package dev.carafe.dockerapi.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.dockermodel.DockerJson;
import dev.carafe.registry.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AccountsWireTest {
    private static Function<String, Credentials> header(String json) {
        return AccountsWire.header(
                Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)),
                new DockerJson());
    }

    @Test
    void registriesAreFoundByHostAndByUrl() {
        Function<String, Credentials> accounts =
                header(
                        "{\"https://index.docker.io/v1/\":{\"username\":\"hub\",\"password\":\"a\"},"
                                + "\"reg.example:5000\":{\"auth\":\"bWU6c2VjcmV0\"},"
                                + "\"https://other.example/v2/\":{\"identitytoken\":\"t\"}}");
        assertThat(accounts.apply("docker.io").username()).isEqualTo("hub");
        assertThat(accounts.apply("reg.example:5000"))
                .isEqualTo(new Credentials("me", "secret", "", ""));
        assertThat(accounts.apply("other.example").identityToken()).isEqualTo("t");
        assertThat(accounts.apply("reg.example").anonymous()).isTrue();
    }

    @Test
    void whatCanNotBeReadMeansNobody() {
        assertThat(AccountsWire.header(null, new DockerJson()).apply("x").anonymous()).isTrue();
        assertThat(AccountsWire.header("%%%", new DockerJson()).apply("x").anonymous()).isTrue();
        assertThat(header("[1]").apply("x").anonymous()).isTrue();
        assertThat(header("{").apply("x").anonymous()).isTrue();
    }
}
