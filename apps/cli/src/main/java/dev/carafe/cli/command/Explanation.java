package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.text.Human;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// How a container is kept apart from its host, in words: what holds, and which flag (or the lack
/// of one) made it so.
final class Explanation {
    private final JsonObject container;
    private final JsonObject host;
    private final List<String> lines = new ArrayList<>();

    /// @param container the answer of inspect
    Explanation(JsonObject container) {
        this.container = container;
        this.host = container.object("HostConfig");
    }

    List<String> lines() {
        process();
        namespaces();
        limits();
        files();
        lines.addAll(new RightsExplanation(host).lines());
        lines.addAll(new NetworkExplanation(container).lines());
        return lines;
    }

    private void head(String text) {
        lines.add("");
        lines.add(text);
    }

    private void tell(String what, String words) {
        lines.add(String.format("  %-13s %s", what, words));
    }

    private void process() {
        JsonObject state = container.object("State");
        JsonObject config = container.object("Config");
        lines.add(
                container.text("Name").substring(1)
                        + " ("
                        + shortId(container.text("Id"))
                        + ") from image "
                        + config.text("Image"));
        tell("state", state(state));
        List<String> command = new ArrayList<>(List.of(container.text("Path")));
        command.addAll(container.texts("Args"));
        tell("command", String.join(" ", command));
        String user = config.text("User");
        tell("user", user.isEmpty() ? "root, since neither image nor --user say another" : user);
        if (host.bool("Init")) {
            tell("init", "docker-init is process 1 and reaps orphans (--init)");
        }
        tell("restart", restart(host.object("RestartPolicy")));
    }

    private static String state(JsonObject state) {
        String word = state.text("Status");
        if (state.bool("Running")) {
            return word + ", process " + state.number("Pid") + " of the host";
        }
        return word.equals("exited") ? word + ", exit code " + state.number("ExitCode") : word;
    }

    private static String restart(JsonObject policy) {
        long most = policy.number("MaximumRetryCount");
        return switch (policy.text("Name")) {
            case "always" -> "whenever it ends (--restart always)";
            case "unless-stopped" -> "whenever it ends by itself (--restart unless-stopped)";
            case "on-failure" ->
                    "when it fails"
                            + (most > 0 ? ", at most " + most + " times" : "")
                            + " (--restart on-failure)";
            default -> "never (no --restart)";
        };
    }

    private void namespaces() {
        head("Namespaces");
        namespace("processes", "PidMode", "--pid", "sees no process of the host");
        namespace("hostname", "UTSMode", "--uts", container.object("Config").text("Hostname"));
        namespace("ipc", "IpcMode", "--ipc", "shared memory and queues of its own");
        namespace("cgroups", "CgroupnsMode", "--cgroupns", "its own cgroup looks like the root");
        tell(
                "users",
                "the host's: root inside is root outside"
                        + (host.bool("Privileged") ? "" : ", with fewer capabilities"));
        tell("mounts", "its own, always");
    }

    private void namespace(String what, String field, String flag, String own) {
        String mode = host.text(field);
        if (mode.equals("host")) {
            tell(
                    what,
                    "the host's ("
                            + flag
                            + " host"
                            + (field.equals("CgroupnsMode")
                                    ? ", or the default of cgroup v1)"
                                    : ")"));
        } else if (mode.startsWith("container:")) {
            tell(
                    what,
                    "that of "
                            + shortId(mode.substring("container:".length()))
                            + " ("
                            + flag
                            + ")");
        } else {
            tell(what, "its own" + (own.isEmpty() ? "" : ": " + own));
        }
    }

    private void limits() {
        head("Limits (cgroup " + cgroup() + ")");
        long memory = host.number("Memory");
        long swap = host.number("MemorySwap");
        tell(
                "memory",
                memory == 0
                        ? "all of the machine (no --memory)"
                        : Human.binarySize(memory)
                                + (swap == -1
                                        ? ", swap without limit"
                                        : ", with swap "
                                                + Human.binarySize(swap == 0 ? 2 * memory : swap))
                                + " (--memory)");
        tell("cpu", cpu());
        long pids = host.number("PidsLimit");
        tell(
                "processes",
                pids <= 0 ? "as many as the host has (no --pids-limit)" : pids + " (--pids-limit)");
        String limits =
                host.objects("Ulimits").stream()
                        .map(u -> u.text("Name") + " " + u.number("Soft") + ":" + u.number("Hard"))
                        .collect(Collectors.joining(", "));
        if (!limits.isEmpty()) {
            tell("ulimits", limits + " (--ulimit)");
        }
    }

    private String cgroup() {
        String parent = host.text("CgroupParent");
        return (parent.isEmpty() ? "/docker" : parent) + "/" + shortId(container.text("Id"));
    }

    private String cpu() {
        List<String> words = new ArrayList<>();
        double cpus = host.number("NanoCpus") / 1e9;
        long quota = host.number("CpuQuota");
        if (cpus > 0) {
            words.add(String.format(Locale.ROOT, "%.2f CPUs (--cpus)", cpus));
        } else if (quota > 0) {
            words.add(quota + " of " + host.number("CpuPeriod") + " microseconds (--cpu-quota)");
        }
        if (!host.text("CpusetCpus").isEmpty()) {
            words.add("only CPUs " + host.text("CpusetCpus") + " (--cpuset-cpus)");
        }
        if (host.number("CpuShares") > 0) {
            words.add(host.number("CpuShares") + " shares of 1024 (--cpu-shares)");
        }
        return words.isEmpty() ? "all of the machine (no --cpus)" : String.join(", ", words);
    }

    private void files() {
        head("Files");
        boolean readOnly = host.bool("ReadonlyRootfs");
        tell(
                "/",
                "the image's layers, "
                        + (readOnly
                                ? "read-only (--read-only)"
                                : "with a writable layer on top, gone with the container"));
        for (JsonObject mount : container.objects("Mounts")) {
            boolean volume = mount.text("Type").equals("volume");
            String source = volume ? mount.text("Name") : mount.text("Source");
            tell(
                    mount.text("Destination"),
                    mount.text("Type")
                            + (source.isEmpty()
                                    ? ""
                                    : " " + (source.length() == 64 ? shortId(source) : source))
                            + (mount.bool("RW") ? ", writable" : ", read-only"));
        }
        for (Map.Entry<String, String> e : host.strings("Tmpfs").entrySet()) {
            tell(
                    e.getKey(),
                    "memory (--tmpfs" + (e.getValue().isEmpty() ? ")" : ": " + e.getValue() + ")"));
        }
        tell("/dev/shm", Human.binarySize(host.number("ShmSize")) + " of memory (--shm-size)");
    }

    static String shortId(String id) {
        return id.length() == 64 ? id.substring(0, 12) : id;
    }
}
