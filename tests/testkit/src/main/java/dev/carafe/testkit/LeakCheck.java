package dev.carafe.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Finds what a test left behind in the kernel: child processes and descriptors of this JVM (so
/// also network namespaces and mounts held by descriptors), and mounts, cgroups and processes that
/// carry one of the test's own marks. Others may work on the same machine: what carries no mark is
/// not judged.
///
/// ```java
/// try (LeakCheck leaks = LeakCheck.begin(temp.root().toString())) { ... }   // fails at close
/// ```
public final class LeakCheck implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private final List<String> marks;
    private final Duration patience;
    private final TreeSet<String> before;

    LeakCheck(Duration patience, List<String> marks) {
        this.patience = patience;
        this.marks = marks;
        this.before = look();
    }

    /// @param marks texts that the mount points, cgroup paths and command lines of this test
    ///   contain: its temporary folder, its container ids
    public static LeakCheck begin(String... marks) {
        return new LeakCheck(PATIENCE, List.of(marks));
    }

    /// Waits a few seconds for what goes away by itself, then fails with a list of the rest.
    ///
    /// @throws AssertionError when something new is left
    @Override
    public void close() {
        long deadline = System.nanoTime() + patience.toNanos();
        TreeSet<String> left = fresh();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            left = fresh();
        }
        if (!left.isEmpty()) {
            throw new AssertionError("left behind:\n  " + String.join("\n  ", left));
        }
    }

    private TreeSet<String> fresh() {
        TreeSet<String> now = look();
        now.removeAll(before);
        return now;
    }

    private TreeSet<String> look() {
        TreeSet<String> found = new TreeSet<>();
        ProcessHandle.current()
                .descendants()
                .forEach(child -> found.add("process " + child.pid() + " " + command(child.pid())));
        found.addAll(descriptors());
        found.addAll(marked());
        return found;
    }

    /// Numbered within each kind of target: a pool may replace what it keeps, a leak is more of a
    /// kind. The JVM opens jars, libraries and its own helpers when it likes: they are not the
    /// test's.
    private static List<String> descriptors() {
        Map<String, Integer> counts = new HashMap<>();
        List<String> found = new ArrayList<>();
        for (Path link : list(Path.of("/proc/self/fd"))) {
            String target = readLink(link);
            if (!target.isEmpty()
                    && !target.matches(
                            ".*\\.(jar|so|jsa|class)|.*/lib/modules|/proc/.*/fd|/proc/\\d+|/dev/u?random")) {
                String kind = target.replaceAll("^(pipe|socket):\\[\\d+]$", "$1");
                found.add(
                        "descriptor "
                                + counts.merge(kind, 1, Integer::sum)
                                + " of its kind -> "
                                + kind);
            }
        }
        return found;
    }

    private List<String> marked() {
        List<String> found = new ArrayList<>();
        if (marks.isEmpty()) {
            return found;
        }
        for (String line : lines(Path.of("/proc/self/mountinfo"))) {
            if (hasMark(line)) {
                found.add("mount " + line);
            }
        }
        for (Path process : list(Path.of("/proc"))) {
            String pid = process.getFileName().toString();
            if (pid.matches("\\d+") && !pid.equals(Long.toString(ProcessHandle.current().pid()))) {
                judge(found, pid);
            }
        }
        try (Stream<Path> all = Files.walk(Path.of("/sys/fs/cgroup"), 6)) {
            all.filter(dir -> hasMark(dir.toString()) && Files.isDirectory(dir))
                    .forEach(dir -> found.add("cgroup " + dir));
        } catch (IOException | UncheckedIOException e) {
            // a cgroup of somebody else went away meanwhile
            return found;
        }
        return found;
    }

    private void judge(List<String> found, String pid) {
        String command = command(Long.parseLong(pid));
        boolean ours = hasMark(command);
        for (String line : ours ? List.<String>of() : lines(Path.of("/proc", pid, "cgroup"))) {
            ours |= hasMark(line);
        }
        // a test runner carries the mark in its own arguments at times; it is older than the check
        if (ours) {
            found.add("process " + pid + " " + command);
        }
    }

    private boolean hasMark(String text) {
        return marks.stream().anyMatch(text::contains);
    }

    private static String command(long pid) {
        return String.join(" ", lines(Path.of("/proc", Long.toString(pid), "cmdline")))
                .replace('\0', ' ')
                .strip();
    }

    private static List<Path> list(Path dir) {
        try (Stream<Path> all = Files.list(dir)) {
            return all.toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String readLink(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
