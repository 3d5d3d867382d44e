package dev.carafe.cli.command;

import static dev.carafe.cli.flags.Flag.bool;
import static dev.carafe.cli.flags.Flag.list;
import static dev.carafe.cli.flags.Flag.of;
import static dev.carafe.cli.flags.Flag.string;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The flags of `run` and `create`.
final class ContainerFlags {
    private ContainerFlags() {}

    /// @param more flags of one of the two only
    static Flag[] with(Flag... more) {
        Flag[][] parts = {
            basics(),
            process(),
            storage(),
            network(),
            limits(),
            security(),
            health(),
            hidden(),
            more
        };
        int count = 0;
        for (Flag[] part : parts) {
            count += part.length;
        }
        Flag[] all = new Flag[count];
        int at = 0;
        for (Flag[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /// What `update` can change.
    static Flag[] ofUpdate() {
        List<String> names =
                List.of(
                        "blkio-weight",
                        "cpu-period",
                        "cpu-quota",
                        "cpu-rt-period",
                        "cpu-rt-runtime",
                        "cpu-shares",
                        "cpus",
                        "cpuset-cpus",
                        "cpuset-mems",
                        "memory",
                        "memory-reservation",
                        "memory-swap",
                        "pids-limit");
        List<Flag> flags = new ArrayList<>();
        for (Flag flag : limits()) {
            if (names.contains(flag.name())) {
                flags.add(flag);
            }
        }
        flags.add(
                string(
                        "restart",
                        "When to start again after the end: 'no', 'on-failure[:max]', 'always', 'unless-stopped'"));
        flags.add(list("publish-add", "Publish a port as well ([[ip:]host:]container[/protocol])"));
        flags.add(
                list("publish-rm", "Publish a port no longer ([[ip:]host:]container[/protocol])"));
        return sorted(flags.toArray(Flag[]::new));
    }

    /// In the order of their names, for help.
    static Flag[] sorted(Flag[] flags) {
        Flag[] sorted = flags.clone();
        Arrays.sort(sorted, (a, b) -> a.name().compareTo(b.name()));
        return sorted;
    }

    private static Flag[] basics() {
        return new Flag[] {
            string("name", "Name of the container; made up when not given"),
            of(FlagType.LABEL, 'l', "label", "Attach a label (key=value)"),
            list("label-file", "Read labels from a file, one a line"),
            of(
                    FlagType.MAP,
                    "annotation",
                    "Attach an annotation, which the OCI runtime sees (key=value)"),
            string("cidfile", "Write the container's id to this file, which must not exist"),
            string("platform", "Platform of the image (os[/arch[/variant]]) where it has several"),
            string("pull", "Pull the image before: 'always', 'missing' or 'never'")
                    .withDefault("missing"),
            bool('q', "quiet", "Do not show the progress of a pull"),
            bool("rm", "Remove the container and its anonymous volumes when it ends"),
            string(
                            "restart",
                            "When to start again after the end: 'no', 'on-failure[:max]', 'always', 'unless-stopped'")
                    .withDefault("no"),
            string("runtime", "Runtime for this container"),
            string("log-driver", "Where the container's output is kept"),
            list("log-opt", "Option of the log driver (key=value)"),
            bool(
                    "use-api-socket",
                    "Give the container the engine's API socket and registry credentials"),
        };
    }

    private static Flag[] process() {
        return new Flag[] {
            of(
                    FlagType.ATTACH,
                    'a',
                    "attach",
                    "Attach stdin, stdout or stderr; without it all that make sense"),
            bool('i', "interactive", "Keep stdin open, also when nothing is attached"),
            bool('t', "tty", "Give the process a terminal"),
            of(
                    FlagType.ENV,
                    'e',
                    "env",
                    "Set an environment variable (K=V, or K to take it from here)"),
            list("env-file", "Read environment variables from a file, one a line"),
            string("entrypoint", "Replace the image's entry point; '' for none"),
            string('u', "user", "User, by name or number (user[:group])"),
            list("group-add", "Further group of the process"),
            string('w', "workdir", "Working directory"),
            string('h', "hostname", "Host name in the container"),
            string("domainname", "NIS domain name"),
            bool("init", "Run a tiny init as process 1 that passes signals on and reaps children"),
            string("stop-signal", "Signal that asks the process to end"),
            of(FlagType.INT, "stop-timeout", "Seconds to wait for the end before SIGKILL"),
            string(
                    "ipc",
                    "IPC namespace: 'none', 'private', 'shareable', 'host', 'container:NAME'"),
            string("pid", "PID namespace: 'host' or 'container:NAME'"),
            string("uts", "UTS namespace: 'host'"),
            string("userns", "User namespace: 'host'"),
            string("cgroupns", "Cgroup namespace: 'host' or 'private'"),
            string("cgroup-parent", "Cgroup under which the container's is made"),
            of(
                    FlagType.SYSCTL,
                    "sysctl",
                    "Kernel parameter of the container's namespaces (key=value)"),
            string("isolation", "Isolation technology (Windows)"),
        };
    }

    private static Flag[] storage() {
        return new Flag[] {
            of(
                    FlagType.LIST,
                    'v',
                    "volume",
                    "Mount a volume or a directory ([source:]target[:options])"),
            of(
                    FlagType.MOUNT,
                    "mount",
                    "Mount a filesystem (type=bind|volume|tmpfs|image,source=..,target=..[,..])"),
            list("tmpfs", "Mount a tmpfs (target[:options])"),
            list("volumes-from", "Mount all volumes of another container (name[:ro])"),
            string("volume-driver", "Driver for new volumes"),
            bool("read-only", "Mount the root filesystem read-only"),
            list("storage-opt", "Option of the storage driver (key=value)"),
            list("device", "Give access to a host device (host[:container][:rwm])"),
            of(FlagType.DEVICE_RULE, "device-cgroup-rule", "Allow devices by rule ('c 1:3 mr')"),
            of(FlagType.GPUS, "gpus", "GPUs of the container ('all', a number, or device=..)"),
        };
    }

    private static Flag[] network() {
        return new Flag[] {
            of(
                    FlagType.NETWORK,
                    "network",
                    "Network to connect to ('bridge', 'host', 'none', 'container:NAME', a name)"),
            list("network-alias", "Further name of the container in its network"),
            of(FlagType.LIST, 'p', "publish", "Publish a port ([[ip:]host:]container[/protocol])"),
            bool('P', "publish-all", "Publish all exposed ports to free ports of the host"),
            list("expose", "Expose a port or a range of ports"),
            of(FlagType.IP, "ip", "IPv4 address (172.30.100.104)"),
            of(FlagType.IP, "ip6", "IPv6 address (2001:db8::33)"),
            list("link-local-ip", "Link-local address"),
            string("mac-address", "MAC address (92:d0:c6:0a:29:33)"),
            of(FlagType.LINK, "link", "Make another container known by name (name[:alias])"),
            of(FlagType.IP_LIST, "dns", "DNS server"),
            list("dns-option", "Option for resolv.conf"),
            of(FlagType.DNS_SEARCH, "dns-search", "Domain in which names are looked up"),
            of(
                    FlagType.EXTRA_HOST,
                    "add-host",
                    "Line for /etc/hosts (host:ip; 'host-gateway' is the host)"),
        };
    }

    private static Flag[] limits() {
        return new Flag[] {
            of(FlagType.BYTES, 'm', "memory", "Limit memory (512m, 2g)").withDefault("0"),
            of(
                            FlagType.BYTES,
                            "memory-reservation",
                            "Memory below which the container is not pressed")
                    .withDefault("0"),
            of(
                            FlagType.SWAP_BYTES,
                            "memory-swap",
                            "Limit memory and swap together; -1 for unlimited swap")
                    .withDefault("0"),
            of(FlagType.INT64, "memory-swappiness", "How readily memory is swapped out (0 to 100)")
                    .withDefault("-1"),
            of(FlagType.BYTES, "shm-size", "Size of /dev/shm").withDefault("0"),
            of(FlagType.DECIMAL, "cpus", "Limit CPU time to so many CPUs (1.5)"),
            of(FlagType.INT64, 'c', "cpu-shares", "Relative weight for CPU time").withDefault("0"),
            of(FlagType.INT64, "cpu-period", "Period of the CPU limit in microseconds")
                    .withDefault("0"),
            of(FlagType.INT64, "cpu-quota", "CPU time a period in microseconds").withDefault("0"),
            of(FlagType.INT64, "cpu-rt-period", "Period of the real-time limit in microseconds")
                    .withDefault("0"),
            of(FlagType.INT64, "cpu-rt-runtime", "Real-time CPU time a period in microseconds")
                    .withDefault("0"),
            string("cpuset-cpus", "CPUs to run on (0-3, 0,1)"),
            string("cpuset-mems", "Memory nodes to use (0-3, 0,1)"),
            of(FlagType.INT64, "cpu-count", "Number of CPUs (Windows)").withDefault("0"),
            of(FlagType.INT64, "cpu-percent", "Percentage of CPU time (Windows)").withDefault("0"),
            of(FlagType.INT64, "pids-limit", "Limit the number of processes; -1 for none")
                    .withDefault("0"),
            of(FlagType.ULIMIT, "ulimit", "Resource limit (name=soft[:hard])"),
            bool("oom-kill-disable", "Do not let the kernel kill when memory runs out"),
            of(
                            FlagType.INT,
                            "oom-score-adj",
                            "How readily the kernel kills when memory runs out (-1000 to 1000)")
                    .withDefault("0"),
            of(FlagType.UINT16, "blkio-weight", "Relative weight for block I/O (10 to 1000)")
                    .withDefault("0"),
            of(FlagType.WEIGHT_DEVICE, "blkio-weight-device", "Weight for a device (path:weight)"),
            of(
                    FlagType.BPS,
                    "device-read-bps",
                    "Limit reading from a device (path:bytes a second)"),
            of(
                    FlagType.IOPS,
                    "device-read-iops",
                    "Limit reads from a device (path:number a second)"),
            of(FlagType.BPS, "device-write-bps", "Limit writing to a device (path:bytes a second)"),
            of(
                    FlagType.IOPS,
                    "device-write-iops",
                    "Limit writes to a device (path:number a second)"),
            of(FlagType.BYTES, "io-maxbandwidth", "Limit of the system drive's bandwidth (Windows)")
                    .withDefault("0"),
            of(FlagType.UINT64, "io-maxiops", "Limit of the system drive's operations (Windows)")
                    .withDefault("0"),
        };
    }

    private static Flag[] security() {
        return new Flag[] {
            list("cap-add", "Add a capability ('ALL' for all)"),
            list("cap-drop", "Take a capability away ('ALL' for all)"),
            bool("privileged", "Give all capabilities and devices; as good as root on the host"),
            list(
                    "security-opt",
                    "Security option (seccomp=FILE, no-new-privileges, apparmor=.., label=..)"),
        };
    }

    private static Flag[] health() {
        return new Flag[] {
            string("health-cmd", "Command that checks the container's health"),
            of(FlagType.DURATION, "health-interval", "Time between checks (ms, s, m, h)")
                    .withDefault("0s"),
            of(FlagType.INT, "health-retries", "Failures in a row after which it is unhealthy")
                    .withDefault("0"),
            of(
                            FlagType.DURATION,
                            "health-start-interval",
                            "Time between checks in the start period")
                    .withDefault("0s"),
            of(
                            FlagType.DURATION,
                            "health-start-period",
                            "Time at the start in which failures do not count")
                    .withDefault("0s"),
            of(FlagType.DURATION, "health-timeout", "Longest time of one check").withDefault("0s"),
            bool("no-healthcheck", "Do not run the image's health check"),
        };
    }

    /// Older names, and what means nothing here.
    private static Flag[] hidden() {
        return new Flag[] {
            of(FlagType.NETWORK, "net", "As --network").asHidden(),
            list("net-alias", "As --network-alias").asHidden(),
            list("dns-opt", "As --dns-option").asHidden(),
            bool("disable-content-trust", "Images are not signed this way")
                    .withDefault("true")
                    .asHidden(),
            of(FlagType.BYTES, "kernel-memory", "No longer a limit of its own")
                    .asDeprecated("it has no effect any more"),
        };
    }
}
