package dev.carafe.linux.cgroup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/// Finds the hierarchies in the texts of /proc/self/mountinfo (proc_pid_mountinfo(5)) and
/// /proc/self/cgroup (cgroups(7)).
final class Hierarchies {
    private static final Set<String> KNOWN =
            Set.of(
                    "cpu",
                    "cpuacct",
                    "cpuset",
                    "memory",
                    "devices",
                    "freezer",
                    "blkio",
                    "pids",
                    "hugetlb",
                    "net_cls",
                    "net_prio",
                    "perf_event",
                    "rdma",
                    "misc",
                    "name=systemd");

    private Hierarchies() {}

    /// Every hierarchy, version 1 first, in the order of the mounts. One that is mounted twice
    /// counts once.
    ///
    /// @param writable whether groups can be made in a directory
    /// @param v2Controllers the controllers of a version 2 directory
    static List<Hierarchy> parse(
            String mountinfo,
            String ownGroups,
            Predicate<String> writable,
            Function<String, Set<String>> v2Controllers) {
        Map<String, String> own = ownGroups(ownGroups);
        List<Hierarchy> found = new ArrayList<>();
        List<Hierarchy> unified = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (String line : mountinfo.split("\n")) {
            String[] halves = line.split(" - ", 2);
            if (halves.length < 2) {
                continue;
            }
            String[] mount = halves[0].split(" ");
            String[] source = halves[1].split(" ");
            String at = unescape(mount[4]);
            if (source[0].equals("cgroup2") && unified.isEmpty()) {
                String base = base(at, unescape(mount[3]), own.getOrDefault("", "/"), writable);
                unified.add(
                        new Hierarchy(Set.of("unified"), base, true, v2Controllers.apply(base)));
            } else if (source[0].equals("cgroup")) {
                Set<String> names = names(source[2]);
                if (!names.isEmpty() && seen.addAll(names)) {
                    String group = own.getOrDefault(names.iterator().next(), "/");
                    found.add(
                            new Hierarchy(
                                    names,
                                    base(at, unescape(mount[3]), group, writable),
                                    false,
                                    names));
                }
            }
        }
        found.addAll(unified);
        return found;
    }

    private static Set<String> names(String options) {
        Set<String> names = new TreeSet<>();
        for (String option : options.split(",")) {
            if (KNOWN.contains(option)) {
                names.add(option);
            }
        }
        return names;
    }

    // the mount point where groups may be made there, else this process's own group
    private static String base(String at, String root, String own, Predicate<String> writable) {
        if (writable.test(at)) {
            return at;
        }
        String relative =
                root.equals("/") ? own : own.startsWith(root) ? own.substring(root.length()) : "";
        return relative.isEmpty() || relative.equals("/") ? at : at + relative;
    }

    private static Map<String, String> ownGroups(String text) {
        Map<String, String> own = new HashMap<>();
        for (String line : text.split("\n")) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3) {
                for (String name : fields[1].split(",")) {
                    own.put(name, fields[2]);
                }
            }
        }
        return own;
    }

    // mountinfo writes blanks, tabs, newlines and backslashes as \ooo
    private static String unescape(String text) {
        int at = text.indexOf('\\');
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 3 < text.length()) {
                out.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
