package dev.carafe.engine.spec;

import dev.carafe.base.InvalidArgument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// HostConfig.SecurityOpt, read.
///
/// @param seccomp null: the default; `unconfined`, `builtin`, or the JSON of a profile
/// @param systemPathsUnconfined no masked and read-only paths
/// @param writableCgroups /sys/fs/cgroup is not read-only
public record SecurityOptions(
        boolean noNewPrivileges,
        @Nullable String seccomp,
        boolean systemPathsUnconfined,
        boolean writableCgroups) {

    /// Options of security modules that this kernel may lack (`apparmor`, `label`) are accepted and
    /// have no effect.
    ///
    /// @throws InvalidArgument for one that is unknown
    public static SecurityOptions parse(List<String> options) {
        boolean noNewPrivileges = false;
        String seccomp = null;
        boolean systemPaths = false;
        boolean writableCgroups = false;
        for (String option : options) {
            int at = separator(option);
            String key = at < 0 ? option : option.substring(0, at);
            String value = at < 0 ? "" : option.substring(at + 1);
            switch (key) {
                case "no-new-privileges" -> noNewPrivileges = at < 0 || truth(option, value);
                case "seccomp" -> seccomp = value;
                case "systempaths" -> systemPaths = value.equals("unconfined");
                case "writable-cgroups" -> writableCgroups = at < 0 || truth(option, value);
                case "apparmor", "label", "credentialspec" -> {}
                default -> throw unknown(option);
            }
        }
        return new SecurityOptions(noNewPrivileges, seccomp, systemPaths, writableCgroups);
    }

    /// `key=value`, and the old `key:value`.
    private static int separator(String option) {
        int equals = option.indexOf('=');
        return equals >= 0 ? equals : option.indexOf(':');
    }

    private static boolean truth(String option, String value) {
        return switch (value) {
            case "true", "1", "t", "T", "TRUE", "True" -> true;
            case "false", "0", "f", "F", "FALSE", "False" -> false;
            default -> throw unknown(option);
        };
    }

    private static InvalidArgument unknown(String option) {
        return new InvalidArgument("invalid --security-opt 2: \"" + option + "\"");
    }
}
