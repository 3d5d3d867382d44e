package dev.carafe.engine.spec;

import dev.carafe.base.InvalidArgument;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which capabilities a container gets: Docker's fourteen, plus and minus what the client says.
public final class CapabilityRules {
    /// What every container has, in Docker's order.
    public static final List<String> DEFAULTS =
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

    private static final String ALL = "ALL";

    private CapabilityRules() {}

    /// @param known every capability of this kernel that the engine itself may give, in the
    ///   kernel's order
    /// @throws InvalidArgument for a name that is none
    public static List<String> resolve(
            boolean privileged, List<String> add, List<String> drop, List<String> known) {
        if (privileged) {
            return known;
        }
        List<String> added = normalized("CapAdd", add, known);
        List<String> dropped = normalized("CapDrop", drop, known);
        Set<String> result = new LinkedHashSet<>();
        if (added.contains(ALL)) {
            result.addAll(known);
        } else if (!dropped.contains(ALL)) {
            result.addAll(DEFAULTS);
        }
        if (!dropped.contains(ALL) || added.contains(ALL)) {
            result.removeAll(dropped);
        }
        added.stream().filter(name -> !name.equals(ALL)).forEach(result::add);
        result.retainAll(known);
        return List.copyOf(result);
    }

    private static List<String> normalized(String what, List<String> names, List<String> known) {
        return names.stream().map(name -> normalized(what, name, known)).toList();
    }

    private static String normalized(String what, String name, List<String> known) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals(ALL)) {
            return ALL;
        }
        String full = upper.startsWith("CAP_") ? upper : "CAP_" + upper;
        if (!known.contains(full) && !DEFAULTS.contains(full)) {
            throw new InvalidArgument("invalid " + what + ": unknown capability: \"" + full + "\"");
        }
        return full;
    }
}
