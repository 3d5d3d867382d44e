package dev.carafe.build.files;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.NotFound;
import dev.carafe.base.Subject;
import dev.carafe.base.glob.Glob;
import dev.carafe.linux.Directories;
import dev.carafe.linux.DirectoryEntry;
import dev.carafe.linux.Errno;
import dev.carafe.linux.ErrnoException;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds what the patterns of COPY and ADD mean in a tree.
public final class SourceFinder {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;
    private static final int MAX_DEPTH = 512;

    private final Fd root;
    private final boolean buildKitForm;

    /// @param buildKitForm whether what is missing is told in BuildKit's words
    public SourceFinder(Fd root, boolean buildKitForm) {
        this.root = root;
        this.buildKitForm = buildKitForm;
    }

    /// @param pattern as written, variables in place
    /// @throws NotFound when nothing fits
    /// @throws InvalidArgument for a bad pattern
    public List<Source> find(String pattern) {
        List<Source> found = find(pattern, false);
        if (found.isEmpty()) {
            throw missing(pattern);
        }
        return found;
    }

    /// The same, where a pattern may fit nothing.
    ///
    /// @throws NotFound when what is no pattern is not there
    /// @param deep `**` stands for directories of any depth, none included; else it is as `*`
    public List<Source> find(String pattern, boolean deep) {
        String clean = Paths.clean(pattern);
        if (!Glob.isPattern(clean)) {
            return List.of(one(clean, pattern));
        }
        Set<Source> found = new LinkedHashSet<>();
        walk("", List.of(clean.split("/")), deep, found);
        return List.copyOf(found);
    }

    private Source one(String path, String written) {
        Optional<Stat> stat = stat(path);
        return new Source(path, stat.orElseThrow(() -> missing(written)).isDirectory());
    }

    /// What the path leads to, symlinks followed inside the root.
    private Optional<Stat> stat(String path) {
        try (Fd fd = FileSystem.openInRoot(root, "/" + path, FileSystem.O_PATH, 0)) {
            return Optional.of(FileSystem.fstat(fd));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT
                    || e.errno() == Errno.ENOTDIR
                    || e.errno() == Errno.ELOOP) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void walk(String folder, List<String> patterns, boolean deep, Set<Source> found) {
        if (patterns.size() > MAX_DEPTH) {
            throw new InvalidArgument("the pattern has too many parts");
        }
        List<String> rest = patterns.subList(1, patterns.size());
        if (deep && patterns.getFirst().equals("**") && !rest.isEmpty()) {
            walk(folder, rest, true, found);
            for (String name : names(folder)) {
                String path = folder.isEmpty() ? name : folder + "/" + name;
                if (isPlainDirectory(path)) {
                    walk(path, patterns, true, found);
                }
            }
            return;
        }
        Glob glob = Glob.parseOneLevel(patterns.getFirst());
        for (String name : names(folder)) {
            String path = folder.isEmpty() ? name : folder + "/" + name;
            if (!glob.matches(name)) {
                continue;
            }
            Optional<Stat> stat = stat(path);
            if (rest.isEmpty()) {
                stat.ifPresent(s -> found.add(new Source(path, s.isDirectory())));
            } else if (stat.isPresent() && stat.get().isDirectory()) {
                walk(path, rest, deep, found);
            }
        }
    }

    /// No link, which could lead in a circle.
    private boolean isPlainDirectory(String path) {
        int flags = FileSystem.O_PATH | FileSystem.O_NOFOLLOW;
        try (Fd fd = FileSystem.openInRoot(root, "/" + path, flags, 0)) {
            return FileSystem.fstat(fd).isDirectory();
        }
    }

    private List<String> names(String folder) {
        try (Fd dir = FileSystem.openInRoot(root, "/" + folder, DIRECTORY, 0)) {
            return Directories.list(dir).stream()
                    .map(DirectoryEntry::name)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private NotFound missing(String pattern) {
        String path = Paths.clean(pattern);
        return new NotFound(
                new Subject("path", pattern),
                buildKitForm
                        ? "failed to compute cache key: failed to calculate checksum of ref files:"
                                + " \"/"
                                + path
                                + "\": not found"
                        : "file not found in build context or excluded by .dockerignore: stat "
                                + path
                                + ": file does not exist");
    }
}
