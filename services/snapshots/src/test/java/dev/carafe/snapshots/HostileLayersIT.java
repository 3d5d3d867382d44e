package dev.carafe.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.linux.Xattrs;
import dev.carafe.snapshots.tar.EntryKind;
import dev.carafe.snapshots.tar.TarEntry;
import dev.carafe.snapshots.tar.Tars;
import dev.carafe.testkit.LeakCheck;
import dev.carafe.testkit.TempDirs;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Archives made to break out, or to fill the disk.
class HostileLayersIT {
    private TempDirs temp;
    private LeakCheck leaks;
    private OverlaySnapshotter snapshots;
    private Map<String, String> outside;

    @BeforeEach
    void open() throws IOException {
        temp = TempDirs.create("snapshots");
        Files.writeString(temp.dir("outside").resolve("secret"), "untouched");
        outside = TreeListing.of(temp.dir("outside"));
        leaks = LeakCheck.begin(temp.root().toString());
        snapshots =
                new OverlaySnapshotter(
                        temp.root().resolve("store"), new ApplyLimits(100, 1 << 20), List.of());
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        snapshots.close();
        assertThat(TreeListing.of(temp.dir("outside"))).isEqualTo(outside);
        for (String folder : new String[] {"tmp", "layers"}) {
            try (Stream<Path> left = Files.list(temp.root().resolve("store").resolve(folder))) {
                assertThat(left).isEmpty();
            }
        }
        leaks.close();
        temp.close();
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("../up", new Tars().file("../up", "x")),
                Arguments.of("/../up", new Tars().file("/../up", "x")),
                Arguments.of("a/../../up", new Tars().file("a/../../up", "x")),
                Arguments.of("../d/", new Tars().dir("../d")),
                Arguments.of("../.wh.x", new Tars().file("../.wh.x", "")),
                Arguments.of(
                        "l/secret", new Tars().symlink("l", "OUTSIDE").file("l/secret", "owned")),
                Arguments.of("l/d/", new Tars().symlink("l", "OUTSIDE").dir("l/d")),
                Arguments.of("l/s", new Tars().symlink("l", "OUTSIDE").symlink("l/s", "x")),
                Arguments.of(
                        "l/.wh.secret",
                        new Tars().symlink("l", "OUTSIDE").file("l/.wh.secret", "")),
                Arguments.of(
                        "l/.wh..wh..opq",
                        new Tars().symlink("l", "OUTSIDE").file("l/.wh..wh..opq", "")),
                Arguments.of(
                        "up/x",
                        new Tars()
                                .dir("d")
                                .symlink("d/l", "..")
                                .symlink("up", "d/l")
                                .file("up/x", "x")),
                Arguments.of("self/x", new Tars().symlink("self", ".").file("self/x", "x")),
                Arguments.of("f/x", new Tars().file("f", "file").file("f/x", "x")),
                Arguments.of("h", new Tars().link("h", "OUTSIDE/secret")),
                Arguments.of("h", new Tars().link("h", "../outside/secret")),
                Arguments.of("h", new Tars().link("h", "../../../../../../../etc/passwd")),
                Arguments.of("h", new Tars().link("h", "/etc/passwd")),
                Arguments.of("h", new Tars().symlink("l", "OUTSIDE").link("h", "l/secret")),
                Arguments.of("h", new Tars().dir("d").link("h", "d")),
                Arguments.of("h", new Tars().link("h", ".")),
                Arguments.of("h", new Tars().link("h", "h")),
                Arguments.of("h", new Tars().file(".wh.w", "").link("h", "w")),
                Arguments.of(".wh...", new Tars().file(".wh...", "")),
                Arguments.of("a/.wh..", new Tars().file("a/.wh..", "")),
                Arguments.of(".wh.", new Tars().file(".wh.", "")),
                Arguments.of(".wh.d/x", new Tars().file(".wh.d/x", "")),
                Arguments.of("empty", new Tars().symlink("empty", "")),
                Arguments.of("n".repeat(200), new Tars().file("n".repeat(300), "x")),
                Arguments.of("d/d/d/", new Tars().file("d/".repeat(600) + "x", "x")),
                Arguments.of(
                        "bomb", new Tars().file("a", "x").file("bomb", new byte[2 << 20], 0644)),
                Arguments.of("more than 100 entries", many(101)));
    }

    private static Tars many(int count) {
        Tars tar = new Tars();
        for (int i = 0; i < count; i++) {
            tar.file("f" + i, "");
        }
        return tar;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isRefusedByName(String name, Tars tar) {
        byte[] bytes = atHome(tar);
        assertThatThrownBy(() -> snapshots.apply(null, new ByteArrayInputStream(bytes)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining(name);
        assertThat(snapshots.list()).isEmpty();
    }

    // the folder's name differs from run to run: a link's target of the same length takes the place
    // of the word
    private byte[] atHome(Tars tar) {
        byte[] bytes = tar.bytes();
        String here = temp.root().resolve("outside").toString();
        for (int block = 0; block + 512 <= bytes.length; block += 512) {
            if (new String(bytes, block + 157, 7).equals("OUTSIDE")) {
                String rest = new String(bytes, block + 164, 60).replaceAll("\0.*", "");
                byte[] target = (here + rest).getBytes();
                System.arraycopy(target, 0, bytes, block + 157, target.length);
                checksum(bytes, block);
            }
        }
        return bytes;
    }

    private static void checksum(byte[] bytes, int block) {
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? ' ' : bytes[block + i] & 0xff;
        }
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(), 0, bytes, block + 148, 8);
    }

    @Test
    void bytesAfterTheArchiveCountAsWell() {
        byte[] small = new Tars().file("f", "x").bytes();
        byte[] padded = Arrays.copyOf(small, 2 << 20);
        assertThatThrownBy(() -> snapshots.apply(null, new ByteArrayInputStream(padded)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void aStreamThatBreaksOffIsRefused() {
        byte[] tar = new Tars().file("f", new byte[100_000], 0644).bytes();
        InputStream broken =
                new FilterInputStream(new ByteArrayInputStream(tar)) {
                    private int left = 50_000;

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        if (left == 0) {
                            throw new EOFException("Unexpected end of ZLIB input stream");
                        }
                        int n = super.read(into, offset, Math.min(length, left));
                        left -= n;
                        return n;
                    }
                };
        assertThatThrownBy(() -> snapshots.apply(null, broken))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("Unexpected end of ZLIB");
        assertThatThrownBy(() -> snapshots.apply(null, new ByteArrayInputStream(tar, 0, 50_000)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("unexpected end");
    }

    @Test
    void overlaysOwnAttributesAreNotTaken() {
        byte[] tar =
                new Tars()
                        .add(
                                TarEntry.of(EntryKind.DIRECTORY, "d/")
                                        .mode(0755)
                                        .xattr("trusted.overlay.redirect", "/../../etc".getBytes())
                                        .xattr("trusted.overlay.opaque", "y".getBytes())
                                        .xattr("user.kept", "y".getBytes()))
                        .bytes();
        ChainId layer = snapshots.apply(null, new ByteArrayInputStream(tar)).chainId();
        Path fs = temp.root().resolve("store/layers/" + layer.digest().hex() + "/fs/d");
        assertThat(Xattrs.llist(fs.toString())).containsExactly("user.kept");
        snapshots.remove(layer);
        try {
            snapshots.close();
        } finally {
            snapshots = new OverlaySnapshotter(temp.root().resolve("store"));
            awaitEmpty();
        }
    }

    private void awaitEmpty() {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (temp.root().resolve("store/tmp").toFile().list().length > 0
                && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }
}
