package dev.carafe.linux.cgroup;

import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Pipes;
import dev.carafe.linux.ProcFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One group's directory in one hierarchy: its files, and the directories below it.
record Directory(String path) {
    boolean exists() {
        return FileSystem.tryStat(Fd.CWD, path, 0).isPresent();
    }

    Directory child(String name) {
        return new Directory(path + "/" + name);
    }

    Directory parent() {
        return new Directory(path.substring(0, path.lastIndexOf('/')));
    }

    /// Whether it was made now; false when it was there.
    boolean make() {
        try {
            FileSystem.mkdirat(Fd.CWD, path, 0755);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EEXIST) {
                return false;
            }
            throw e;
        }
    }

    /// @throws ErrnoException naming file and value
    void write(String file, String value) {
        ProcFiles.write(path + "/" + file, value);
    }

    void write(String file, long value) {
        write(file, Long.toString(value));
    }

    /// Several values, one write each; a file like devices.allow takes one rule a write.
    void writeEach(String file, List<String> values) {
        try (Fd fd = open(file, FileSystem.O_WRONLY)) {
            for (String value : values) {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                try {
                    Pipes.write(fd, bytes, 0, bytes.length);
                } catch (ErrnoException e) {
                    throw new ErrnoException(
                            "write", e.errno(), "'" + value + "' to " + path + "/" + file);
                }
            }
        }
    }

    Fd open(String file, int flags) {
        return FileSystem.open(path + "/" + file, flags);
    }

    boolean has(String file) {
        return FileSystem.tryStat(Fd.CWD, path + "/" + file, 0).isPresent();
    }

    String read(String file) {
        return ProcFiles.read(path + "/" + file);
    }

    /// Empty when the file, or the whole group, is not there.
    Optional<String> tryRead(String file) {
        try {
            return ProcFiles.tryRead(path + "/" + file);
        } catch (ErrnoException e) {
            // what a file of a group that is being removed answers
            if (e.errno() == Errno.ENODEV || e.errno() == Errno.EOPNOTSUPP) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// A number, 0 when there is none; `max` is {@link Long#MAX_VALUE}.
    long number(String file) {
        return tryRead(file).map(text -> number0(text.strip())).orElse(0L);
    }

    /// The file's `key value` lines.
    Map<String, Long> table(String file) {
        Map<String, Long> table = new LinkedHashMap<>();
        for (String line : tryRead(file).orElse("").split("\n")) {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                table.put(line.substring(0, blank), number0(line.substring(blank + 1).strip()));
            }
        }
        return table;
    }

    /// The pids in it and below.
    List<Integer> pids() {
        List<Integer> pids = new ArrayList<>();
        collectPids(pids);
        return pids;
    }

    /// The directories right below.
    List<Directory> children() {
        try {
            List<Directory> children = new ArrayList<>();
            try (Fd fd = FileSystem.open(path, FileSystem.O_RDONLY | FileSystem.O_DIRECTORY)) {
                for (DirectoryEntry entry : Directories.list(fd)) {
                    if (entry.isDirectory()) {
                        children.add(child(entry.name()));
                    }
                }
            }
            return children;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return List.of();
            }
            throw e;
        }
    }

    /// Removes it and all below it.
    ///
    /// @return whether it is gone; false while processes are counted in it
    boolean remove() {
        if (removeAlone()) {
            return true;
        }
        for (Directory child : children()) {
            if (!child.remove()) {
                return false;
            }
        }
        return removeAlone();
    }

    private boolean removeAlone() {
        try {
            FileSystem.unlinkat(Fd.CWD, path, FileSystem.AT_REMOVEDIR);
            return true;
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case Errno.ENOENT -> true;
                case Errno.EBUSY, Errno.ENOTEMPTY -> false;
                default -> throw e;
            };
        }
    }

    private void collectPids(List<Integer> pids) {
        for (String line : tryRead("cgroup.procs").orElse("").split("\n")) {
            if (!line.isEmpty()) {
                pids.add(Integer.parseInt(line));
            }
        }
        for (Directory child : children()) {
            child.collectPids(pids);
        }
    }

    private static long number0(String text) {
        if (text.equals("max")) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            // cgroup v1 knows one number that needs the 64th bit: "unlimited" of very old kernels
            return text.matches("\\d+") ? Long.MAX_VALUE : 0;
        }
    }
}
