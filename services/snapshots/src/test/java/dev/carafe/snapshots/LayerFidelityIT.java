package dev.carafe.snapshots;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import dev.carafe.linux.Xattrs;
import dev.carafe.snapshots.tar.EntryKind;
import dev.carafe.snapshots.tar.Fragment;
import dev.carafe.snapshots.tar.TarEntry;
import dev.carafe.snapshots.tar.Tars;
import dev.carafe.testkit.TempDirs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a layer says is what a container sees, also where entries meet in odd orders.
class LayerFidelityIT {
    private static final byte[] CAPABILITY =
            HexFormat.of().parseHex("0100000200040000000000000000000000000000");

    private TempDirs temp;
    private OverlaySnapshotter snapshots;

    @BeforeEach
    void open() {
        temp = TempDirs.create("snapshots");
        snapshots = new OverlaySnapshotter(temp.root().resolve("store"));
    }

    @AfterEach
    void close() {
        snapshots.close();
        temp.close();
    }

    private ChainId apply(ChainId parent, Tars tar) {
        byte[] bytes = tar.bytes();
        ChainId chain = snapshots.apply(parent, new ByteArrayInputStream(bytes)).chainId();
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        snapshots.layerTar(chain, again);
        assertThat(again.toByteArray()).isEqualTo(bytes);
        return chain;
    }

    private Path file(ChainId layer, String path) {
        return temp.root().resolve("store/layers/" + layer.digest().hex() + "/fs").resolve(path);
    }

    private Stat stat(ChainId layer, String path) {
        return FileSystem.statx(
                Fd.CWD, file(layer, path).toString(), FileSystem.AT_SYMLINK_NOFOLLOW);
    }

    private List<String> shown(ChainId chain) {
        try (RootMount view = snapshots.view(chain)) {
            return List.copyOf(TreeListing.of(view.mount()).keySet());
        }
    }

    private String text(ChainId chain, String path) {
        try (RootMount view = snapshots.view(chain)) {
            return SnapshotterContract.read(view.mount(), path);
        }
    }

    @Test
    void attributesArriveWhole() {
        Instant time = Instant.ofEpochSecond(-7, 123_456_789);
        ChainId layer =
                apply(
                        null,
                        new Tars()
                                .add(
                                        TarEntry.of(EntryKind.DIRECTORY, "d/")
                                                .mode(03771)
                                                .owner(3_000_000_000L, 4_000_000_000L)
                                                .modified(time)
                                                .xattr("user.a", new byte[] {0, 1, '=', '\n'}))
                                .add(
                                        TarEntry.of(EntryKind.FILE, "d/f")
                                                .mode(06755)
                                                .owner(1, 2)
                                                .modified(time)
                                                .size(3)
                                                .xattr("security.capability", CAPABILITY),
                                        "abc".getBytes(UTF_8))
                                .add(
                                        TarEntry.of(EntryKind.SYMLINK, "d/l")
                                                .owner(5, 6)
                                                .modified(time)
                                                .linkName("/anywhere/../x")
                                                .xattr("trusted.t", new byte[] {9})
                                                .xattr("user.not-on-symlinks", new byte[] {9}))
                                .add(
                                        TarEntry.of(EntryKind.CHARACTER_DEVICE, "d/c")
                                                .mode(0660)
                                                .device(4095, 70000)
                                                .modified(time))
                                .add(
                                        TarEntry.of(EntryKind.BLOCK_DEVICE, "d/b")
                                                .mode(0600)
                                                .device(8, 1)
                                                .modified(time))
                                .add(TarEntry.of(EntryKind.FIFO, "d/p").mode(0622).modified(time)));
        Stat dir = stat(layer, "d");
        assertThat(dir.permissions()).isEqualTo(03771);
        assertThat(Integer.toUnsignedLong(dir.uid())).isEqualTo(3_000_000_000L);
        assertThat(Integer.toUnsignedLong(dir.gid())).isEqualTo(4_000_000_000L);
        for (String path : List.of("d", "d/f", "d/l", "d/c", "d/b", "d/p")) {
            assertThat(stat(layer, path).modified()).as(path).isEqualTo(time);
        }
        assertThat(stat(layer, "d/f").permissions()).isEqualTo(06755);
        assertThat(stat(layer, "d/f").gid()).isEqualTo(2);
        assertThat(Xattrs.lget(file(layer, "d/f").toString(), "security.capability"))
                .contains(CAPABILITY);
        assertThat(Xattrs.lget(file(layer, "d").toString(), "user.a"))
                .contains(new byte[] {0, 1, '=', '\n'});
        assertThat(Xattrs.lget(file(layer, "d/l").toString(), "trusted.t"))
                .contains(new byte[] {9});
        assertThat(stat(layer, "d/l").uid()).isEqualTo(5);
        assertThat(stat(layer, "d/c").rdevMajor()).isEqualTo(4095);
        assertThat(stat(layer, "d/c").rdevMinor()).isEqualTo(70000);
        assertThat(stat(layer, "d/b").type()).isEqualTo(Stat.S_IFBLK);
        assertThat(stat(layer, "d/p").mode()).isEqualTo(Stat.S_IFIFO | 0622);
    }

