package dev.carafe.build.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
    private static HttpHeaders headers(Map<String, List<String>> of) {
        return HttpHeaders.of(of, (name, value) -> true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994"
            })
    void serversWriteDatesInThreeWays(String text) {
        Instant read =
                Moments.lastModified(headers(Map.of("Last-Modified", List.of(text)))).orElseThrow();
        assertThat(read).isEqualTo("1994-11-06T08:49:37Z");
    }

    @Test
    void noDateAndNoSenseAreNone() {
        assertThat(Moments.lastModified(headers(Map.of()))).isEmpty();
        assertThat(Moments.lastModified(headers(Map.of("Last-Modified", List.of("soon")))))
                .isEmpty();
    }

    @Test
    void theNewestFileCountsAndNoFolder(@TempDir Path folder) throws IOException {
        assertThat(Moments.newest(folder)).isNull();
        Instant moment = Instant.parse("2020-01-02T03:04:05Z");
        Path deep = Files.createDirectory(folder.resolve("deep"));
        Path one = Files.writeString(deep.resolve("one"), "1");
        Path two = Files.writeString(folder.resolve("two"), "2");
        Files.setLastModifiedTime(one, FileTime.from(moment));
        Files.setLastModifiedTime(two, FileTime.from(moment.minusSeconds(9)));
        assertThat(Moments.newest(folder)).isEqualTo(moment);
    }
}
