package dev.carafe.snapshots;

/// Something that a container's root must have although images seldom do: a place to mount on, or a
/// mark.
///
/// @param path absolute, inside the root
/// @param mode permission bits; not used for a link
/// @param target where a link points to, empty for the others
public record MountPlace(String path, Kind kind, int mode, String target) {
    /// What is made when nothing is there.
    public enum Kind {
        DIRECTORY,
        EMPTY_FILE,
        LINK
    }

    public static MountPlace directory(String path) {
        return new MountPlace(path, Kind.DIRECTORY, 0755, "");
    }

    public static MountPlace file(String path, int mode) {
        return new MountPlace(path, Kind.EMPTY_FILE, mode, "");
    }

    public static MountPlace link(String path, String target) {
        return new MountPlace(path, Kind.LINK, 0, target);
    }
}
