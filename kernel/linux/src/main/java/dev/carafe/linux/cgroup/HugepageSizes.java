package dev.carafe.linux.cgroup;

import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import java.util.ArrayList;
import java.util.List;

/// The machine's huge page sizes as cgroup files name them: `2MB`, `1GB`.
final class HugepageSizes {
    private static final String PREFIX = "hugepages-";

    private HugepageSizes() {}

    static List<String> names() {
        List<String> names = new ArrayList<>();
        try (Fd fd =
                FileSystem.open(
                        "/sys/kernel/mm/hugepages", FileSystem.O_RDONLY | FileSystem.O_DIRECTORY)) {
            for (DirectoryEntry entry : Directories.list(fd)) {
                if (entry.name().startsWith(PREFIX)) {
                    names.add(name(entry.name().substring(PREFIX.length())));
                }
            }
        } catch (ErrnoException e) {
            // a kernel without huge pages
            return List.of();
        }
        return names;
    }

    // 2048kB -> 2MB
    static String name(String kilobytes) {
        long value = Long.parseLong(kilobytes.substring(0, kilobytes.length() - 2));
        String[] units = {"KB", "MB", "GB"};
        int unit = 0;
        while (value % 1024 == 0 && unit < 2) {
            value /= 1024;
            unit++;
        }
        return value + units[unit];
    }
}
