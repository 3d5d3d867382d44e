package dev.carafe.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.testkit.Seeded;
import dev.carafe.testkit.TempDirs;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// GNU tar and Carafe read each other's archives alike, and a layer is given out as it came in.
class GnuTarOracleIT {
    private TempDirs temp;
    private OverlaySnapshotter snapshots;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/tar"))
                        || Files.isExecutable(Path.of("/bin/tar")));
        temp = TempDirs.create("snapshots");
        snapshots = new OverlaySnapshotter(temp.root().resolve("store"));
    }

    @AfterEach
    void close() {
        if (temp != null) {
            snapshots.close();
            temp.close();
        }
    }

    private static void run(String... command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.PIPE)
                        .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command) + "\n" + said).isZero();
    }

    private static void gnuTar(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of("tar", "--numeric-owner", "--xattrs", "--xattrs-include=*"));
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
    }

    static Stream<Arguments> formats() {
        List<String[]> formats =
                List.of(
                        new String[] {"--format=posix"},
                        new String[] {"--format=posix", "--sparse", "--sparse-version=0.0"},
                        new String[] {"--format=posix", "--sparse", "--sparse-version=0.1"},
                        new String[] {"--format=posix", "--sparse", "--sparse-version=1.0"},
                        new String[] {"--format=gnu", "--sparse"},
                        new String[] {"--format=oldgnu", "--sparse"},
                        new String[] {"--format=ustar"},
                        new String[] {"--format=v7"});
        return formats.stream()
                .flatMap(f ->
                        Seeded.seeds(3).mapToObj(seed -> Arguments.of(String.join(" ", f), seed)));
    }

    @ParameterizedTest(name = "{0} seed {1}")
    @MethodSource("formats")
    void carafeUnpacksWhatGnuTarDoes(String format, long seed) throws Exception {
        boolean plain = format.contains("ustar") || format.contains("v7");
        Path tree = temp.dir("tree");
        RandomTree.make(tree, seed, plain);
        Path archive = temp.root().resolve("a.tar");
        List<String> create =
                new ArrayList<>(List.of("-C", tree.toString(), "-cf", archive.toString()));
        // the oldest formats have no room for attributes
        if (!format.contains("posix")) {
            create.addAll(List.of("--no-xattrs"));
        }
        create.addAll(List.of(format.split(" ")));
        create.add(".");
        gnuTar(create.toArray(String[]::new));
        Path gnu = temp.dir("gnu");
        gnuTar("-C", gnu.toString(), "-xpf", archive.toString());

        ChainId layer = apply(archive);
        Map<String, String> ours = TreeListing.of(files(layer));
        assertThat(TreeListing.differences(ours, TreeListing.of(gnu))).isEmpty();
        if (format.contains("posix")) {
            assertThat(TreeListing.differences(ours, TreeListing.of(tree))).isEmpty();
        }
        assertSameBytes(layer, archive);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void gnuTarUnpacksWhatCarafeExports(long seed) throws Exception {
        Path tree = temp.dir("tree");
        RandomTree.make(tree, seed, false);
        Path archive = temp.root().resolve("export.tar");
        try (Fd root =
                        FileSystem.open(
                                tree.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive))) {
            TarExport.write(root, "/", out);
        }
        Path gnu = temp.dir("gnu");
        gnuTar("-C", gnu.toString(), "-xpf", archive.toString());
        assertThat(TreeListing.differences(TreeListing.of(gnu), TreeListing.of(tree))).isEmpty();

        Path back = temp.dir("back");
        try (Fd root =
                        FileSystem.open(
                                back.toString(), FileSystem.O_RDONLY | FileSystem.O_DIRECTORY);
                InputStream in = Files.newInputStream(archive)) {
            TarImport.extract(in, root, "/", TarImport.Options.DEFAULT);
        }
        assertThat(TreeListing.differences(TreeListing.of(back), TreeListing.of(tree))).isEmpty();
        ChainId layer = apply(archive);
        assertThat(TreeListing.differences(TreeListing.of(files(layer)), TreeListing.of(tree)))
                .isEmpty();
        assertSameBytes(layer, archive);
    }

    static LongStream seeds() {
        return Seeded.seeds(6);
    }

    private ChainId apply(Path archive) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
            return snapshots.apply(null, in).chainId();
        }
    }

    private Path files(ChainId layer) {
        return temp.root().resolve("store/layers/" + layer.digest().hex() + "/fs");
    }

    private void assertSameBytes(ChainId layer, Path archive) throws IOException {
        Path again = temp.root().resolve("again.tar");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(again))) {
            snapshots.layerTar(layer, out);
        }
        assertThat(Files.mismatch(again, archive)).isEqualTo(-1);
    }
}
