package dev.carafe.snapshots.tar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.RawText;
import dev.carafe.testkit.Seeded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {
    private static List<TarEntry> read(byte[] tar) throws IOException {
        return TarReader.entries(new ByteArrayInputStream(tar));
    }

    private static TarEntry only(byte[]... parts) throws IOException {
        List<TarEntry> all = read(HandmadeHeader.archive(parts));
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static byte[] pax(String... records) {
        StringBuilder all = new StringBuilder();
        for (String r : records) {
            int rest = r.getBytes(ISO_8859_1).length + 2;
            int length = rest + Integer.toString(rest).length();
            length = rest + Integer.toString(length).length();
            all.append(length).append(' ').append(r).append('\n');
        }
        byte[] body = all.toString().getBytes(ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new HandmadeHeader("PaxHeaders/x", 'x', body.length).posix().bytes());
        out.writeBytes(body);
        out.writeBytes(new byte[-body.length & 511]);
        return out.toByteArray();
    }

    @Test
    void aPlainFileHasItsFields() throws IOException {
        TarEntry e =
                only(
                        new HandmadeHeader("a/b", '0', 5)
                                .octal(100, 8, 04755)
                                .octal(108, 8, 1000)
                                .octal(116, 8, 100)
                                .octal(136, 12, 1234567890)
                                .posix()
                                .bytes(),
                        "hello".getBytes(UTF_8));
        assertThat(e.name()).isEqualTo("a/b");
        assertThat(e.kind()).isEqualTo(EntryKind.FILE);
        assertThat(e.mode()).isEqualTo(04755);
        assertThat(e.uid()).isEqualTo(1000);
        assertThat(e.gid()).isEqualTo(100);
        assertThat(e.modified()).isEqualTo(Instant.ofEpochSecond(1234567890));
        assertThat(e.size()).isEqualTo(5);
    }

    @Test
    void thePrefixStandsBeforeTheNameInUstarOnly() throws IOException {
        assertThat(
                        only(new HandmadeHeader("n", '0', 0).posix().text(345, "dir/sub").bytes())
                                .name())
                .isEqualTo("dir/sub/n");
        assertThat(only(new HandmadeHeader("n", '0', 0).text(345, "dir/sub").bytes()).name())
                .isEqualTo("n");
    }

    @Test
    void gnuKeepsTimesWhereThePrefixIsElsewhere() throws IOException {
        TarEntry e = only(new HandmadeHeader("n", '0', 0).gnu().octal(345, 12, 77).bytes());
        assertThat(e.name()).isEqualTo("n");
        assertThat(e.accessed()).isEqualTo(Instant.ofEpochSecond(77));
    }

    @Test
    void numbersMayBeBase256() throws IOException {
        TarEntry e =
                only(
                        new HandmadeHeader("n", '5', 0)
                                .gnu()
                                .base256(108, 8, 4_000_000_000L)
                                .base256(116, 8, 3_000_000_000L)
                                .base256(136, 12, -5)
                                .bytes());
        assertThat(e.uid()).isEqualTo(4_000_000_000L);
        assertThat(e.gid()).isEqualTo(3_000_000_000L);
        assertThat(e.modified()).isEqualTo(Instant.ofEpochSecond(-5));
    }

    @Test
    void aHugeSizeIsReadAsSuchAndItsDataMissed() {
        byte[] tar =
                HandmadeHeader.archive(
                        new HandmadeHeader("n", '0', 0).gnu().base256(124, 12, 1L << 40).bytes());
        TarReader reader = new TarReader(new ByteArrayInputStream(tar));
        assertThatThrownBy(
                        () -> {
                            assertThat(reader.next().size()).isEqualTo(1L << 40);
                            reader.next();
                        })
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("unexpected end");
    }

    @Test
    void gnuLongNamesAndLinksHold() throws IOException {
        String name = "d/".repeat(80) + "name";
        String target = "t".repeat(300);
        TarEntry e =
                only(
                        new HandmadeHeader("././@LongLink", 'K', target.length() + 1).gnu().bytes(),
                        (target + "\0").getBytes(UTF_8),
                        new HandmadeHeader("././@LongLink", 'L', name.length() + 1).gnu().bytes(),
                        (name + "\0").getBytes(UTF_8),
                        new HandmadeHeader("cut", '2', 0).gnu().text(157, "cut").bytes());
        assertThat(e.name()).isEqualTo(name);
        assertThat(e.linkName()).isEqualTo(target);
    }

    @Test
    void paxRecordsReplaceWhatTheBlockSays() throws IOException {
        TarEntry e =
                only(
                        pax(
                                "path=p\u00c3\u00a4th",
                                "uid=4294967294",
                                "gid=7",
                                "size=3",
                                "mtime=1.25",
                                "atime=-1.5",
                                "SCHILY.xattr.user.x=a=b\nc",
                                "comment=ignored"),
                        new HandmadeHeader("short", '0', 0).posix().bytes(),
                        "abc".getBytes(UTF_8));
        assertThat(e.name()).isEqualTo("p\u00e4th");
        assertThat(e.uid()).isEqualTo(4294967294L);
        assertThat(e.size()).isEqualTo(3);
        assertThat(e.modified()).isEqualTo(Instant.ofEpochSecond(1, 250_000_000));
        assertThat(e.accessed()).isEqualTo(Instant.ofEpochSecond(-2, 500_000_000));
        assertThat(e.xattrs().get("user.x")).isEqualTo("a=b\nc".getBytes(UTF_8));
    }

    @Test
    void libarchiveAttributesAreDecoded() throws IOException {
        TarEntry e =
                only(
                        pax("LIBARCHIVE.xattr.user.a%20b+c=AQID"),
                        new HandmadeHeader("n", '0', 0).posix().bytes());
        assertThat(e.xattrs().get("user.a b+c")).isEqualTo(new byte[] {1, 2, 3});
    }

    @Test
    void anEmptyPaxValueLeavesTheBlocks() throws IOException {
        assertThat(only(pax("path="), new HandmadeHeader("kept", '0', 0).posix().bytes()).name())
                .isEqualTo("kept");
    }

    @Test
    void globalPaxHeadersAreNotApplied() throws IOException {
        byte[] global = pax("path=other");
        byte[] header = new HandmadeHeader("g", 'g', 14).posix().bytes();
        System.arraycopy(header, 0, global, 0, 512);
        assertThat(only(global, new HandmadeHeader("own", '0', 0).posix().bytes()).name())
                .isEqualTo("own");
    }

    @Test
    void namesThatAreNotUtf8Survive() throws IOException {
        byte[] name = {'a', (byte) 0xff, (byte) 0xc3, 'b'};
        TarEntry e = only(new HandmadeHeader(new String(name, ISO_8859_1), '0', 0).posix().bytes());
        assertThat(RawText.encode(e.name())).isEqualTo(name);
    }

    @Test
    void aFileNamedWithASlashIsADirectory() throws IOException {
        assertThat(only(new HandmadeHeader("d/", '\0', 0).bytes()).kind())
                .isEqualTo(EntryKind.DIRECTORY);
    }

    @Test
    void aSizeOnALinkIsNoData() throws IOException {
        List<TarEntry> all =
                read(
                        HandmadeHeader.archive(
                                new HandmadeHeader("l", '1', 1000).posix().text(157, "t").bytes(),
                                new HandmadeHeader("next", '0', 0).posix().bytes()));
        assertThat(all).extracting(TarEntry::name).containsExactly("l", "next");
        assertThat(all.getFirst().size()).isZero();
    }

    @Test
    void oldGnuSparseWithExtensionBlocks() throws IOException {
        HandmadeHeader header =
                new HandmadeHeader("s", 'S', 512L * 30).gnu().octal(483, 12, 100_000);
        byte[] extension = new byte[512];
        for (int i = 0; i < 30; i++) {
            String pair = String.format("%011o\0%011o\0", i * 2048L, 512);
            if (i < 4) {
                header.text(386 + 24 * i, pair);
            } else if (i < 25) {
                System.arraycopy(pair.getBytes(ISO_8859_1), 0, extension, 24 * (i - 4), 24);
            }
        }
        header.text(482, "\1");
        extension[504] = 1;
        byte[] second = new byte[512];
        for (int i = 25; i < 30; i++) {
            String pair = String.format("%011o\0%011o\0", i * 2048L, 512);
            System.arraycopy(pair.getBytes(ISO_8859_1), 0, second, 24 * (i - 25), 24);
        }
        TarEntry e = only(header.bytes(), extension, second, new byte[512 * 30]);
        assertThat(e.size()).isEqualTo(100_000);
        assertThat(e.sparse()).hasSize(30).contains(new Fragment(29 * 2048, 512));
        assertThat(e.storedSize()).isEqualTo(512 * 30);
    }

    @Test
    void sparseMapsOfPax00And01() throws IOException {
        List<Fragment> wanted = List.of(new Fragment(10, 2), new Fragment(100, 3));
        byte[] block = new HandmadeHeader("GNUSparseFile.1/s", '0', 5).posix().bytes();
        TarEntry zero =
                only(
                        pax(
                                "GNU.sparse.size=200",
                                "GNU.sparse.numblocks=2",
                                "GNU.sparse.offset=10",
                                "GNU.sparse.numbytes=2",
                                "GNU.sparse.offset=100",
                                "GNU.sparse.numbytes=3"),
                        block,
                        "abcde".getBytes(UTF_8));
        TarEntry one =
                only(
                        pax(
                                "GNU.sparse.size=200",
                                "GNU.sparse.map=10,2,100,3",
                                "GNU.sparse.name=real"),
                        block,
                        "abcde".getBytes(UTF_8));
        assertThat(zero.sparse()).isEqualTo(wanted);
        assertThat(one.sparse()).isEqualTo(wanted);
        assertThat(one.name()).isEqualTo("real");
        assertThat(one.size()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10,3,100,3", // more than stored
                "10,1,100,3", // less
                "100,2,10,3", // backwards
                "10,3,12,2", // overlapping
                "10,2,199,3", // past the end
                "10,2,100", // odd
                "10,2,,3", // no number
                "9223372036854775807,2,1,3"
            })
    void badSparseMapsAreRefused(String map) {
        assertThatExceptionOfType(InvalidArgument.class)
                .isThrownBy(() ->
                        only(
                                pax("GNU.sparse.size=200", "GNU.sparse.map=" + map),
                                new HandmadeHeader("s", '0', 5).posix().bytes(),
                                "abcde".getBytes(UTF_8)));
    }

    @Test
    void brokenHeadersAreRefused() {
        byte[] good = HandmadeHeader.archive(new HandmadeHeader("n", '0', 0).posix().bytes());
        byte[] checksum = good.clone();
        checksum[0] ^= 1;
        refused(checksum, "checksum");
        refused(
                HandmadeHeader.archive(new HandmadeHeader("n", '0', 0).text(108, "12x").bytes()),
                "no number");
        refused(
                HandmadeHeader.archive(new HandmadeHeader("n", 'Q', 0).bytes()),
                "type Q is unknown");
        refused(
                HandmadeHeader.archive(new HandmadeHeader("n", 'L', 2 << 20).bytes()),
                "a header of 2097152 bytes");
        refused(
                HandmadeHeader.archive(
                        new HandmadeHeader("n", '0', 0).base256(124, 12, -1).bytes()),
                "negative size");
        refused(
                HandmadeHeader.archive(new HandmadeHeader("n", '0', 0).base256(108, 8, -1).bytes()),
                "uid -1");
        refused(HandmadeHeader.archive(new byte[512], good), "one empty block");
        refused(HandmadeHeader.archive(pax("path=x")), "unexpected end");
        refused(
                HandmadeHeader.archive(pax("path=a\0b"), new HandmadeHeader("n", '0', 0).bytes()),
                "zero byte");
        refused(
                HandmadeHeader.archive(pax("uid=x"), new HandmadeHeader("n", '0', 0).bytes()),
                "uid is no number");
        refused(
                HandmadeHeader.archive(pax("mtime=x"), new HandmadeHeader("n", '0', 0).bytes()),
                "no time");
        refused(
                HandmadeHeader.archive(
                        pax("uid=4294967295"), new HandmadeHeader("n", '0', 0).bytes()),
                "out of range");
    }

    private static void refused(byte[] tar, String why) {
        assertThatThrownBy(() -> read(tar))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining(why);
    }

    @Test
    void aStreamCutAnywhereIsRefusedOrShorter() throws IOException {
        byte[] tar =
                new Tars()
                        .file("a", new byte[1000], 0644)
                        .file("n".repeat(200), "text")
                        .sparse("s", 9000, List.of(new Fragment(4096, 5)), new byte[5])
                        .bytes();
        int whole = read(tar).size();
        for (int cut = 0; cut < tar.length; cut += 37) {
            byte[] part = Arrays.copyOf(tar, cut);
            try {
                assertThat(read(part)).hasSizeLessThanOrEqualTo(whole);
            } catch (InvalidArgument e) {
                assertThat(e).hasMessageContaining("unexpected end");
            }
        }
    }

    static LongStream seeds() {
        return Seeded.seeds(300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damagedArchivesAreReadOrRefusedAndNothingElse(long seed) throws IOException {
        Seeded random = new Seeded(seed);
        byte[] tar =
                new Tars()
                        .dir("d")
                        .file("d/" + random.name(150), random.bytes(random.between(0, 3000)), 0644)
                        .sparse(
                                "s",
                                90000,
                                List.of(new Fragment(4096, 5), new Fragment(8192, 600)),
                                random.bytes(605))
                        .symlink("l", random.name(120))
                        .bytes();
        for (int i = random.between(1, 8); i > 0; i--) {
            tar[random.between(0, tar.length - 1)] = (byte) random.between(-128, 127);
        }
        try {
            read(tar);
        } catch (InvalidArgument e) {
            assertThat(e.text()).isNotEmpty();
        }
    }

    @Test
    void payloadAndRestTogetherAreTheStream() throws IOException {
        byte[] tar =
                new Tars()
                        .dir("d")
                        .file("d/x", new Seeded(1).bytes(700_001), 0644)
                        .sparse(
                                "s",
                                1 << 20,
                                List.of(new Fragment(5, 7), new Fragment(4096, 1000)),
                                new byte[1007])
                        .file("skipped", new byte[300], 0644)
                        .bytes();
        byte[] padded = Arrays.copyOf(tar, tar.length + 12345);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        TarReader reader = new TarReader(Chunks.of(new ByteArrayInputStream(padded)), all::write);
        for (TarEntry e = reader.next(); e != null; e = reader.next()) {
            if (!e.name().equals("skipped")) {
                reader.payload(all::write);
            }
        }
        reader.drain();
        assertThat(all.toByteArray()).isEqualTo(padded);
    }
}
