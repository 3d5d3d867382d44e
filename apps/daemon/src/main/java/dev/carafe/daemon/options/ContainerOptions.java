package dev.carafe.daemon.options;

import dev.carafe.daemon.options.Option.Group;
import dev.carafe.daemon.options.Option.Kind;
import java.util.ArrayList;
import java.util.List;

/// The options of containers, and of what those have that say nothing themselves.
final class ContainerOptions {
    private final List<Option> options = new ArrayList<>();

    ContainerOptions() {
        logs();
        engine();
        runtimes();
        containerDefaults();
        storage();
    }

    /// In the order of the help.
    List<Option> all() {
        return options;
    }

    private void engine() {
        add(
                "cgroup-parent",
                "cgroup-parent",
                Kind.TEXT,
                "path",
                "Control group above all containers' (default /docker)");
        add(
                "shutdown-timeout",
                "shutdown-timeout",
                Kind.NUMBER,
                "seconds",
                "Longest time that the daemon's own end may take (default 15); containers live on");
    }

    private void runtimes() {
        add(
                "feature",
                "features",
                Kind.MAP,
                "name=bool",
                "Switches of dockerd's: buildkit and cdi (both on); others are taken without effect");
        add(
                "add-runtime",
                "",
                Kind.LIST,
                "name=path",
                "An OCI runtime that containers can ask for (repeatable)");
        named(
                "default-runtime",
                Kind.TEXT,
                "name",
                "Runtime of containers that name none (default runc: the built-in one)");
        add("", "runtimes", Kind.JSON, "", "");
        add(
                "cdi-spec-dir",
                "cdi-spec-dirs",
                Kind.LIST,
                "folder",
                "Where specifications of CDI devices lie (repeatable; default /etc/cdi and /var/run/cdi)");
    }

    private void storage() {
        add(
                "storage-opt",
                "storage-opts",
                Kind.LIST,
                "key=value",
                "overlay2.size=10G: size of writable layers that name none (repeatable)");
    }

    /// What containers have that say nothing themselves.
    private void containerDefaults() {
        named(
                "init",
                Kind.FLAG,
                "",
                "Run docker-init as first process of containers: it passes signals on and reaps zombies");
        named("default-shm-size", Kind.TEXT, "bytes", "Size of /dev/shm (default 64M)");
        add(
                "default-ulimit",
                "default-ulimits",
                Kind.MAP,
                "name=soft[:hard]",
                "Resource limit of containers that do not set it themselves (repeatable)");
        named(
                "seccomp-profile",
                Kind.TEXT,
                "file",
                "Seccomp profile of containers that name none: a file, unconfined, or builtin (default)");
        named(
                "default-ipc-mode",
                Kind.TEXT,
                "mode",
                "IPC namespace of containers: private (default) or shareable");
        named(
                "default-cgroupns-mode",
                Kind.TEXT,
                "mode",
                "Cgroup namespace of containers: private (default on cgroup v2) or host (on v1)");
        named(
                "default-stop-timeout",
                Kind.NUMBER,
                "seconds",
                "Time between asking a container to stop and killing it (default 10)");
        named(
                "no-new-privileges",
                Kind.FLAG,
                "",
                "Let no program of a container gain privileges, but in privileged ones");
        named(
                "userns-remap",
                Kind.TEXT,
                "user",
                "Run containers in user namespaces: default, user[:group] with ids in subuid(5)");
    }

    private void logs() {
        add(
                "log-driver",
                "log-driver",
                Kind.TEXT,
                "driver",
                "Where output of containers goes that do not say: json-file (default), local, none");
        add(
                "log-opt",
                "log-opts",
                Kind.MAP,
                "key=value",
                "Option of that driver (default: max-size=100m max-file=5)");
    }

    private void named(String name, Kind kind, String value, String help) {
        add(name, name, kind, value, help);
    }

    private void add(String name, String key, Kind kind, String value, String help) {
        options.add(new Option(name, '\0', key, kind, Group.CONTAINERS, value, true, help));
    }
}
