package dev.carafe.engine.changes;

import dev.carafe.snapshots.MountPlace;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the engine makes in a container's root for itself: places to mount the kernel's file
/// systems and its own files on, the mark of containers (`/.dockerenv`, by which programs tell that
/// they run in one), and the table of mounts. As with Docker they lie in a directory between the
/// image and the container, so that they are no changes of the container. What a client asked to
/// mount somewhere else is not among them: its place shows as added, as Docker shows it.
public final class MadePlaces {
    /// Under the roots of all containers.
    public static final List<MountPlace> ALL =
            List.of(
                    MountPlace.file("/.dockerenv", 0755),
                    MountPlace.directory("/dev"),
                    MountPlace.file("/dev/console", 0755),
                    MountPlace.directory("/dev/pts"),
                    MountPlace.directory("/dev/shm"),
                    MountPlace.directory("/etc"),
                    MountPlace.file("/etc/hostname", 0755),
                    MountPlace.file("/etc/hosts", 0755),
                    MountPlace.link("/etc/mtab", "/proc/mounts"),
                    MountPlace.file("/etc/resolv.conf", 0755),
                    MountPlace.directory("/proc"),
                    MountPlace.directory("/sys"));

    /// Their paths.
    public static final Set<String> PATHS =
            ALL.stream().map(MountPlace::path).collect(Collectors.toUnmodifiableSet());

    private MadePlaces() {}
}
