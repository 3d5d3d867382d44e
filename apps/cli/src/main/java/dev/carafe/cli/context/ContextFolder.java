package dev.carafe.cli.context;

import dev.carafe.base.glob.IgnoreRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A folder that a build is given, without what `.dockerignore` takes out.
///
/// @param always paths that go along although they are ignored
/// @param extra files that only the build sees: path to text
public record ContextFolder(
        Path root, IgnoreRules rules, List<String> always, Map<String, String> extra) {
    /// All of it as a tar; files are opened when their turn comes.
    ///
    /// @throws IOException when the folder can't be walked
    public InputStream tar() throws IOException {
        return ContextTar.of(this);
    }

    /// The paths of its own files and folders, a folder before what is in it.
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        walk("", names);
        return names;
    }

    private void walk(String folder, List<String> names) throws IOException {
        List<Path> children;
        try (Stream<Path> all = Files.list(root.resolve(folder))) {
            children = all.sorted().toList();
        }
        for (Path child : children) {
            String name = child.getFileName().toString();
            String path = folder.isEmpty() ? name : folder + "/" + name;
            boolean directory = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
            boolean taken = !rules.ignores(path) || always.contains(path);
            if (taken) {
                names.add(path);
            }
            if (directory && (taken || rules.mayTakeInBelow(path) || leadsToAlways(path))) {
                walk(path, names);
            }
        }
    }

    private boolean leadsToAlways(String folder) {
        return always.stream().anyMatch(path -> path.startsWith(folder + "/"));
    }
}
