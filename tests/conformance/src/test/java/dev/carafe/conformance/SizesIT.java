package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Sizes of volumes and of writable layers, where the kernel has file systems with project quotas.
class SizesIT {
    /// A file system of its own below the daemon's data, mounted with quotas.
    private record Disk(String make, String type) {
        void mount(Path home) {
            try {
                Path data = Files.createDirectory(home.resolve("data"));
                Path image = home.resolve("disk.img");
                String mount = "mount -o loop,prjquota -t " + type + " " + image + " " + data;
                Command made =
                        Command.shell(
                                "truncate -s 400M "
                                        + image
                                        + " && "
                                        + make
                                        + " "
                                        + image
                                        + " && "
                                        + mount);
                assumeTrue(
                        made.exit() == 0,
                        () -> "no project quotas of " + type + " here: " + made.err());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void ext4BoundsVolumesAndWritableLayers() {
        bounded(new Disk("mkfs.ext4 -q -O project,quota", "ext4"));
    }

    @Test
    void xfsBoundsVolumesAndWritableLayers() {
        bounded(new Disk("mkfs.xfs -q", "xfs"));
    }

    private static void bounded(Disk disk) {
        Path[] home = new Path[1];
        try (Carafe carafe =
                Carafe.start(
                        "sizes",
                        List.of("--storage-opt", "overlay2.size=16m"),
                        folder -> {
                            home[0] = folder;
                            disk.mount(folder);
                        })) {
            try {
                volumes(carafe);
                layers(carafe);
                assertThat(limits(carafe)).as("bounds of what is gone").isEmpty();
            } finally {
                carafe.docker("container", "prune", "-f");
                carafe.terminateDaemon();
            }
        } finally {
            Command.shell("umount " + home[0].resolve("data") + "; rm -rf " + home[0]);
        }
    }

    private static void volumes(Carafe carafe) {
        carafe.docker("volume", "create", "-o", "size=8m", "small").ok();
        assertThat(fill(carafe, "-v", "small:/to")).contains("8.0M /to");
        carafe.killDaemon();
        carafe.boot();
        assertThat(fill(carafe, "-v", "small:/to")).contains("8.0M /to");
        assertThat(carafe.docker("volume", "create", "-o", "size=8x", "other").err())
                .contains("create other: invalid size: '8x'");
        carafe.docker("volume", "rm", "small").ok();
    }

    private static void layers(Carafe carafe) {
        assertThat(fill(carafe, "--storage-opt", "size=8m")).contains("8.0M /");
        assertThat(
                        carafe.docker(
                                        "run",
                                        "--rm",
                                        "busybox",
                                        "sh",
                                        "-c",
                                        "df -h / | awk 'END {print $(NF-4), $NF}'")
                                .ok())
                .as("the daemon's own bound")
                .contains("16.0M /");
        assertThat(carafe.docker("run", "--rm", "--storage-opt", "inodes=1", "busybox").err())
                .contains("unknown option inodes");
    }

    /// What df(1) says of the place once more was written to it than goes in.
    private static String fill(Carafe carafe, String... words) {
        String write =
                "mkdir -p /to; dd if=/dev/zero of=/to/x bs=1M count=12 2>/dev/null && exit 7;"
                        + " test $(stat -c %s /to/x) -le 8388608 || exit 8; rm /to/x;"
                        + " df -h /to | awk 'END {print $(NF-4), $NF}'";
        String[] all = new String[words.length + 6];
        all[0] = "run";
        all[1] = "--rm";
        System.arraycopy(words, 0, all, 2, words.length);
        all[words.length + 2] = "busybox";
        all[words.length + 3] = "sh";
        all[words.length + 4] = "-c";
        all[words.length + 5] = write;
        return carafe.docker(all).ok();
    }

    /// Projects with a bound, after all that was to be removed in the background is gone.
    private static String limits(Carafe carafe) {
        Path data = carafe.home().resolve("data");
        Command report =
                Command.shell(
                        "for i in $(seq 100); do left=$(repquota -P -n "
                                + data
                                + " | awk '/^#/ && $5 + $4 > 0'); [ -z \"$left\" ] && break; sleep 0.1;"
                                + " done; echo \"$left\"");
        return report.out().strip();
    }
}
