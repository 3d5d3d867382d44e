package dev.carafe.runtime;

import dev.carafe.oci.runtime.Capabilities;
import dev.carafe.oci.runtime.Device;
import dev.carafe.oci.runtime.Linux;
import dev.carafe.oci.runtime.Mount;
import dev.carafe.oci.runtime.Namespace;
import dev.carafe.oci.runtime.Process;
import dev.carafe.oci.runtime.Resources;
import dev.carafe.oci.runtime.Rlimit;
import dev.carafe.oci.runtime.Root;
import dev.carafe.oci.runtime.Seccomp;
import dev.carafe.oci.runtime.Spec;
import dev.carafe.oci.runtime.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Builds specs as an engine would: all namespaces, the usual mounts, docker's capabilities and
/// paths.
final class Specs {
    static final List<String> CAPABILITIES =
            List.of(
                    "CAP_CHOWN",
                    "CAP_DAC_OVERRIDE",
                    "CAP_FSETID",
                    "CAP_FOWNER",
                    "CAP_MKNOD",
                    "CAP_NET_RAW",
                    "CAP_SETGID",
                    "CAP_SETUID",
                    "CAP_SETFCAP",
                    "CAP_SETPCAP",
                    "CAP_NET_BIND_SERVICE",
                    "CAP_SYS_CHROOT",
                    "CAP_KILL",
                    "CAP_AUDIT_WRITE");

    List<String> args = List.of();
    List<String> env = new ArrayList<>(List.of("PATH=/usr/bin:/bin", "HOME=/root"));
    String cwd = "/";
    User user = User.ROOT;
    Capabilities capabilities = Capabilities.of(CAPABILITIES);
    List<Rlimit> rlimits = List.of();
    boolean noNewPrivileges;
    Integer oomScore;
    boolean readonly;
    String hostname = "box";
    final List<Mount> mounts =
            new ArrayList<>(
                    List.of(
                            new Mount(
                                    "/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")),
                            new Mount(
                                    "/dev",
                                    "tmpfs",
                                    "tmpfs",
                                    List.of("nosuid", "strictatime", "mode=755", "size=65536k")),
                            new Mount(
                                    "/dev/pts",
                                    "devpts",
                                    "devpts",
                                    List.of(
                                            "nosuid",
                                            "noexec",
                                            "newinstance",
                                            "ptmxmode=0666",
                                            "mode=0620",
                                            "gid=5")),
                            new Mount(
                                    "/sys",
                                    "sysfs",
                                    "sysfs",
                                    List.of("nosuid", "noexec", "nodev", "ro")),
                            new Mount(
                                    "/sys/fs/cgroup",
                                    "cgroup",
                                    "cgroup",
                                    List.of("ro", "nosuid", "noexec", "nodev")),
                            new Mount(
                                    "/dev/mqueue",
                                    "mqueue",
                                    "mqueue",
                                    List.of("nosuid", "noexec", "nodev")),
                            new Mount(
                                    "/dev/shm",
                                    "tmpfs",
                                    "shm",
                                    List.of("nosuid", "noexec", "nodev", "mode=1777", "size=1m"))));
    final List<String> namespaces =
            new ArrayList<>(List.of("pid", "network", "mount", "ipc", "uts", "cgroup"));
    final Map<String, String> joins = new LinkedHashMap<>();
    Map<String, String> sysctl = Map.of();
    List<Linux.IdMapping> mappings = List.of();
    List<Device> devices = List.of();
    Seccomp seccomp;
    Resources resources = Resources.NONE;
    boolean terminal;
    String propagation;

    static Specs of(String... args) {
        Specs specs = new Specs();
        specs.args = List.of(args);
        return specs;
    }

    static Specs shell(String script) {
        return of("sh", "-c", script);
    }

    Specs mount(String destination, String type, String source, String... options) {
        mounts.add(new Mount(destination, type, source, List.of(options)));
        return this;
    }

    Process process() {
        return new Process(
                terminal,
                null,
                user,
                args,
                env,
                cwd,
                capabilities,
                rlimits,
                noNewPrivileges,
                null,
                oomScore,
                null);
    }

    Spec spec() {
        List<Namespace> all = new ArrayList<>();
        namespaces.forEach(n -> all.add(new Namespace(n, joins.get(n))));
        Linux linux =
                new Linux(
                        all,
                        mappings,
                        mappings,
                        devices,
                        null,
                        resources,
                        propagation,
                        seccomp,
                        sysctl,
                        List.of(
                                "/proc/acpi",
                                "/proc/kcore",
                                "/proc/keys",
                                "/proc/timer_list",
                                "/proc/nosuch",
                                "/sys/firmware"),
                        List.of(
                                "/proc/bus",
                                "/proc/fs",
                                "/proc/irq",
                                "/proc/sys",
                                "/proc/sysrq-trigger"),
                        null);
        return new Spec(
                Spec.VERSION,
                process(),
                new Root("root", readonly),
                hostname,
                null,
                mounts,
                null,
                linux,
                Map.of());
    }
}
