package dev.carafe.snapshots.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.linux.RawText;
import dev.carafe.testkit.Seeded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TarWriterTest {
    static LongStream seeds() {
        return Seeded.seeds(200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsWrittenIsReadBack(long seed) throws IOException {
        Seeded random = new Seeded(seed);
        List<TarEntry> written = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter writer = new TarWriter(out);
        for (int i = 0; i < 20; i++) {
            TarEntry entry = entry(random);
            written.add(entry);
            writer.put(entry);
            writer.content(new byte[(int) entry.storedSize()], 0, (int) entry.storedSize());
        }
        writer.finish();
        List<TarEntry> read = TarReader.entries(new ByteArrayInputStream(out.toByteArray()));
        assertThat(read).usingRecursiveFieldByFieldElementComparator().isEqualTo(written);
    }

    private static TarEntry entry(Seeded random) {
        EntryKind kind = random.pick(List.of(EntryKind.values()));
        TarEntry.Builder entry =
                TarEntry.of(kind, name(random) + (kind == EntryKind.DIRECTORY ? "/" : ""))
                        .mode(random.between(0, 07777))
                        .owner(
                                random.oneIn(3) ? 4294967294L : random.between(0, 3_000_000),
                                random.between(0, 70_000))
                        .modified(
                                Instant.ofEpochSecond(
                                        random.between(-5_000_000, 2_000_000_000),
                                        random.oneIn(2) ? 0 : random.between(0, 999_999_999)));
        if (kind == EntryKind.HARD_LINK || kind == EntryKind.SYMLINK) {
            entry.linkName(name(random));
        }
        if (kind == EntryKind.CHARACTER_DEVICE || kind == EntryKind.BLOCK_DEVICE) {
            entry.device(random.between(0, 4095), random.between(0, 1 << 20 - 1));
        }
        if (random.oneIn(3)) {
            entry.xattr("user." + random.name(5), random.bytes(random.between(0, 300)));
            entry.xattr("security.capability", random.bytes(20));
        }
        if (kind == EntryKind.FILE) {
            entry.size(random.between(0, 2000));
            if (random.oneIn(4)) {
                entry.size(1L << 40).sparse(fragments(random));
            }
        }
        return entry.build();
    }

    private static List<Fragment> fragments(Seeded random) {
        List<Fragment> all = new ArrayList<>();
        long at = 0;
        for (int i = random.between(0, 60); i > 0; i--) {
            at += random.between(0, 1_000_000_000);
            int length = random.between(0, 50);
            all.add(new Fragment(at, length));
            at += length;
        }
        all.add(new Fragment(1L << 40, 0));
        return all;
    }

    private static String name(Seeded random) {
        StringBuilder name = new StringBuilder(random.name(random.between(1, 20)));
        while (random.oneIn(2)) {
            name.append('/').append(random.name(random.between(1, 120)));
        }
        if (random.oneIn(4)) {
            name.append("\u00e4\u20ac\ud83d\ude00");
        }
        return random.oneIn(5)
                ? name + RawText.decode(new byte[] {(byte) 0xff, (byte) 0xc3})
                : name.toString();
    }

    @Test
    void theSameEntriesGiveTheSameBytes() {
        assertThat(sample()).isEqualTo(sample());
    }

    private static byte[] sample() {
        return new Tars().dir("d").file("d/\u00e4".repeat(30), "x").symlink("l", "t").bytes();
    }

    @Test
    void aNameThatFitsThePrefixNeedsNoPaxHeader() {
        String name = "d".repeat(90) + "/" + "f".repeat(90);
        byte[] tar =
                new Tars()
                        .add(TarEntry.of(EntryKind.FILE, name).modified(Instant.ofEpochSecond(5)))
                        .bytes();
        assertThat(tar).hasSize(512 + 1024);
        assertThat(tar[156]).isEqualTo((byte) '0');
    }

    @Test
    void dataMustBeAsLongAsAnnounced() throws IOException {
        TarWriter writer = new TarWriter(new ByteArrayOutputStream());
        writer.put(TarEntry.of(EntryKind.FILE, "f").size(3).build());
        assertThatThrownBy(() -> writer.content(new byte[4], 0, 4))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> writer.put(TarEntry.of(EntryKind.FILE, "g").build()))
                .isInstanceOf(IllegalStateException.class);
        writer.fillUp();
        writer.finish();
    }

    @Test
    void timesBeforeTheEpochAreSignAndMagnitude() {
        assertThat(HeaderBytes.decimal(Instant.ofEpochSecond(-1, 500_000_000))).isEqualTo("-0.5");
        assertThat(HeaderBytes.decimal(Instant.ofEpochSecond(-2, 250_000_000))).isEqualTo("-1.75");
        assertThat(HeaderBytes.decimal(Instant.ofEpochSecond(-3))).isEqualTo("-3");
        assertThat(HeaderBytes.decimal(Instant.ofEpochSecond(7, 1))).isEqualTo("7.000000001");
    }

    @Test
    void aSparseFileHoldsItsDataOnly() {
        byte[] tar =
                new Tars()
                        .sparse(
                                "s",
                                1L << 30,
                                List.of(new Fragment(1 << 20, 3)),
                                new byte[] {1, 2, 3})
                        .bytes();
        assertThat(tar.length).isLessThan(8 * 512);
    }
}