    @Test
    void aSetgidDirectoryDoesNotHandItsGroupOn() {
        ChainId layer =
                apply(
                        null,
                        new Tars()
                                .add(
                                        TarEntry.of(EntryKind.DIRECTORY, "d/")
                                                .mode(02775)
                                                .owner(0, 50)
                                                .modified(Tars.TIME))
                                .file("d/f", "x")
                                .dir("other")
                                .file("d/later", "x")
                                .dir("d/sub"));
        assertThat(stat(layer, "d").permissions()).isEqualTo(02775);
        assertThat(stat(layer, "d").modified()).isEqualTo(Tars.TIME);
        for (String path : List.of("d/f", "d/later", "d/sub")) {
            assertThat(stat(layer, path).gid()).as(path).isZero();
        }
        assertThat(stat(layer, "d/sub").permissions()).isEqualTo(0755);
    }

    @Test
    void aDefaultAccessListDoesNotChangeWhatTheArchiveSays() {
        // user::rwx, group::---, other::---
        byte[] acl =
                HexFormat.of()
                        .parseHex(
                                "02000000"
                                        + "01000700ffffffff"
                                        + "04000000ffffffff"
                                        + "20000000ffffffff");
        ChainId layer =
                apply(
                        null,
                        new Tars()
                                .add(
                                        TarEntry.of(EntryKind.DIRECTORY, "d/")
                                                .mode(0755)
                                                .modified(Tars.TIME)
                                                .xattr("system.posix_acl_default", acl))
                                .dir("e")
                                .file("d/f", "x")
                                .dir("d/sub"));
        assertThat(stat(layer, "d/f").permissions()).isEqualTo(0644);
        assertThat(Xattrs.llist(file(layer, "d/sub").toString())).isEmpty();
        assertThat(Xattrs.lget(file(layer, "d").toString(), "system.posix_acl_default"))
                .contains(acl);
    }

    @Test
    void directoriesKeepTheirTimesWhenFilledLater() {
        ChainId layer =
                apply(
                        null,
                        new Tars()
                                .dir("a")
                                .dir("b")
                                .dir("a/c")
                                .file("b/f", "x")
                                .file("a/c/f", "x")
                                .file("a/f", "x"));
        for (String path : List.of("a", "b", "a/c")) {
            assertThat(stat(layer, path).modified()).as(path).isEqualTo(Tars.TIME);
        }
    }

    @Test
    void sparseFilesTakeNoSpaceAndKeepTheirSize() {
        byte[] data = "data".repeat(2000).getBytes(UTF_8);
        ChainId layer =
                apply(
                        null,
                        new Tars()
                                .sparse(
                                        "s",
                                        1L << 40,
                                        List.of(
                                                new Fragment(1 << 20, 4000),
                                                new Fragment(1L << 39, 4000)),
                                        data)
                                .sparse("hole", 1L << 33, List.of(), new byte[0]));
        assertThat(stat(layer, "s").size()).isEqualTo(1L << 40);
        assertThat(stat(layer, "s").blocks()).isLessThan(100);
        assertThat(stat(layer, "hole").size()).isEqualTo(1L << 33);
        assertThat(stat(layer, "hole").blocks()).isZero();
    }

    @Test
    void hardLinksShareTheFile() {
        ChainId layer =
                apply(
                        null,
                        new Tars()
                                .dir("d")
                                .file("d/f", "text")
                                .link("g", "d/f")
                                .link("d/h", "/d/f")
                                .symlink("s", "x")
                                .link("t", "./s"));
        assertThat(stat(layer, "g").links()).isEqualTo(3);
        assertThat(stat(layer, "g").sameFile(stat(layer, "d/h"))).isTrue();
        assertThat(stat(layer, "t").isSymlink()).isTrue();
    }

    @Test
    void aLaterEntryReplacesAnEarlierOne() {
        ChainId layer =
                apply(
                        null,
                        new Tars()
                                .file("f", "first")
                                .file("f", "second")
                                .dir("d")
                                .file("d/inner", "inner")
                                .dir("d/sub")
                                .file("d/sub/deep", "deep")
                                .file("d", "now a file")
                                .file("g", "file")
                                .dir("g")
                                .file("g/x", "x")
                                .symlink("l", "nowhere")
                                .dir("l")
                                .file("l/y", "y")
                                .file("m", "x")
                                .symlink("m", "f"));
        assertThat(shown(layer)).containsExactly("d", "f", "g", "g/x", "l", "l/y", "m");
        assertThat(text(layer, "f")).isEqualTo("second");
        assertThat(text(layer, "d")).isEqualTo("now a file");
        assertThat(stat(layer, "m").isSymlink()).isTrue();
    }

    @Test
    void aReplacedDirectoryMayComeBack() {
        ChainId layer =
                apply(
                        null,
                        new Tars()
                                .dir("d", 02755)
                                .file("d/a", "1")
                                .file("d", "f")
                                .dir("d", 0700)
                                .file("d/a", "2")
                                .file("d/a", "3"));
        assertThat(text(layer, "d/a")).isEqualTo("3");
        assertThat(stat(layer, "d").permissions()).isEqualTo(0700);
    }

