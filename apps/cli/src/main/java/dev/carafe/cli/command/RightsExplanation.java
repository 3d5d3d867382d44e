package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// What a container may do to its host, in words.
final class RightsExplanation {
    private final JsonObject host;
    private final List<String> lines = new ArrayList<>(List.of("", "Rights"));

    /// @param host `HostConfig` of inspect's answer
    RightsExplanation(JsonObject host) {
        this.host = host;
    }

    List<String> lines() {
        if (host.bool("Privileged")) {
            tell(
                    "capabilities",
                    "all, and every device (--privileged): root inside can do what root outside can");
            tell("seccomp", "off (--privileged)");
            return lines;
        }
        tell("capabilities", capabilities());
        List<String> options = host.texts("SecurityOpt");
        String seccomp =
                options.stream().filter(o -> o.startsWith("seccomp")).findFirst().orElse("");
        tell(
                "seccomp",
                seccomp.endsWith("unconfined")
                        ? "off (--security-opt seccomp=unconfined)"
                        : seccomp.isEmpty() || seccomp.endsWith("builtin")
                                ? "Docker's default profile"
                                : "a profile of its own (--security-opt seccomp)");
        boolean noNew =
                options.stream()
                        .anyMatch(o -> o.startsWith("no-new-privileges") && !o.endsWith("false"));
        tell(
                "set-uid",
                noNew ? "gains nothing (--security-opt no-new-privileges)" : "works inside");
        int masked = host.texts("MaskedPaths").size();
        tell(
                "/proc, /sys",
                masked == 0
                        ? "nothing is hidden"
                        : masked
                                + " paths hidden, "
                                + host.texts("ReadonlyPaths").size()
                                + " read-only");
        for (JsonObject device : host.objects("Devices")) {
            tell(
                    "device",
                    device.text("PathOnHost")
                            + " as "
                            + device.text("PathInContainer")
                            + ", "
                            + device.text("CgroupPermissions")
                            + " (--device)");
        }
        return lines;
    }

    private String capabilities() {
        List<String> add = host.texts("CapAdd");
        List<String> drop = host.texts("CapDrop");
        StringBuilder words =
                new StringBuilder(
                        drop.contains("ALL") ? "none (--cap-drop ALL)" : "Docker's fourteen");
        if (!add.isEmpty()) {
            words.append(", and ").append(String.join(" ", add)).append(" (--cap-add)");
        }
        if (!drop.isEmpty() && !drop.contains("ALL")) {
            words.append(", without ").append(String.join(" ", drop)).append(" (--cap-drop)");
        }
        return words.toString();
    }

    private void tell(String what, String words) {
        lines.add(String.format("  %-13s %s", what, words));
    }
}
