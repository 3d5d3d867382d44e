package dev.carafe.dockerapi.routes;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `GET /info` tells of the machine, from /proc, /sys and /etc. Missing files give empty texts
/// and zeros.
final class HostFacts {
    private static final Path CGROUP = Path.of("/sys/fs/cgroup");

    private HostFacts() {}

    static String kernelVersion() {
        return line("/proc/sys/kernel/osrelease");
    }

    static String hostname() {
        return line("/proc/sys/kernel/hostname");
    }

    static boolean ipv4Forwarding() {
        return line("/proc/sys/net/ipv4/ip_forward").equals("1");
    }

    /// As uname says: `x86_64`, `aarch64`.
    static String machine() {
        String arch = System.getProperty("os.arch", "");
        return arch.equals("amd64") ? "x86_64" : arch;
    }

    /// Go's name: `amd64`, `arm64`.
    static String goArch() {
        String arch = System.getProperty("os.arch", "");
        return arch.equals("aarch64") ? "arm64" : arch;
    }

    static long memoryBytes() {
        Matcher m = Pattern.compile("MemTotal:\\s+([0-9]+) kB").matcher(text("/proc/meminfo"));
        return m.find() ? Long.parseLong(m.group(1)) * 1024 : 0;
    }

    /// @param key of os-release(5): `PRETTY_NAME`, `VERSION_ID`
    static String osRelease(String key) {
        String text = text("/etc/os-release");
        if (text.isEmpty()) {
            text = text("/usr/lib/os-release");
        }
        return text.lines()
                .filter(l -> l.startsWith(key + "="))
                .findFirst()
                .map(l -> l.substring(key.length() + 1).replaceAll("^[\"']|[\"']$", ""))
                .orElse("");
    }

    static int openFiles() {
        return count(Path.of("/proc/self/fd"));
    }

    static int threads() {
        return count(Path.of("/proc/self/task"));
    }

    /// Whether a cgroup controller (v1) or its file at the root's child (v2) is there.
    static boolean controller(int cgroupVersion, String name) {
        if (cgroupVersion == 2) {
            return (" " + line(CGROUP + "/cgroup.controllers") + " ").contains(" " + name + " ");
        }
        return Files.isDirectory(CGROUP.resolve(name))
                || Files.isDirectory(CGROUP.resolve("cpu,cpuacct").resolve(name));
    }

    /// v1 only: whether the kernel counts swap (`swapaccount=1`); v2 always does.
    static boolean swapLimit(int cgroupVersion) {
        return cgroupVersion == 2
                ? controller(2, "memory")
                : Files.exists(CGROUP.resolve("memory/memory.memsw.limit_in_bytes"));
    }

    /// v1 only: whether a group's CPU time can be limited.
    static boolean cpuQuota(int cgroupVersion) {
        return cgroupVersion == 2
                ? controller(2, "cpu")
                : Files.exists(CGROUP.resolve("cpu/cpu.cfs_quota_us"));
    }

    private static int count(Path folder) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            int n = 0;
            for (Path ignored : entries) {
                n++;
            }
            return n;
        } catch (IOException e) {
            return 0;
        }
    }

    private static String line(String file) {
        return text(file).strip();
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return "";
        }
    }
}
