package dev.carafe.engine.config;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to run beside a container's own process (Engine API POST /containers/{id}/exec).
///
/// @param env added to the container's
/// @param user empty: the container's
/// @param workingDir null: the container's
@RecordBuilder
public record ExecConfig(
        List<String> command,
        List<String> env,
        String user,
        @Nullable String workingDir,
        boolean tty,
        boolean attachStdin,
        boolean attachStdout,
        boolean attachStderr,
        boolean privileged,
        @Nullable String detachKeys,
        @Nullable ConsoleSize consoleSize)
        implements ExecConfigBuilder.With {

    public static ExecConfig of(List<String> command) {
        return new ExecConfig(
                command, List.of(), "", null, false, false, true, true, false, null, null);
    }

    public ExecConfig withStdin() {
        return withAttachStdin(true);
    }
}
