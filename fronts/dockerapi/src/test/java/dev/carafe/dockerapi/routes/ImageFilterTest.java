package dev.carafe.dockerapi.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFilterTest {
    @ParameterizedTest
    @CsvSource({"true, true", "1, true", "false, false", "0, false"})
    void danglingIsAYesOrNo(String text, boolean only) {
        assertThat(ImageFilter.forPrune(Map.of("dangling", Set.of(text))).danglingOnly())
                .isEqualTo(only);
    }

    @Test
    void withoutItAPruneTakesWhatDangles() {
        assertThat(ImageFilter.forPrune(Map.of()).danglingOnly()).isTrue();
    }

    @Test
    void whatIsNeitherIsRefused() {
        assertThatThrownBy(() -> ImageFilter.forPrune(Map.of("dangling", Set.of("maybe"))))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("invalid filter 'dangling=[maybe]'");
        Set<String> both = new TreeSet<>(Set.of("true", "false"));
        assertThatThrownBy(() -> ImageFilter.forPrune(Map.of("dangling", both)))
                .hasMessage("invalid filter 'dangling=[false true]'");
    }

    @Test
    void aMomentThatIsNoneIsToldInDockersWords() {
        assertThatThrownBy(() -> ImageFilter.forPrune(Map.of("until", Set.of("soon"))))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("failed to parse value as time or duration: \"soon\"");
    }
}
