package dev.carafe.build.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSumsTest {
    private static final Instant CHANGED = Instant.parse("2026-01-02T03:04:05.006Z");
    private static final byte[] SUM = {1, 2, 3};

    private final FileSums sums = new FileSums();

    private static Stat stat(long inode, long size, Instant changed) {
        Instant any = Instant.EPOCH;
        return new Stat(Stat.S_IFREG, 0, 0, size, 0, 1, inode, 0, 0, 0, 0, any, any, changed, 0, 0);
    }

    @Test
    void aFileIsKnownUntilItsSizeOrAnyOfItsPropertiesChanges() {
        Stat file = stat(7, 100, CHANGED);
        assertThat(sums.find(file)).isNull();
        sums.learn(file, CHANGED.plusSeconds(1), SUM);
        assertThat(sums.find(file)).isEqualTo(SUM);
        assertThat(sums.find(stat(7, 101, CHANGED))).isNull();
        assertThat(sums.find(stat(7, 100, CHANGED.plusNanos(1)))).isNull();
        assertThat(sums.find(stat(8, 100, CHANGED))).isNull();
    }

    @Test
    void whatChangedOnlyJustNowIsNotRemembered() {
        Stat file = stat(7, 100, CHANGED);
        sums.learn(file, CHANGED.plusSeconds(1), SUM);
        sums.learn(file, CHANGED.plusMillis(90), SUM);
        assertThat(sums.find(file)).isNull();
        // the clock went back
        sums.learn(file, CHANGED.minusSeconds(1), SUM);
        assertThat(sums.find(file)).isNull();
    }

    @Test
    void wholeSecondsAreACoarseClock() {
        Stat file = stat(7, 100, Instant.parse("2026-01-02T03:04:05Z"));
        sums.learn(file, Instant.parse("2026-01-02T03:04:06.500Z"), SUM);
        assertThat(sums.find(file)).isNull();
        sums.learn(file, Instant.parse("2026-01-02T03:04:08Z"), SUM);
        assertThat(sums.find(file)).isEqualTo(SUM);
    }

    @Test
    void sumsOfTreesAreTheSameWithAndWithoutThem(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("one"), "1");
        Files.createDirectory(folder.resolve("deep"));
        Files.writeString(folder.resolve("deep/two"), "2");
        Source all = new Source("", true);
        try (Fd root = FileSystem.open(folder.toString(), FileSystem.O_DIRECTORY)) {
            var plain = new TreeSum(root, Selection.ALL, null).of(all);
            assertThat(new TreeSum(root, Selection.ALL, sums).of(all)).isEqualTo(plain);
            assertThat(new TreeSum(root, Selection.ALL, sums).of(all)).isEqualTo(plain);
            Stat two = FileSystem.statx(root, "deep/two", 0);
            sums.learn(two, two.changed().plusSeconds(3), new byte[32]);
            // not read again
            assertThat(new TreeSum(root, Selection.ALL, sums).of(all)).isNotEqualTo(plain);
            Files.writeString(folder.resolve("deep/two"), "22");
            var changed = new TreeSum(root, Selection.ALL, null).of(all);
            assertThat(new TreeSum(root, Selection.ALL, sums).of(all)).isEqualTo(changed);
        }
    }
}
