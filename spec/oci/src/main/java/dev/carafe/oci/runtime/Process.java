package dev.carafe.oci.runtime;

import io.avaje.jsonb.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The program of a container, or one started later in it (runtime-spec config.md#process).
///
/// @param consoleSize the terminal's first size; used with `terminal` only
/// @param args the program and its arguments; `args[0]` without a slash is looked up in `env`'s
///   PATH
/// @param env `NAME=value`
/// @param cwd absolute
/// @param oomScoreAdj -1000 to 1000, null to leave it as it is
@Json
@RecordBuilder
public record Process(
        boolean terminal,
        @Nullable ConsoleSize consoleSize,
        User user,
        List<String> args,
        List<String> env,
        String cwd,
        @Nullable Capabilities capabilities,
        List<Rlimit> rlimits,
        boolean noNewPrivileges,
        @Nullable String apparmorProfile,
        @Nullable Integer oomScoreAdj,
        @Nullable String selinuxLabel)
        implements ProcessBuilder.With {
    public Process {
        user = user == null ? User.ROOT : user;
        args = Lists.copy(args);
        env = Lists.copy(env);
        cwd = cwd == null || cwd.isEmpty() ? "/" : cwd;
        rlimits = Lists.copy(rlimits);
    }

    /// In characters.
    @Json
    public record ConsoleSize(int height, int width) {}
}
