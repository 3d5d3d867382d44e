package dev.carafe.runtime.steps;

import dev.carafe.linux.Mounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A mount's options, sorted by who handles them (runtime-spec config.md#linux-mount-options).
///
/// @param flags MS_ flags of mount(2)
/// @param recursiveFlags MS_ flags for the mount and all below it (`rro`, `rnosuid`, ...)
/// @param propagation MS_PRIVATE, MS_SLAVE, MS_SHARED or MS_UNBINDABLE, with MS_REC where
///   recursive; 0 for none given
/// @param bind whether `bind` or `rbind` was among them
/// @param recursive whether `rbind` was
/// @param idmap whether owners must be mapped, and how deep
/// @param data what is left, for the file system, joined by commas
public record MountOptions(
        long flags,
        long recursiveFlags,
        long propagation,
        boolean bind,
        boolean recursive,
        Idmap idmap,
        String data) {
    /// What `idmap` and `ridmap` ask for: this mount, or all below it too.
    public enum Idmap {
        NONE,
        FLAT,
        DEEP
    }

    private static final Map<String, Long> SET = new HashMap<>();
    private static final Map<String, Long> CLEAR = new HashMap<>();
    private static final Map<String, Long> PROPAGATION = new HashMap<>();

    static {
        flag("ro", "rw", Mounts.MS_RDONLY);
        flag("nosuid", "suid", Mounts.MS_NOSUID);
        flag("nodev", "dev", Mounts.MS_NODEV);
        flag("noexec", "exec", Mounts.MS_NOEXEC);
        flag("noatime", "atime", Mounts.MS_NOATIME);
        flag("nodiratime", "diratime", Mounts.MS_NODIRATIME);
        flag("relatime", "norelatime", Mounts.MS_RELATIME);
        flag("strictatime", "nostrictatime", Mounts.MS_STRICTATIME);
        flag("sync", "async", Mounts.MS_SYNCHRONOUS);
        flag("dirsync", "nodirsync", Mounts.MS_DIRSYNC);
        flag("mand", "nomand", Mounts.MS_MANDLOCK);
        flag("silent", "loud", Mounts.MS_SILENT);
        flag("lazytime", "nolazytime", Mounts.MS_LAZYTIME);
        for (Map.Entry<String, Integer> each :
                Map.of(
                                "private", Mounts.MS_PRIVATE,
                                "slave", Mounts.MS_SLAVE,
                                "shared", Mounts.MS_SHARED,
                                "unbindable", Mounts.MS_UNBINDABLE)
                        .entrySet()) {
            PROPAGATION.put(each.getKey(), (long) each.getValue());
            PROPAGATION.put("r" + each.getKey(), (long) each.getValue() | Mounts.MS_REC);
        }
    }

    public static MountOptions parse(List<String> options) {
        long flags = 0;
        long recursiveFlags = 0;
        long propagation = 0;
        boolean bind = false;
        boolean recursive = false;
        Idmap idmap = Idmap.NONE;
        List<String> data = new ArrayList<>();
        for (String option : options) {
            String tail = option.startsWith("r") ? option.substring(1) : "";
            if (SET.containsKey(option)) {
                flags |= SET.get(option);
            } else if (CLEAR.containsKey(option)) {
                flags &= ~CLEAR.get(option);
            } else if (PROPAGATION.containsKey(option)) {
                propagation = PROPAGATION.get(option);
            } else if (option.equals("bind") || option.equals("rbind")) {
                bind = true;
                recursive |= option.equals("rbind");
            } else if (option.equals("idmap") || option.equals("ridmap")) {
                idmap = option.equals("idmap") ? Idmap.FLAT : Idmap.DEEP;
            } else if (SET.containsKey(tail)) {
                recursiveFlags |= SET.get(tail);
            } else if (CLEAR.containsKey(tail)) {
                recursiveFlags &= ~CLEAR.get(tail);
            } else if (!option.equals("defaults") && !option.isEmpty()) {
                data.add(option);
            }
        }
        return new MountOptions(
                flags, recursiveFlags, propagation, bind, recursive, idmap, String.join(",", data));
    }

    /// Every option that is not left to the file system.
    public static List<String> known() {
        List<String> all = new ArrayList<>(List.of("bind", "rbind", "defaults", "idmap", "ridmap"));
        all.addAll(SET.keySet());
        all.addAll(CLEAR.keySet());
        all.addAll(PROPAGATION.keySet());
        all.sort(null);
        return all;
    }

    /// The propagation flags that a word such as `rslave` stands for; 0 when it is none.
    public static long propagation(String word) {
        return PROPAGATION.getOrDefault(word, 0L);
    }

    /// MOUNT_ATTR_ bits of mount_setattr(2) for MS_ flags; those of the super block have none.
    public static long attributes(long flags) {
        long attributes = 0;
        attributes |= (flags & Mounts.MS_RDONLY) != 0 ? Mounts.MOUNT_ATTR_RDONLY : 0;
        attributes |= (flags & Mounts.MS_NOSUID) != 0 ? Mounts.MOUNT_ATTR_NOSUID : 0;
        attributes |= (flags & Mounts.MS_NODEV) != 0 ? Mounts.MOUNT_ATTR_NODEV : 0;
        attributes |= (flags & Mounts.MS_NOEXEC) != 0 ? Mounts.MOUNT_ATTR_NOEXEC : 0;
        attributes |= (flags & Mounts.MS_NOATIME) != 0 ? Mounts.MOUNT_ATTR_NOATIME : 0;
        attributes |= (flags & Mounts.MS_NODIRATIME) != 0 ? Mounts.MOUNT_ATTR_NODIRATIME : 0;
        attributes |= (flags & Mounts.MS_STRICTATIME) != 0 ? Mounts.MOUNT_ATTR_STRICTATIME : 0;
        return attributes;
    }

    /// What {@link #attributes} replaces: the mode of access times is one value, not bits.
    public static long clearedAttributes(long flags) {
        long times = Mounts.MS_NOATIME | Mounts.MS_STRICTATIME | Mounts.MS_RELATIME;
        return (flags & times) != 0 ? Mounts.MOUNT_ATTR_ATIME : 0;
    }

    private static void flag(String set, String clear, long bit) {
        SET.put(set, bit);
        CLEAR.put(clear, bit);
    }
}
