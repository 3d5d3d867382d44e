package dev.carafe.engine.volumes;

import dev.carafe.linux.Mounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The options `o` of a volume, sorted as mount(8) sorts them.
///
/// @param bits MS_ flags of mount(2)
/// @param recursive whether `rbind` was among them
/// @param data what is left, for the file system, joined by commas
record LocalFlags(long bits, boolean recursive, String data) {
    private static final Map<String, Integer> SET =
            Map.ofEntries(
                    Map.entry("ro", Mounts.MS_RDONLY),
                    Map.entry("nosuid", Mounts.MS_NOSUID),
                    Map.entry("nodev", Mounts.MS_NODEV),
                    Map.entry("noexec", Mounts.MS_NOEXEC),
                    Map.entry("sync", Mounts.MS_SYNCHRONOUS),
                    Map.entry("dirsync", Mounts.MS_DIRSYNC),
                    Map.entry("mand", Mounts.MS_MANDLOCK),
                    Map.entry("noatime", Mounts.MS_NOATIME),
                    Map.entry("nodiratime", Mounts.MS_NODIRATIME),
                    Map.entry("relatime", Mounts.MS_RELATIME),
                    Map.entry("strictatime", Mounts.MS_STRICTATIME));
    private static final Map<String, Integer> CLEAR =
            Map.ofEntries(
                    Map.entry("rw", Mounts.MS_RDONLY),
                    Map.entry("suid", Mounts.MS_NOSUID),
                    Map.entry("dev", Mounts.MS_NODEV),
                    Map.entry("exec", Mounts.MS_NOEXEC),
                    Map.entry("async", Mounts.MS_SYNCHRONOUS),
                    Map.entry("nomand", Mounts.MS_MANDLOCK),
                    Map.entry("atime", Mounts.MS_NOATIME),
                    Map.entry("diratime", Mounts.MS_NODIRATIME),
                    Map.entry("norelatime", Mounts.MS_RELATIME),
                    Map.entry("nostrictatime", Mounts.MS_STRICTATIME),
                    Map.entry("bind", 0),
                    Map.entry("rbind", 0),
                    Map.entry("defaults", 0),
                    Map.entry("", 0));

    /// What a bind can have of the flags, as MOUNT_ATTR_ bits of mount_setattr(2).
    private static final Map<Integer, Long> ATTRIBUTES =
            Map.of(
                    Mounts.MS_RDONLY, Mounts.MOUNT_ATTR_RDONLY,
                    Mounts.MS_NOSUID, Mounts.MOUNT_ATTR_NOSUID,
                    Mounts.MS_NODEV, Mounts.MOUNT_ATTR_NODEV,
                    Mounts.MS_NOEXEC, Mounts.MOUNT_ATTR_NOEXEC,
                    Mounts.MS_NODIRATIME, Mounts.MOUNT_ATTR_NODIRATIME);

    static LocalFlags of(List<String> options) {
        long bits = 0;
        List<String> data = new ArrayList<>();
        for (String option : options) {
            if (SET.containsKey(option)) {
                bits |= SET.get(option);
            } else if (CLEAR.containsKey(option)) {
                bits &= ~CLEAR.get(option);
            } else {
                data.add(option);
            }
        }
        return new LocalFlags(bits, options.contains("rbind"), String.join(",", data));
    }

    long attributes() {
        return ATTRIBUTES.entrySet().stream()
                .filter(e -> (bits & e.getKey()) != 0)
                .mapToLong(Map.Entry::getValue)
                .reduce(0, (a, b) -> a | b);
    }
}
