package dev.carafe.cli.command;

import dev.carafe.cli.flags.Flag;
import dev.carafe.cli.flags.FlagType;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Session;
import java.util.ArrayList;
import java.util.List;

/// Values of flags, for completion.
final class FlagOffers {
    private static final List<String> SIGNALS =
            List.of("HUP", "INT", "KILL", "QUIT", "STOP", "TERM", "USR1", "USR2", "WINCH");
    private static final List<String> CAPABILITIES =
            List.of(
                    "ALL AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM"
                            .split(" "));
    private static final List<String> ULIMITS =
            List.of(
                    "as= chroot= core= cpu= data= fsize= locks= maxlogins= maxsyslogins= memlock= msgqueue= nice= nofile= nproc= priority= rss= rtprio= sigpending= stack="
                            .split(" "));

    private final Session session;
    private final String path;
    private final ObjectOffers objects;

    /// @param path the command, `ps` or `network ls`
    FlagOffers(Session session, String path) {
        this.session = session;
        this.path = path;
        this.objects = new ObjectOffers(session);
    }

    /// @param typed what the value begins with
    List<String> of(Flag flag, String typed) {
        if (flag.type() == FlagType.FILTER) {
            return new FilterOffers(objects, path).of(typed);
        }
        return switch (flag.name()) {
            case "network", "net" -> with(objects.of(Completion.NETWORKS), "container:");
            case "volumes-from" -> objects.of(Completion.CONTAINERS);
            case "link" -> objects.of(Completion.CONTAINERS);
            case "context", "from" -> objects.of(Completion.CONTEXTS);
            case "volume" -> with(objects.of(Completion.VOLUMES), CompleteCommand.FILES);
            case "runtime" -> List.copyOf(info().object("Runtimes").keySet());
            case "log-driver" -> with(info().object("Plugins").texts("Log"), "none");
            case "driver" ->
                    info().object("Plugins")
                            .texts(path.startsWith("volume") ? "Volume" : "Network");
            case "env", "build-arg" -> List.copyOf(System.getenv().keySet());
            case "file",
                    "env-file",
                    "label-file",
                    "cidfile",
                    "iidfile",
                    "input",
                    "output",
                    "config",
                    "tlscacert",
                    "tlscert",
                    "tlskey",
                    "metadata-file",
                    "build-context",
                    "device",
                    "tmpfs" ->
                    List.of(CompleteCommand.FILES);
            default -> fixed(flag.name());
        };
    }

    private List<String> fixed(String name) {
        return switch (name) {
            case "restart" ->
                    List.of("no", "on-failure", "on-failure:", "always", "unless-stopped");
            case "pull" -> List.of("always", "missing", "never");
            case "format" ->
                    path.endsWith("inspect") || path.equals("info") || path.equals("version")
                            ? List.of("json")
                            : List.of("json", "table");
            case "signal", "stop-signal" -> SIGNALS;
            case "cap-add", "cap-drop" -> CAPABILITIES;
            case "ulimit" -> ULIMITS;
            case "attach" -> List.of("stdin", "stdout", "stderr");
            case "log-level" -> List.of("debug", "info", "warn", "error", "fatal");
            case "type" ->
                    path.equals("inspect")
                            ? List.of("container", "image", "network", "volume")
                            : List.of();
            case "platform" ->
                    List.of(
                            "linux/amd64",
                            "linux/arm64",
                            "linux/arm/v7",
                            "linux/386",
                            "linux/ppc64le",
                            "linux/riscv64",
                            "linux/s390x");
            case "progress" -> List.of("auto", "plain", "tty", "quiet", "rawjson");
            case "ipc" -> List.of("host", "none", "private", "shareable", "container:");
            case "pid" -> List.of("host", "container:");
            case "uts", "userns" -> List.of("host");
            case "cgroupns" -> List.of("host", "private");
            case "security-opt" ->
                    List.of(
                            "seccomp=",
                            "apparmor=",
                            "label=",
                            "no-new-privileges",
                            "systempaths=unconfined");
            case "mount" -> List.of("type=bind,", "type=volume,", "type=tmpfs,", "type=image,");
            case "gpus" -> List.of("all");
            case "host" -> List.of("unix://", "tcp://", "ssh://");
            default -> List.of();
        };
    }

    private JsonObject info() {
        return session.api().getObject("/info");
    }

    private static List<String> with(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
