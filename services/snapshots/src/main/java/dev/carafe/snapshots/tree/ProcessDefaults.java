package dev.carafe.snapshots.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a new file of this process gets by itself: its owner and the bits that the umask leaves
/// (proc_pid_status(5)).
///
/// @param umask of the process, which a JVM never changes
record ProcessDefaults(int uid, int gid, int umask) {
    /// Those of the calling thread; where they can't be known, values that fit no file, so that all
    /// is set explicitly.
    static ProcessDefaults current() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/thread-self/status"));
            return new ProcessDefaults(
                    last(lines, "Uid:", 10, -1),
                    last(lines, "Gid:", 10, -1),
                    last(lines, "Umask:", 8, 0777));
        } catch (IOException e) {
            return new ProcessDefaults(-1, -1, 0777);
        }
    }

    boolean givesMode(int mode) {
        return (mode & ~0777) == 0 && (mode & umask) == 0;
    }

    boolean givesOwner(int user, int group) {
        return user == uid && group == gid;
    }

    // the last of the ids is that for files
    private static int last(List<String> lines, String key, int radix, int otherwise) {
        for (String line : lines) {
            if (line.startsWith(key)) {
                String[] numbers = line.substring(key.length()).strip().split("\\s+");
                return Integer.parseUnsignedInt(numbers[numbers.length - 1], radix);
            }
        }
        return otherwise;
    }
}
