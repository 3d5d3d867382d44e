package dev.carafe.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void fieldsMayStandInQuotes() {
        assertThat(Csv.fields("a,\"b,c\",\"d\"\"e\",")).containsExactly("a", "b,c", "d\"e", "");
        assertThat(Csv.fields("")).containsExactly("");
    }

    @Test
    void aQuoteHasAnEnd() {
        assertThatThrownBy(() -> Csv.fields("a,\"b"))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("parse error on line 1, column 4");
    }
}
