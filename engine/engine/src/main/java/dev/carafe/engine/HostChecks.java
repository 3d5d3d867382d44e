package dev.carafe.engine;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.ContainerDefaults;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.HostNetworkConfig;
import dev.carafe.engine.config.NamespaceModes;
import dev.carafe.engine.config.ResourceConfig;
import dev.carafe.snapshots.OwnerMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Words and combinations of a host configuration that can't be, with Docker's sentences.
final class HostChecks {
    private static final String CONTAINER = "container:";
    private static final Set<String> ULIMITS =
            Set.of(
                    "core",
                    "cpu",
                    "data",
                    "fsize",
                    "locks",
                    "memlock",
                    "msgqueue",
                    "nice",
                    "nofile",
                    "nproc",
                    "rss",
                    "rtprio",
                    "rttime",
                    "sigpending",
                    "stack");

    private static final Pattern PORTS = Pattern.compile("[0-9]{1,5}(-[0-9]{1,5})?");

    private HostChecks() {}

    static void check(ContainerConfig config, HostConfig host) {
        namespaces(host.namespaces());
        network(config, host);
        words(host);
        for (String line : host.network().extraHosts()) {
            refuse(
                    line.indexOf(':') < 1 && line.indexOf('=') < 1,
                    "bad format for add-host: \"" + line + "\"");
        }
        host.resources().ulimits().forEach(HostChecks::ulimit);
        host.network().portBindings().keySet().forEach(HostChecks::containerPort);
        host.network()
                .portBindings()
                .values()
                .forEach(list -> list.forEach(p -> hostPort(p.hostPort())));
    }

    private static void namespaces(NamespaceModes modes) {
        boolean ipc =
                List.of("", "none", "private", "shareable", "host").contains(modes.ipc())
                        || isContainer(modes.ipc());
        refuse(!ipc, "invalid IPC mode: " + modes.ipc());
        boolean pid = List.of("", "host").contains(modes.pid()) || isContainer(modes.pid());
        refuse(!pid, "invalid PID mode: " + modes.pid());
        refuse(!List.of("", "host").contains(modes.uts()), "invalid UTS mode: " + modes.uts());
        refuse(
                !List.of("", "host").contains(modes.userns()),
                "invalid user namespace mode: " + modes.userns());
        refuse(
                !List.of("", "private", "host").contains(modes.cgroupns()),
                "invalid cgroup namespace mode: " + modes.cgroupns());
    }

    /// What a container with a user namespace of its own can't share.
    static void remapped(HostConfig host, ContainerDefaults defaults) {
        if (defaults.ownersOf(host).equals(OwnerMap.NONE)) {
            return;
        }
        refuse(
                host.security().privileged(),
                "privileged mode is incompatible with user namespaces.  You must run the container"
                        + " in the host namespace when running privileged mode");
        refuse(
                host.network().mode().equals("host"),
                "cannot share the host's network namespace when user namespaces are enabled");
        refuse(
                host.namespaces().pid().equals("host"),
                "cannot share the host PID namespace when user namespaces are enabled");
    }

    private static boolean isContainer(String mode) {
        return mode.startsWith(CONTAINER) && mode.length() > CONTAINER.length();
    }

    private static void network(ContainerConfig config, HostConfig host) {
        HostNetworkConfig network = host.network();
        boolean shared = network.mode().startsWith(CONTAINER);
        refuse(
                network.mode().equals("container") || network.mode().equals(CONTAINER),
                "invalid network mode: invalid container format container:<name|id>");
        boolean named = !config.hostname().isEmpty();
        refuse(
                named && host.namespaces().uts().equals("host"),
                "conflicting options: hostname and the UTS mode");
        refuse(
                network.mode().equals("host") && !network.links().isEmpty(),
                "conflicting options: host type networking can't be used with links. This would"
                        + " result in undefined behavior");
        if (!shared) {
            return;
        }
        String mode = " and the container type network mode";
        refuse(named, "conflicting options: hostname and the network mode");
        refuse(
                !network.links().isEmpty(),
                "conflicting options: container type network can't be used with links. This would"
                        + " result in undefined behavior");
        refuse(!network.dns().isEmpty(), "conflicting options: dns and the network mode");
        refuse(
                !network.extraHosts().isEmpty(),
                "conflicting options: custom host-to-IP mapping and the network mode");
        refuse(
                config.macAddress() != null,
                "conflicting options: mac-address and the network mode");
        refuse(
                !network.portBindings().isEmpty() || network.publishAllPorts(),
                "conflicting options: port publishing" + mode);
        refuse(!config.exposedPorts().isEmpty(), "conflicting options: port exposing" + mode);
    }

    private static void words(HostConfig host) {
        refuse(
                !List.of("", "default").contains(host.isolation()),
                "invalid isolation (" + host.isolation() + "): linux only supports 'default'");
        refuse(
                host.annotations().containsKey(""),
                "invalid Annotations: the empty string is not permitted as an annotation key");
        refuse(host.storage().shmSizeBytes() < 0, "SHM size can not be less than 0");
    }

    /// `80/tcp`, or a range of ports.
    private static void containerPort(String text) {
        int slash = text.indexOf('/');
        String port = slash < 0 ? text : text.substring(0, slash);
        refuse(!PORTS.matcher(port).matches(), "invalid port specification: \"" + port + "\"");
    }

    /// `80`, a range, or nothing: any free one.
    private static void hostPort(String text) {
        refuse(
                !text.isEmpty() && !PORTS.matcher(text).matches(),
                "invalid port specification: \"" + text + "\"");
    }

    private static void ulimit(ResourceConfig.Ulimit limit) {
        refuse(!ULIMITS.contains(limit.name()), "invalid ulimit type: " + limit.name());
        boolean above = limit.hard() != -1 && (limit.soft() == -1 || limit.soft() > limit.hard());
        refuse(
                above,
                "ulimit soft limit must be less than or equal to hard limit: %d > %d"
                        .formatted(limit.soft(), limit.hard()));
    }

    private static void refuse(boolean wrong, String sentence) {
        if (wrong) {
            throw new InvalidArgument(sentence);
        }
    }
}
