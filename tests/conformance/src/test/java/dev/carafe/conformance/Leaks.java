package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the host must not have more of after containers have come and gone.
record Leaks(
        long mounts,
        TreeSet<String> cgroups,
        TreeSet<String> links,
        long pooled,
        long monitors,
        long daemonFds,
        TreeSet<String> folders) {
    private static final long FD_SLACK = 24;
    private static final long POOL = 8;

    static Leaks of(Carafe carafe) {
        return new Leaks(
                lines(Path.of("/proc/self/mountinfo")),
                findCgroups(),
                findLinks(),
                countPooled(),
                countMonitors(),
                count(Path.of("/proc/" + carafe.pid() + "/fd")),
                folders(carafe));
    }

    /// Compares with a later look, which may need a moment: the kernel takes network namespaces and
    /// links down behind our back.
    static void assertNoneSince(Leaks before, Carafe carafe) {
        Leaks now = of(carafe);
        for (int i = 0; i < 100 && !now.sameAs(before); i++) {
            pause();
            now = of(carafe);
        }
        assertThat(now.mounts).as("mounts").isLessThanOrEqualTo(before.mounts);
        assertThat(before.cgroups).as("cgroups").containsAll(now.cgroups);
        assertThat(before.links).as("network links").containsAll(now.links);
        assertThat(now.pooled)
                .as("devices of containers")
                .isLessThanOrEqualTo(before.pooled + POOL);
        assertThat(now.monitors).as("monitors").isLessThanOrEqualTo(before.monitors);
        assertThat(before.folders).as("folders").containsAll(now.folders);
        assertThat(now.daemonFds)
                .as("fds of the daemon")
                .isLessThanOrEqualTo(before.daemonFds + FD_SLACK);
    }

    private boolean sameAs(Leaks other) {
        return mounts <= other.mounts
                && other.cgroups.containsAll(cgroups)
                && other.links.containsAll(links)
                && pooled <= other.pooled + POOL
                && monitors <= other.monitors
                && other.folders.containsAll(folders)
                && daemonFds <= other.daemonFds + FD_SLACK;
    }

    private static TreeSet<String> findCgroups() {
        TreeSet<String> found = new TreeSet<>();
        for (Path hierarchy : children(Path.of("/sys/fs/cgroup"))) {
            for (Path group : children(hierarchy.resolve("docker"))) {
                if (Files.isDirectory(group)) {
                    found.add(group.toString());
                }
            }
        }
        return found;
    }

    private static TreeSet<String> findLinks() {
        TreeSet<String> found = new TreeSet<>();
        // A few wired network namespaces are kept ready for the next containers; their devices are
        // no leak.
        children(Path.of("/sys/class/net")).stream()
                .map(p -> p.getFileName().toString())
                .filter(n -> !n.startsWith("cv"))
                .forEach(found::add);
        return found;
    }

    private static long countPooled() {
        return children(Path.of("/sys/class/net")).stream()
                .filter(p -> p.getFileName().toString().startsWith("cv"))
                .count();
    }

    /// Monitors and inits that were not reaped show up as processes whose executable is the
    /// launcher.
    private static long countMonitors() {
        return children(Path.of("/proc")).stream().filter(Leaks::isMonitor).count();
    }

    private static boolean isMonitor(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip().startsWith("carafe-mon");
        } catch (IOException e) {
            return false;
        }
    }

    private static TreeSet<String> folders(Carafe carafe) {
        TreeSet<String> found = new TreeSet<>();
        for (String place : List.of("data/containers", "exec/containers")) {
            children(carafe.home().resolve(place))
                    .forEach(p -> found.add(place + "/" + p.getFileName()));
        }
        return found;
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(folder)) {
            return list.toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static long count(Path folder) {
        return children(folder).size();
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
