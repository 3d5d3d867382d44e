package dev.carafe.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChallengeTest {
    @Test
    void parametersMayBeQuotedAndHoldCommas() {
        List<Challenge> found =
                Challenge.parse(
                        List.of(
                                "Bearer realm=\"https://auth.example/token\",service=reg, scope=\"repository:a/b:pull,push\""));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().isBearer()).isTrue();
        assertThat(found.getFirst().parameter("realm")).isEqualTo("https://auth.example/token");
        assertThat(found.getFirst().parameter("service")).isEqualTo("reg");
        assertThat(found.getFirst().parameter("scope")).isEqualTo("repository:a/b:pull,push");
    }

    @Test
    void severalChallengesMayShareALine() {
        List<Challenge> found =
                Challenge.parse(
                        List.of(
                                "Negotiate, Basic realm=\"a \\\"b\\\"\", Bearer realm=\"x\"",
                                "Digest"));
        assertThat(found)
                .extracting(Challenge::scheme)
                .containsExactly("negotiate", "basic", "bearer", "digest");
        assertThat(found.get(1).parameter("realm")).isEqualTo("a \"b\"");
    }

    @Test
    void nonsenseIsNoChallenge() {
        assertThat(Challenge.parse(List.of("", "=", "\"\"", "x".repeat(10_000)))).isEmpty();
    }
}
