package dev.carafe.build.files;

import dev.carafe.base.glob.IgnoreRules;
import dev.carafe.linux.Fd;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.Stat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One COPY of files out of a tree into a root.
///
/// @param from the tree
/// @param to the root
/// @param destination absolute; with a slash at its end it is a directory
/// @param severalSources then the destination is a directory in any case
/// @param parents keep the sources' paths (`--parents`), from a `/./` in them on
public record CopyJob(
        Fd from,
        Target to,
        String destination,
        boolean severalSources,
        IgnoreRules excludes,
        @Nullable Chown chown,
        @Nullable Chmod chmod,
        boolean parents) {
    private static final int DIRECTORY = FileSystem.O_RDONLY | FileSystem.O_DIRECTORY;
    private static final int FILE = FileSystem.O_RDONLY | FileSystem.O_NONBLOCK;

    /// Copies one source.
    ///
    /// @param written the pattern that led to it, for the place of a `/./`
    public void copy(Source source, String written) {
        String place = parents ? destination + "/" + kept(source, written) : destination;
        Fd tree = from;
        TreeCopy copy = new TreeCopy(new Selection(excludes), chown, chmod);
        if (source.directory()) {
            try (Fd content = FileSystem.openInRoot(tree, "/" + source.path(), DIRECTORY, 0);
                    Fd into = to.directory(place)) {
                copy.children(content, into);
            }
            return;
        }
        if (excludes.ignores(Paths.name(source.path()))) {
            return;
        }
        boolean into = !parents && (Paths.isDirectory(destination) || severalSources || isThere());
        String path = Paths.clean(into ? place + "/" + Paths.name(source.path()) : place);
        try (Fd file = FileSystem.openInRoot(tree, "/" + source.path(), FILE, 0)) {
            Stat stat = TreeCopy.checkRegular(file, path);
            try (Fd made = to.create(path)) {
                copy.whole(file, stat, made);
            }
        }
    }

    private boolean isThere() {
        Optional<Stat> stat = to.stat(destination);
        return stat.isPresent() && stat.get().isDirectory();
    }

    /// The part of a source's path that `--parents` keeps.
    private static String kept(Source source, String written) {
        int pivot = written.indexOf("/./");
        if (pivot < 0) {
            return source.path();
        }
        int skipped = Target.names(Paths.clean(written.substring(0, pivot))).size();
        List<String> names = Target.names(source.path());
        return String.join("/", names.subList(Math.min(skipped, names.size()), names.size()));
    }
}
