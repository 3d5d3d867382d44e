package dev.carafe.build.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.oci.RunConfig.Healthcheck;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void historyIsTheClassicBuilders() {
        assertThat(Texts.nop(List.of("/bin/sh", "-c"), "CMD " + Texts.quoted(List.of("a", "b\""))))
                .isEqualTo("/bin/sh -c #(nop)  CMD [\"a\" \"b\\\"\"]");
        assertThat(Texts.nopNear(List.of("/bin/sh", "-c"), "WORKDIR /a"))
                .isEqualTo("/bin/sh -c #(nop) WORKDIR /a");
    }

    @Test
    void healthChecksAreShownAsGoQuotesThem() {
        Healthcheck check =
                new Healthcheck(List.of("CMD", "x"), 90_000_000_000L, 500_000_000L, 0, 0, 5);
        assertThat(Texts.health(check))
                .isEqualTo("&{[\"CMD\" \"x\"] \"1m30s\" \"500ms\" \"0s\" \"0s\" '\\x05'}");
        assertThat(Texts.healthFields(check))
                .isEqualTo(
                        "{Test:[CMD x] Interval:1m30s Timeout:500ms StartPeriod:0s"
                                + " StartInterval:0s Retries:5}");
        assertThat(Texts.character(0)).isEqualTo("'\\x00'");
        assertThat(Texts.character(10)).isEqualTo("'\\n'");
        assertThat(Texts.character(39)).isEqualTo("'\\''");
        assertThat(Texts.character(92)).isEqualTo("'\\\\'");
        assertThat(Texts.character(97)).isEqualTo("'a'");
    }

    @Test
    void durationsAreGos() {
        assertThat(Texts.duration(0)).isEqualTo("0s");
        assertThat(Texts.duration(1_500_000)).isEqualTo("1.5ms");
        assertThat(Texts.duration(5_000_000_000L)).isEqualTo("5s");
        assertThat(Texts.duration(90_000_000_000L)).isEqualTo("1m30s");
        assertThat(Texts.duration(3_600_000_000_000L)).isEqualTo("1h0m0s");
    }
}
