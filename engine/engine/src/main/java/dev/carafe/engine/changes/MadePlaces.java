package dev.carafe.engine.changes;

import java.util.Set;

/// What the engine makes in a container's root for itself: places to mount the kernel's file
/// systems and its own files on, and the mark of containers. Docker has them in a layer of their
/// own, so that they are no changes of the container; here they lie in the writable layer and are
/// passed over. What a client asked to mount somewhere else is not among them: its place shows as
/// added, as Docker shows it.
public final class MadePlaces {
    public static final Set<String> PATHS =
            Set.of(
                    "/.dockerenv",
                    "/dev",
                    "/dev/console",
                    "/dev/pts",
                    "/dev/shm",
                    "/etc",
                    "/etc/hostname",
                    "/etc/hosts",
                    "/etc/resolv.conf",
                    "/proc",
                    "/sys");

    private MadePlaces() {}
}