    @Test
    void aDirectoryTwiceKeepsItsFilesAndTakesTheLaterMode() {
        ChainId layer = apply(null, new Tars().dir("d", 0700).file("d/f", "x").dir("d", 0711));
        assertThat(shown(layer)).containsExactly("d", "d/f");
        assertThat(stat(layer, "d").permissions()).isEqualTo(0711);
    }

    @Test
    void whiteoutsHideOnlyWhatLiesBelow() {
        ChainId lower =
                apply(
                        null,
                        new Tars()
                                .dir("d")
                                .file("d/old", "o")
                                .file("f", "old")
                                .file("x", "x")
                                .dir("e")
                                .file("e/old", "o"));
        ChainId upper =
                apply(
                        lower,
                        new Tars()
                                .dir("d")
                                .file("d/new", "n")
                                .file(".wh.d", "")
                                .file(".wh.f", "")
                                .file("f", "new")
                                .file(".wh.e", "")
                                .dir("e")
                                .file("e/new", "n")
                                .file(".wh.x", "")
                                .file(".wh.nothing", "")
                                .file(".wh..wh.aufs", "")
                                .file(".wh..wh.plnk/1.2", ""));
        assertThat(shown(upper)).containsExactly("d", "d/new", "e", "e/new", "f");
        assertThat(text(upper, "f")).isEqualTo("new");
    }

    @Test
    void aWhiteoutGivesWayToADirectoryThatOnlyItsFilesTell() {
        ChainId lower = apply(null, new Tars().dir("d").file("d/old", "o"));
        ChainId upper = apply(lower, new Tars().file(".wh.d", "").file("d/new", "n"));
        assertThat(shown(upper)).containsExactly("d", "d/new");
    }

    @Test
    void anOpaqueDirectoryHidesAllBelowWhereverItsMarkerStands() {
        ChainId lower = apply(null, new Tars().dir("d").file("d/a", "a").file("d/b", "b"));
        ChainId upper =
                apply(
                        lower,
                        new Tars()
                                .dir("d")
                                .file("d/new", "n")
                                .file("d/.wh..wh..opq", "")
                                .file("d/b", "own"));
        assertThat(shown(upper)).containsExactly("d", "d/b", "d/new");
        assertThat(text(upper, "d/b")).isEqualTo("own");
    }

    @Test
    void anOpaqueRootHidesEverything() {
        ChainId lower =
                apply(
                        null,
                        new Tars()
                                .dir("d")
                                .file("d/a", "a")
                                .file("f", "f")
                                .dir("keep")
                                .file("keep/k", "k"));
        ChainId upper =
                apply(lower, new Tars().file(".wh..wh..opq", "").dir("keep").file("keep/new", "n"));
        assertThat(shown(upper)).containsExactly("keep", "keep/new");
    }

    @Test
    void aFileOverADirectoryBelowAndTheReverse() {
        ChainId lower = apply(null, new Tars().dir("d").file("d/a", "a").file("f", "f"));
        ChainId upper = apply(lower, new Tars().file("d", "file").dir("f").file("f/x", "x"));
        assertThat(shown(upper)).containsExactly("d", "f", "f/x");
        ChainId third = apply(upper, new Tars().dir("d").file("d/b", "b"));
        assertThat(shown(third)).containsExactly("d", "d/b", "f", "f/x");
    }

    @Test
    void directoriesLeftOutAreThoseOfTheLayersBelow() {
        ChainId lower =
                apply(
                        null,
                        new Tars()
                                .add(
                                        TarEntry.of(EntryKind.DIRECTORY, "srv/")
                                                .mode(02750)
                                                .owner(33, 34)
                                                .modified(Tars.TIME)
                                                .xattr("user.mark", new byte[] {7}))
                                .symlink("link", "srv"));
        ChainId upper =
                apply(
                        lower,
                        new Tars().file("srv/f", "x").file("fresh/a/f", "x").file("link/f", "x"));
        Stat srv = stat(upper, "srv");
        assertThat(srv.permissions()).isEqualTo(02750);
        assertThat(srv.uid()).isEqualTo(33);
        assertThat(srv.gid()).isEqualTo(34);
        assertThat(srv.modified()).isEqualTo(Tars.TIME);
        assertThat(Xattrs.llist(file(upper, "srv").toString())).containsExactly("user.mark");
        assertThat(stat(upper, "srv/f").gid()).isZero();
        assertThat(stat(upper, "fresh/a").permissions()).isEqualTo(0755);
        // below it is a symlink: this layer puts a directory in its place
        assertThat(stat(upper, "link").isDirectory()).isTrue();
    }

    @Test
    void anEmptyStreamIsAnEmptyLayer() {
        ChainId layer = snapshots.apply(null, new ByteArrayInputStream(new byte[0])).chainId();
        assertThat(shown(layer)).isEmpty();
        ChainId other = snapshots.apply(null, new ByteArrayInputStream(new byte[1024])).chainId();
        assertThat(other).isNotEqualTo(layer);
    }
}
