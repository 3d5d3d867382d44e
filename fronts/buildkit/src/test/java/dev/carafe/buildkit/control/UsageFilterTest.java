package dev.carafe.buildkit.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.build.cache.CacheItem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageFilterTest {
    private static final CacheItem STEP =
            new CacheItem(
                    "abc",
                    CacheItem.STEP,
                    "p",
                    "RUN make, then test",
                    false,
                    true,
                    1,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    0);

    private static boolean fits(String... filters) {
        return UsageFilter.of(List.of(filters)).test(STEP);
    }

    @Test
    void allPartsOfOneFilterMustFit() {
        assertThat(fits()).isTrue();
        assertThat(fits("id==abc,type==regular")).isTrue();
        assertThat(fits("id==abc,type==exec.cachemount")).isFalse();
        assertThat(fits("id==x", "id==abc")).isTrue();
        assertThat(fits("description==\"RUN make, then test\"")).isTrue();
        assertThat(fits("description~=^RUN (make|go)")).isTrue();
        assertThat(fits("id!=abc")).isFalse();
    }

    @Test
    void truthValuesAreThereOrCompared() {
        assertThat(fits("shared")).isTrue();
        assertThat(fits("shared==true")).isTrue();
        assertThat(fits("private")).isFalse();
        assertThat(fits("inuse==false")).isTrue();
        assertThat(fits("immutable,shared")).isTrue();
        assertThat(fits("mutable")).isFalse();
    }

    @Test
    void whatIsNoFilterIsRefused() {
        assertThatThrownBy(() -> fits("nosuch==1"))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageStartingWith("unknown filter: nosuch: use id, type,");
        assertThatThrownBy(() -> fits("==1")).hasMessage("invalid filter: ==1");
        assertThatThrownBy(() -> fits("id~=(")).hasMessageStartingWith("invalid filter: (");
    }
}
