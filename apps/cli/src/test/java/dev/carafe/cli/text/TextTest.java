package dev.carafe.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.cli.flags.BadValue;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @ParameterizedTest
    @CsvSource({
        "0,Less than a second", "1,1 second", "59,59 seconds", "60,About a minute",
                "119,About a minute", "120,2 minutes", "3599,59 minutes",
        "3600,About an hour", "5399,About an hour", "5400,2 hours", "172799,2 days",
                "169000,47 hours", "172800,2 days", "1209600,2 weeks",
        "5184000,2 months", "63072000,2 years"
    })
    void ages(long seconds, String text) {
        assertThat(Human.duration(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0B",
        "999,999B",
        "1000,1kB",
        "1234,1.23kB",
        "4261574,4.26MB",
        "123456789,123MB",
        "1500000000,1.5GB",
        "12345,12.3kB",
        "1005,1kB"
    })
    void decimalSizes(long bytes, String text) {
        assertThat(Human.size(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"25277603840,23.54GiB", "1024,1KiB", "1536,1.5KiB", "1073741824,1GiB"})
    void binarySizes(long bytes, String text) {
        assertThat(Human.binarySize(bytes)).isEqualTo(text);
    }

    @Test
    void columnsAreTenWideAtLeastAndThreeApart() {
        assertThat(Columns.align("ID\tNAME\tX\nabcdefghijkl\tb\ty\n"))
                .isEqualTo("ID             NAME      X\nabcdefghijkl   b         y\n");
    }

    @Test
    void aColumnEndsWhereALineHasNoSuchCell() {
        assertThat(Columns.align("a\tb\nlonger than ten\tb\nplain\nx\ty\n"))
                .isEqualTo("a                 b\nlonger than ten   b\nplain\nx         y\n");
    }

    @Test
    void charactersCountNotBytes() {
        assertThat(Columns.align("ééé…\tx\n")).isEqualTo("ééé…      x\n");
        assertThat(Human.shorten("héllo wörld", 6)).isEqualTo("héllo…");
    }

    @Test
    void timesBeforeNowAndTimesOfTheCalendar() {
        long now = Instant.parse("2025-11-25T07:00:00Z").toEpochMilli();
        assertThat(Instants.stamp("10m", now)).isEqualTo("1764053400.000000000");
        assertThat(Instants.stamp("2025-11-25T07:00:00Z", now)).isEqualTo("1764054000.000000000");
        assertThat(Instants.stamp("2025-11-25T08:00:00.5+01:00", now))
                .isEqualTo("1764054000.500000000");
        assertThat(Instants.stamp("1764054000", now)).isEqualTo("1764054000");
        assertThat(Instants.stamp("2025-11-25T07Z", now)).isEqualTo("1764054000.000000000");
        assertThat(Instants.stamp("2025-11-25T08:00+01:00", now)).isEqualTo("1764054000.000000000");
        assertThat(Instants.stamp("2025-11-25Z", now)).isEqualTo("1764028800.000000000");
        for (String wrong : new String[] {"nonsense", "1h30", "2020-13-45", "-5d"}) {
            assertThatThrownBy(() -> Instants.stamp(wrong, now))
                    .isInstanceOf(BadValue.class)
                    .hasMessage("failed to parse value as time or duration: \"" + wrong + "\"");
        }
    }
}
