package dev.carafe.linux.cgroup;

import dev.carafe.base.Subject;
import dev.carafe.base.Unavailable;
import dev.carafe.linux.FileSystem;
import dev.carafe.linux.ProcFiles;
import java.util.List;
import java.util.Set;

/// Chooses the manager for what is mounted.
final class Detection {
    private Detection() {}

    static CgroupManager detect() {
        List<Hierarchy> hierarchies =
                Hierarchies.parse(
                        ProcFiles.read("/proc/self/mountinfo"),
                        ProcFiles.read("/proc/self/cgroup"),
                        FileSystem::isWritable,
                        Detection::v2Controllers);
        if (hierarchies.isEmpty()) {
            throw new Unavailable(Subject.NONE, "no control groups are mounted");
        }
        return manager(hierarchies);
    }

    static CgroupManager manager(List<Hierarchy> hierarchies) {
        return hierarchies.size() == 1 && hierarchies.getFirst().v2()
                ? new V2Manager(hierarchies.getFirst())
                : new V1Manager(hierarchies);
    }

    static Set<String> v2Controllers(String directory) {
        String text = ProcFiles.tryRead(directory + "/cgroup.controllers").orElse("").strip();
        return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
    }
}
