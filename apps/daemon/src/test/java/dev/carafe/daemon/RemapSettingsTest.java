package dev.carafe.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.snapshots.OwnerMap.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemapSettingsTest {
    @TempDir private Path etc;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(
                etc.resolve("passwd"),
                "root:x:0:0::/:/bin/sh\nme:x:1000:1000::/:/bin/sh\ndockremap:x:99:98::/:\n");
        Files.writeString(etc.resolve("group"), "root:x:0:\nme:x:1000:\nteam:x:1001:me\n");
        Files.writeString(etc.resolve("subuid"), "# ids\nme:100000:1000\nbad line\nme:300000:50\n");
        Files.writeString(etc.resolve("subgid"), "1000:200000:65536\nteam:400000:65536\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"me", "1000", "me:me", "1000:1000", "me:1000"})
    void usersAreNamesOrNumbersAndTheirRangesFollowEachOther(String wanted) {
        var map = new RemapSettings(etc).of(wanted);
        assertThat(map.users())
                .containsExactly(new Range(0, 100_000, 1000), new Range(1000, 300_000, 50));
        assertThat(map.groups()).containsExactly(new Range(0, 200_000, 65536));
    }

    @Test
    void groupsCanBeOthers() {
        assertThat(new RemapSettings(etc).of("me:team").groups())
                .containsExactly(new Range(0, 400_000, 65536));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody-here", "me:", ":me", "me:a:b", "me:nogroup", "root", "default"})
    void whoHasNoIdsIsRefusedWithWhatToDo(String wanted) {
        assertThatThrownBy(() -> new RemapSettings(etc).of(wanted))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("userns-remap");
    }

    @Test
    void theDefaultUserGetsIdsThatNobodyHas() {
        assertThat(DefaultRemapUser.free(List.of())).isEqualTo(100_000);
        assertThat(DefaultRemapUser.free(List.of("a:100000:65536", "junk", "b:x:y", "c:1:2")))
                .isEqualTo(165_536);
    }
}
