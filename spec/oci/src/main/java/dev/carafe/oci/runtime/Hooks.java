package dev.carafe.oci.runtime;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Programs of the host or the container that run at points of a container's life (runtime-spec
/// config.md#posix-platform-hooks).
@Json
public record Hooks(
        List<Hook> prestart,
        List<Hook> createRuntime,
        List<Hook> createContainer,
        List<Hook> startContainer,
        List<Hook> poststart,
        List<Hook> poststop) {
    public Hooks {
        prestart = Lists.copy(prestart);
        createRuntime = Lists.copy(createRuntime);
        createContainer = Lists.copy(createContainer);
        startContainer = Lists.copy(startContainer);
        poststart = Lists.copy(poststart);
        poststop = Lists.copy(poststop);
    }

    /// @param timeout seconds
    @Json
    public record Hook(
            String path, List<String> args, List<String> env, @Nullable Integer timeout) {
        public Hook {
            args = Lists.copy(args);
            env = Lists.copy(env);
        }
    }
}
