package dev.carafe.buildkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.build.context.ContextEntry;
import dev.carafe.build.context.ContextEntry.Kind;
import dev.carafe.buildkit.wire.packet.Stat;
import org.junit.jupiter.api.Test;

class EntryTest {
    private static ContextEntry entry(int mode, String link) {
        return Entry.of(Stat.newBuilder().setPath("p").setMode(mode).setLinkname(link).build());
    }

    @Test
    void goModesBecomeKindsAndPermissions() {
        assertThat(entry(0x800001ed, "").kind()).isEqualTo(Kind.DIRECTORY);
        assertThat(entry(0x80001ed, "x").kind()).isEqualTo(Kind.SYMLINK);
        assertThat(entry(0x1ed, "x").kind()).isEqualTo(Kind.HARD_LINK);
        assertThat(entry(0x1ed, "").kind()).isEqualTo(Kind.FILE);
        assertThat(entry(0x2000000, "").kind()).isEqualTo(Kind.OTHER);
        assertThat(entry(0xd001ed, "").permissions()).isEqualTo(07755);
    }

    @Test
    void modesOfTheKernelGoTheOtherWay() {
        assertThat(Entry.goMode(0x41ed)).isEqualTo(0x800001ed);
        assertThat(Entry.goMode(0xa1ff)).isEqualTo(0x80001ff);
        assertThat(Entry.goMode(0x89ed)).isEqualTo(0x8001ed);
    }

    @Test
    void timesBefore1970AreTimes() {
        assertThat(Entry.of(Stat.newBuilder().setPath("p").setModTime(-1).build()).modified())
                .hasToString("1969-12-31T23:59:59.999999999Z");
    }
}
