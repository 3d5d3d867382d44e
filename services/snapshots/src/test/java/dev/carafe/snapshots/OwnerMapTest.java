package dev.carafe.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnerMapTest {
    private final OwnerMap map =
            new OwnerMap(
                    List.of(new OwnerMap.Range(0, 100_000, 10), new OwnerMap.Range(10, 500_000, 5)),
                    List.of(new OwnerMap.Range(0, 7, 1)));

    @Test
    void idsAreMovedByTheirRange() {
        assertThat(map.userOutside(0)).isEqualTo(100_000);
        assertThat(map.userOutside(9)).isEqualTo(100_009);
        assertThat(map.userOutside(10)).isEqualTo(500_000);
        assertThat(map.userInside(500_004)).isEqualTo(14);
        assertThat(map.groupInside(7)).isZero();
    }

    @Test
    void theHostsOthersAreNobodyInside() {
        assertThat(map.userInside(0)).isEqualTo(65534);
        assertThat(map.userInside(100_010)).isEqualTo(65534);
    }

    @Test
    void idsWithoutAPlaceAtTheHostAreRefused() {
        assertThatThrownBy(() -> map.userOutside(15))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("Container ID 15 cannot be mapped to a host ID");
    }

    @Test
    void withoutRangesEverybodyIsWhoHeIs() {
        assertThat(OwnerMap.NONE.userInside(5)).isEqualTo(5);
        assertThat(OwnerMap.NONE.groupOutside(5)).isEqualTo(5);
    }
}
