package dev.carafe.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.snapshots.OwnerMap;
import dev.carafe.snapshots.OwnerMap.Range;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdmapTest {
    private static final Range EVERYBODY = new Range(0, 0, 0xffff_ffffL);
    private static final OwnerMap CONTAINER =
            new OwnerMap(List.of(new Range(0, 100000, 65536)), List.of(new Range(0, 200000, 10)));

    @Test
    void theWordAloneMeansTheContainersOwners() {
        assertThat(Idmap.parse("").of(CONTAINER)).isEqualTo(CONTAINER);
        assertThat(Idmap.parse("").of(OwnerMap.NONE)).isEqualTo(OwnerMap.NONE);
    }

    @Test
    void rangesLeadFromTheDiskToTheHost() {
        assertThat(Idmap.parse("uids=0-1000-10#5000-2000-1;gids=7-8-9").of(CONTAINER))
                .isEqualTo(
                        new OwnerMap(
                                List.of(new Range(0, 1000, 10), new Range(5000, 2000, 1)),
                                List.of(new Range(7, 8, 9))));
    }

    @Test
    void whoIsNotNamedStaysWhoHeIs() {
        assertThat(Idmap.parse("gids=1-2-3").of(OwnerMap.NONE))
                .isEqualTo(new OwnerMap(List.of(EVERYBODY), List.of(new Range(1, 2, 3))));
    }

    @Test
    void relativeRangesCountInsideTheNamespace() {
        assertThat(Idmap.parse("uids=@1000-0-2;gids=@5-9-1").of(CONTAINER))
                .isEqualTo(
                        new OwnerMap(
                                List.of(new Range(1000, 100000, 2)),
                                List.of(new Range(5, 200009, 1))));
        assertThatThrownBy(() -> Idmap.parse("gids=@0-9-2").of(CONTAINER))
                .isInstanceOf(InvalidArgument.class);
        assertThatThrownBy(() -> Idmap.parse("uids=@0-70000-1").of(CONTAINER))
                .isInstanceOf(InvalidArgument.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000",
                "uids=1-2",
                "uids=1-2-0",
                "uids=-1-2-3",
                "uids=a-0-1",
                "uids=4294967295-0-2",
                "uids=0-0-10#5-100-1",
                "uids=0-0-10#50-5-1",
                "uids=0-0-1;uids=1-1-1",
                "uids=0-0-1,gids=0-0-1",
                "users=0-0-1"
            })
    void whatIsNoMapIsRefused(String text) {
        assertThatThrownBy(() -> Idmap.parse(text))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("invalid idmap '" + text + "'");
    }
}
