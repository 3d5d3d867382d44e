package dev.carafe.build.files;

import java.util.ArrayList;
import java.util.List;

/// Paths as text, with forward slashes.
public final class Paths {
    private Paths() {}

    /// Without `.`, `..` and doubled slashes; never above the root; no slash at the ends. The root
    /// is the empty text.
    public static String clean(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/")) {
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.removeLast();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return String.join("/", names);
    }

    /// An absolute path: `path` from the working directory.
    public static String absolute(String workingDir, String path) {
        return "/" + clean(path.startsWith("/") ? path : workingDir + "/" + path);
    }

    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "" : path.substring(0, slash);
    }

    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Whether a destination is meant as a directory.
    public static boolean isDirectory(String path) {
        return path.endsWith("/") || path.equals(".") || path.endsWith("/.") || path.endsWith("..");
    }
}
