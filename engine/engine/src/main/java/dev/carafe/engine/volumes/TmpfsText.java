package dev.carafe.engine.volumes;

import dev.carafe.base.InvalidArgument;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The options of `--tmpfs path:options`.
final class TmpfsText {
    private static final Set<String> FLAGS =
            Set.of(
                    "ro",
                    "rw",
                    "suid",
                    "nosuid",
                    "dev",
                    "nodev",
                    "exec",
                    "noexec",
                    "sync",
                    "async",
                    "dirsync",
                    "mand",
                    "nomand",
                    "atime",
                    "noatime",
                    "diratime",
                    "nodiratime",
                    "relatime",
                    "norelatime",
                    "strictatime",
                    "nostrictatime",
                    "shared",
                    "rshared",
                    "slave",
                    "rslave",
                    "private",
                    "rprivate",
                    "unbindable",
                    "runbindable");
    private static final Set<String> KEYS =
            Set.of("size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol");

    private TmpfsText() {}

    /// Those that mount(2) is to get.
    ///
    /// @throws InvalidArgument with Docker's sentence for one that tmpfs(5) does not have
    static List<String> parse(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> options =
                Arrays.stream(text.split(",", -1)).filter(o -> !o.equals("defaults")).toList();
        options.forEach(TmpfsText::check);
        return options;
    }

    private static void check(String option) {
        String[] parts = option.split("=", 2);
        boolean known = parts.length == 2 ? KEYS.contains(parts[0]) : FLAGS.contains(option);
        if (!known) {
            throw new InvalidArgument(
                    "invalid tmpfs option "
                            + Arrays.stream(parts)
                                    .map(p -> '"' + p + '"')
                                    .collect(Collectors.joining(" ", "[", "]")));
        }
    }
}
