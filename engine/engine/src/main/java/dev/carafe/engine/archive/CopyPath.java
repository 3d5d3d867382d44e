package dev.carafe.engine.archive;

/// Paths of the archive verbs, as Docker takes them.
public final class CopyPath {
    private CopyPath() {}

    /// Absolute, without `.`, `..` and doubled slashes, but with the `/` or `/.` at its end that
    /// says "the directory it leads to".
    public static String clean(String path) {
        StringBuilder clean = new StringBuilder();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                clean.setLength(Math.max(0, clean.lastIndexOf("/")));
            } else if (!part.isEmpty() && !part.equals(".")) {
                clean.append('/').append(part);
            }
        }
        String end = base(path).equals(".") ? "/." : path.endsWith("/") ? "/" : "";
        return clean.isEmpty() ? (end.equals("/.") ? "/." : "/") : clean + end;
    }

    /// The last part: `/` of the root, `.` of a path that ends so.
    public static String base(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        String plain = path.substring(0, end);
        return plain.equals("/") ? "/" : plain.substring(plain.lastIndexOf('/') + 1);
    }
}
