package dev.carafe.images.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.images.archive.TarEntry.Kind;
import dev.carafe.testkit.Seeded;
import dev.carafe.testkit.TinyTar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {
    private static List<TarEntry> entries(byte[] tar) throws IOException {
        List<TarEntry> entries = new ArrayList<>();
        TarReader reader = new TarReader(new ByteArrayInputStream(tar));
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            entries.add(entry);
        }
        return entries;
    }

    @Test
    void readsEveryKindOfEntry() throws IOException {
        String longName = "d/".repeat(80) + "file";
        byte[] tar =
                new TinyTar()
                        .dir("etc")
                        .file(longName, "12345")
                        .symlink("s", longName)
                        .hardlink("h", "etc/x")
                        .entry('3', "dev", "", 0600, new byte[0])
                        .bytes();
        assertThat(entries(tar))
                .containsExactly(
                        new TarEntry("etc", Kind.DIRECTORY, "", 0),
                        new TarEntry(longName, Kind.FILE, "", 5),
                        new TarEntry("s", Kind.SYMLINK, longName, 0),
                        new TarEntry("h", Kind.HARDLINK, "etc/x", 0),
                        new TarEntry("dev", Kind.OTHER, "", 0));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
    void readsLongNamesOfBothSchools(int mode) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String name = "x".repeat(300);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(mode);
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(3);
            tar.putArchiveEntry(entry);
            tar.write(new byte[3]);
            tar.closeArchiveEntry();
        }
        assertThat(entries(out.toByteArray()))
                .containsExactly(new TarEntry(name, Kind.FILE, "", 3));
    }

    @Test
    void contentIsReadOrSkipped() throws IOException {
        byte[] big = new Seeded(5).bytes(10_000);
        TarReader reader =
                new TarReader(
                        new ByteArrayInputStream(
                                new TinyTar()
                                        .file("a", "x")
                                        .file("b", big, 0644)
                                        .file("c", big, 0644)
                                        .bytes()));
        reader.next();
        assertThat(reader.next().name()).isEqualTo("b");
        assertThat(reader.content().readNBytes(100)).isEqualTo(Arrays.copyOf(big, 100));
        assertThat(reader.next().name()).isEqualTo("c");
        assertThat(reader.content().readAllBytes()).isEqualTo(big);
        assertThat(reader.next()).isNull();
    }

    @Test
    void whatOurWriterWritesIsRead() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter writer = new TarWriter(out);
        writer.directory("d");
        writer.file("d/f", new byte[513]);
        writer.finish();
        assertThat(entries(out.toByteArray()))
                .containsExactly(
                        new TarEntry("d", Kind.DIRECTORY, "", 0),
                        new TarEntry("d/f", Kind.FILE, "", 513));
        assertThatThrownBy(() -> writer.file("x", 3, 0644, body -> body.write(new byte[2])))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> writer.file("x", 3, 0644, body -> body.write(new byte[4])))
                .isInstanceOf(IOException.class);
    }

    @Test
    void sizesBeyondEightGigabytesAreWrittenAndRead() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long size = 20L << 30;
        assertThatThrownBy(() -> new TarWriter(out).file("huge", size, 0644, body -> {}))
                .isInstanceOf(IOException.class);
        assertThat(new TarReader(new ByteArrayInputStream(out.toByteArray())).next())
                .isEqualTo(new TarEntry("huge", Kind.FILE, "", size));
    }

    @Test
    void everyCutIsNoticed() throws IOException {
        byte[] tar =
                new TinyTar()
                        .file("a", "some content")
                        .pax("path", "longer")
                        .file("b", "x")
                        .bytes();
        int end = tar.length - 1024;
        for (int length = 0; length < end; length += 100) {
            byte[] cut = Arrays.copyOf(tar, length);
            assertThatThrownBy(() -> entries(cut))
                    .as("cut at %d", length)
                    .isInstanceOf(InvalidArgument.class);
        }
        assertThat(entries(Arrays.copyOf(tar, end + 512))).hasSize(2);
    }

    static LongStream seeds() {
        return Seeded.seeds(300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damageGivesEntriesOrARefusal(long seed) throws IOException {
        Seeded random = new Seeded(seed);
        byte[] tar =
                new TinyTar()
                        .file("a", "some content")
                        .pax("path", "longer")
                        .file("b", "x")
                        .dir("c")
                        .bytes();
        for (int i = random.between(1, 10); i > 0; i--) {
            tar[random.between(0, tar.length - 1)] = (byte) random.between(0, 255);
        }
        try {
            assertThat(entries(tar)).hasSizeLessThan(10);
        } catch (InvalidArgument e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
