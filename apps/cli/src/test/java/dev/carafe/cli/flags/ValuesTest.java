package dev.carafe.cli.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "512,512",
        "1k,1024",
        "1kb,1024",
        "1KiB,1024",
        "1.5m,1572864",
        "2g,2147483648",
        "1t,1099511627776",
        "10 MB,10485760",
        "1b,1"
    })
    void bytesArePowersOf1024(String text, long bytes) {
        assertThat(Values.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1ns,1",
        "1us,1000",
        "1ms,1000000",
        "1.5s,1500000000",
        "1m30s,90000000000",
        "1h,3600000000000",
        "-3ms,-3000000",
        "+1s,1000000000"
    })
    void durationsAreGos(String text, long nanos) {
        assertThat(Values.duration(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({
        "1,1000000000",
        "1.5,1500000000",
        ".5,500000000",
        "3/2,1500000000",
        "0.000000001,1"
    })
    void cpusAreBillionths(String text, long nanos) {
        assertThat(Values.nanoCpus(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({
        "10,10",
        "-1,-1",
        "0x1f,31",
        "0b11,3",
        "0o17,15",
        "017,15",
        "+5,5",
        "9223372036854775807,9223372036854775807"
    })
    void integersTakeGosPrefixes(String text, long value) {
        assertThat(Values.int64(text)).isEqualTo(value);
    }

    @Test
    void integersOutOfRangeAndNoIntegersAreToldApart() {
        assertThatThrownBy(() -> Values.int64("9223372036854775808"))
                .hasMessage(
                        "strconv.ParseInt: parsing \"9223372036854775808\": value out of range");
        assertThatThrownBy(() -> Values.int64("0x"))
                .hasMessage("strconv.ParseInt: parsing \"0x\": invalid syntax");
        assertThatThrownBy(() -> Values.int64(""))
                .hasMessage("strconv.ParseInt: parsing \"\": invalid syntax");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3.4",
                "0.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "1:2:3:4:5:6:7:8",
                "2001:db8::1:0",
                "::ffff:1.2.3.4",
                "1::",
                "fe80::1%eth0"
            })
    void addresses(String text) {
        assertThat(Addresses.isIp(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "a.b.c.d",
                ":",
                ":::",
                "1:2:3",
                "1:2:3:4:5:6:7:8:9",
                "::1::",
                "12345::",
                "g::1",
                "1:2:3:4:5:6:7::8:9"
            })
    void noAddresses(String text) {
        assertThat(Addresses.isIp(text)).isFalse();
    }

    @Test
    void quotedFieldsKeepTheirCommas() {
        assertThat(Csv.fields("a,\"b,c\",\"d\"\"e\",")).containsExactly("a", "b,c", "d\"e", "");
    }
}
