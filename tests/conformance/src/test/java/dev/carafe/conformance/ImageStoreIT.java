package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The store of images under what befalls it: kill -9 in the middle, a disk that runs full, files
/// that somebody spoilt.
class ImageStoreIT {
    private static final int KILLS = 6;
    private static final int LAYERS = 3;
    private static final int LAYER_MIB = 6;

    private static DebianRegistry registry;
    private static Carafe carafe;
    private static String image;
    private static Path archive;
    private static String before;

    @BeforeAll
    static void start() throws IOException {
        registry = new DebianRegistry(false);
        carafe = Carafe.start("store");
        before = carafe.docker("images", "-aq").ok();
        image = registry.host() + "/big:1";
        archive = carafe.home().resolve("big.tar");
        build();
        carafe.docker("push", "-q", image).ok();
        carafe.docker("save", "-o", archive.toString(), image).ok();
        carafe.docker("rmi", image).ok();
    }

    private static void build() throws IOException {
        Path context = Files.createDirectory(carafe.home().resolve("context"));
        StringBuilder recipe = new StringBuilder("FROM busybox\n");
        for (int i = 0; i < LAYERS; i++) {
            byte[] content = new byte[LAYER_MIB << 20];
            new Random(i).nextBytes(content);
            Files.write(context.resolve("f" + i), content);
            recipe.append("COPY f").append(i).append(" /f").append(i).append('\n');
        }
        Files.writeString(context.resolve("Dockerfile"), recipe);
        carafe.carafe("build", "-q", "-t", image, context.toString()).ok();
        carafe.carafe("builder", "prune", "-a", "-f").ok();
    }

    @AfterAll
    static void stop() {
        carafe.close();
        registry.close();
    }

    private static void assertClean(Carafe daemon) {
        Command fsck = daemon.carafe("system", "fsck", "--deep");
        assertThat(fsck.ok()).startsWith("Clean: ");
        assertThat(fsck.out().lines()).hasSize(1);
    }

    @Test
    void killedInTheMiddleOfPullLoadAndRmiTheStoreIsClean() throws Exception {
        String docker = String.join(" ", carafe.dockerWords());
        List<String> works =
                List.of(
                        docker + " pull " + image,
                        docker + " load -i " + archive,
                        docker + " pull -q " + image + " && " + docker + " rmi " + image);
        Random random = new Random(4);
        for (int kill = 0; kill < KILLS; kill++) {
            Process work =
                    new ProcessBuilder("sh", "-c", works.get(kill % works.size()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            Thread.sleep(random.nextInt(700));
            carafe.killDaemon();
            work.waitFor();
            carafe.boot();
            assertClean(carafe);
            if (carafe.docker("image", "inspect", image).exit() == 0) {
                carafe.docker("rmi", image).ok();
            }
            // what an interrupted rmi leaves has no name
            carafe.docker("image", "prune", "-f").ok();
        }
        carafe.docker("pull", "-q", image).ok();
        assertThat(carafe.docker("run", "--rm", "--network", "none", image, "ls", "/f2").ok())
                .isEqualTo("/f2");
        carafe.docker("rmi", image).ok();
        assertClean(carafe);
        assertThat(carafe.docker("images", "-aq").ok()).isEqualTo(before);
    }

    @Test
    void spoiltFilesAreFoundAndTheImageGoes() throws Exception {
        carafe.docker("load", "-q", "-i", archive.toString()).ok();
        Path layers = carafe.home().resolve("data/snapshots/layers");
        Command.shell("for f in " + layers + "/*/fs/f1; do printf x | dd of=$f conv=notrunc; done")
                .ok();
        Files.createDirectory(layers.resolve("stray"));
        assertThat(carafe.carafe("system", "fsck").exit()).isEqualTo(1);
        Command deep = carafe.carafe("system", "fsck", "--deep");
        assertThat(deep.exit()).isEqualTo(1);
        assertThat(deep.out())
                .containsPattern("image sha256:[0-9a-f]{64}: the files of layer .* are damaged")
                .contains("directory stray: is among the layers, but is none");
        Command repair = carafe.carafe("system", "fsck", "--deep", "--repair");
        assertThat(repair.ok()).contains("(repaired)").contains("\nClean: ");
        assertClean(carafe);
        assertThat(carafe.docker("images", "-aq").ok()).isEqualTo(before);
        carafe.docker("pull", "-q", image).ok();
        carafe.docker("rmi", image).ok();
    }

    @Test
    void aDiskThatRunsFullInAPullLeavesWhatWasThere() {
        Carafe small = Carafe.start("full", ImageStoreIT::mountSmallDisk);
        try {
            String before = small.docker("images").ok();
            for (String[] words : new String[][] {{"pull", image}, {"load", "-i", "" + archive}}) {
                Command full = small.docker(words);
                assertThat(full.exit()).as(full.toString()).isEqualTo(1);
                assertThat(full.out() + full.err()).contains(": no space left on device");
                assertThat(small.docker("images").ok()).isEqualTo(before);
                assertClean(small);
            }
            assertThat(
                            small.docker(
                                            "run",
                                            "--rm",
                                            "--network",
                                            "none",
                                            "busybox",
                                            "echo",
                                            "on")
                                    .ok())
                    .isEqualTo("on");
        } finally {
            Path data = small.home().resolve("data");
            small.terminateDaemon();
            Command.shell("umount " + data);
            small.close();
        }
    }

    private static void mountSmallDisk(Path home) {
        Path data = home.resolve("data");
        Command.shell("mkdir " + data + " && mount -t tmpfs -o size=14m carafe-it " + data).ok();
    }
}
