package dev.carafe.linux.cgroup;

/// Group paths.
final class Paths {
    private Paths() {}

    /// Refuses what would leave the hierarchy or name its root.
    static void check(String path) {
        for (String part : path.split("/", -1)) {
            if (part.isEmpty()
                    || part.equals(".")
                    || part.equals("..")
                    || part.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("bad cgroup path '" + path + "'");
            }
        }
    }
}
