package dev.carafe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceChecksTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0", "0-2|0 1 2", "1,3|1 3", "0-1,4-5|0 1 4 5"})
    void listsOfCpusAreTheKernels(String list, String members) {
        assertThat(
                        ResourceChecks.parse("cpuset cpus", list).stream()
                                .mapToObj(String::valueOf)
                                .collect(Collectors.joining(" ")))
                .isEqualTo(members);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1-", "2-1", "-1", "1,,2", "99999999999", "0-99999"})
    void otherListsAreRefused(String list) {
        assertThatThrownBy(() -> ResourceChecks.parse("cpuset cpus", list))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("Invalid value " + list + " for cpuset cpus");
    }
}
