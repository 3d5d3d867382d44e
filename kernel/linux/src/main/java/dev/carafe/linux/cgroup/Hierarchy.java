package dev.carafe.linux.cgroup;

import java.util.Set;

/// One mounted hierarchy.
///
/// @param names its controllers, `name=systemd` for a named one, `unified` for version 2
/// @param base the directory new groups' paths are relative to: the mount point, or this process's
///   own group below it where the rest is not ours
/// @param controllers what can be controlled there
record Hierarchy(Set<String> names, String base, boolean v2, Set<String> controllers) {
    Hierarchy {
        names = Set.copyOf(names);
        controllers = Set.copyOf(controllers);
    }

    boolean has(String controller) {
        return controllers.contains(controller);
    }

    String directory(String path) {
        return base + "/" + path;
    }
}
