package dev.carafe.engine.spec;

import dev.carafe.engine.config.HostConfig;
import dev.carafe.oci.runtime.Mount;
import dev.carafe.snapshots.OwnerMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The mounts of a container: the kernel's file systems, the three files of /etc, and what the
/// client asked for. A mount of the client replaces a default one at the same place; parents come
/// before children.
final class MountList {
    private static final long DEFAULT_SHM_BYTES = 64L << 20;

    private final SpecInput input;
    private final OwnerMap owners;

    /// @param owners of the container's user namespace
    MountList(SpecInput input, OwnerMap owners) {
        this.input = input;
        this.owners = owners;
    }

    List<Mount> all(boolean privileged, boolean writableCgroups) {
        Map<String, Mount> byDestination = new LinkedHashMap<>();
        for (Mount mount : defaults(input, privileged, writableCgroups)) {
            byDestination.put(mount.destination(), mount);
        }
        // a folder over /etc comes before the files in it, which stay visible
        List<Mount> later = new ArrayList<>(etcFiles());
        input.mounts().forEach(mount -> later.add(asked(mount)));
        later.sort(Comparator.comparingInt(m -> Path.of(m.destination()).getNameCount()));
        later.forEach(mount -> put(byDestination, mount));
        return List.copyOf(byDestination.values());
    }

    /// Last wins, and takes its place at the end: a mount below an earlier one stays visible.
    private static void put(Map<String, Mount> byDestination, Mount mount) {
        byDestination.remove(mount.destination());
        byDestination.put(mount.destination(), mount);
    }

    private static List<Mount> defaults(
            SpecInput input, boolean privileged, boolean writableCgroups) {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev"));
        mounts.add(devices());
        mounts.add(terminals());
        String system = privileged ? "rw" : "ro";
        mounts.add(mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", system));
        String cgroups = privileged || writableCgroups ? "rw" : "ro";
        mounts.add(
                mount("/sys/fs/cgroup", "cgroup", "cgroup", cgroups, "nosuid", "noexec", "nodev"));
        mounts.addAll(ipc(input));
        return mounts;
    }

    private static Mount devices() {
        return mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k");
    }

    private static Mount terminals() {
        return mount(
                "/dev/pts",
                "devpts",
                "devpts",
                "nosuid",
                "noexec",
                "newinstance",
                "ptmxmode=0666",
                "mode=0620",
                "gid=5");
    }

    /// Message queues and shared memory: the host's, another container's, or its own.
    private static List<Mount> ipc(SpecInput input) {
        HostConfig host = input.host();
        if (host.namespaces().ipc().equals("host")) {
            return List.of(hosts("/dev/mqueue"), hosts("/dev/shm"));
        }
        Mount queues = mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev");
        String others = input.namespaces().shmSource();
        if (others != null) {
            Mount memory = mount("/dev/shm", "bind", others, "bind", "nosuid", "noexec", "nodev");
            return List.of(queues, memory);
        }
        return host.namespaces().ipc().equals("none")
                ? List.of(queues)
                : List.of(queues, sharedMemory(host.storage().shmSizeBytes()));
    }

    private static Mount hosts(String path) {
        return mount(path, "bind", path, "rbind", "nosuid", "noexec", "nodev");
    }

    private static Mount sharedMemory(long bytes) {
        String size = "size=" + (bytes > 0 ? bytes : DEFAULT_SHM_BYTES);
        return mount("/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", size);
    }

    private List<Mount> etcFiles() {
        SpecInput.EtcFiles etc = input.etc();
        return etc == null
                ? List.of()
                : List.of(
                        file(etc.resolvConf(), "/etc/resolv.conf"),
                        file(etc.hostname(), "/etc/hostname"),
                        file(etc.hosts(), "/etc/hosts"));
    }

    /// As writable as the root.
    private Mount file(Path source, String destination) {
        return input.host().security().readonlyRootfs()
                ? mount(destination, "bind", source.toString(), "rbind", "rprivate", "ro")
                : mount(destination, "bind", source.toString(), "rbind", "rprivate");
    }

    private Mount asked(PlannedMount mount) {
        if (mount.isTmpfs()) {
            return new Mount(mount.destination(), "tmpfs", "tmpfs", tmpfsOptions(mount));
        }
        List<String> options = new ArrayList<>();
        options.add(mount.recursive() ? "rbind" : "bind");
        options.add(mount.propagation().isEmpty() ? "rprivate" : mount.propagation());
        if (!mount.writable()) {
            options.add("ro");
            if (!mount.flatReadOnly()) {
                // kernels before 5.12 can't: there the mount itself is read-only, as in Docker
                options.add("rro");
            }
        }
        if (mount.subpath() != null) {
            throw new IllegalArgumentException("a path inside a volume must be opened first");
        }
        OwnerMap shown = mount.owners(owners);
        if (mount.idmap() != null) {
            // a client's wish: what can't have it is refused, and not shown as it is
            options.add(mount.recursive() ? "ridmap" : "idmap");
        }
        boolean asked = mount.idmap() != null;
        return new Mount(
                mount.destination(),
                "bind",
                mount.source(),
                options,
                asked ? IdMaps.ofContainer(shown.users()) : IdMaps.ofMounts(shown.users()),
                asked ? IdMaps.ofContainer(shown.groups()) : IdMaps.ofMounts(shown.groups()));
    }

    /// `noexec,nosuid,nodev` unless the client says their opposites.
    private static List<String> tmpfsOptions(PlannedMount mount) {
        Set<String> options = new LinkedHashSet<>(List.of("noexec", "nosuid", "nodev"));
        for (String option : mount.options()) {
            switch (option) {
                case "exec", "suid", "dev" -> options.remove("no" + option);
                default -> options.add(option);
            }
        }
        if (!mount.writable()) {
            options.add("ro");
        }
        return List.copyOf(options);
    }

    private static Mount mount(String destination, String type, String source, String... options) {
        return new Mount(destination, type, source, List.of(options));
    }
}
