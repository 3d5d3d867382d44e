package dev.carafe.runtime;

import dev.carafe.base.Internal;
import dev.carafe.oci.runtime.Hooks;
import dev.carafe.oci.runtime.SpecJson;
import dev.carafe.oci.runtime.State;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs hooks in the host's namespaces, with the container's state on their stdin (runtime-spec
/// config.md#posix-platform-hooks). Hooks for the container's namespaces (`createContainer`,
/// `startContainer`) are not run.
final class OciHooks {
    private static final int DEFAULT_TIMEOUT_SECONDS = 300;

    private OciHooks() {}

    /// @throws Internal when one fails; those after it are not run
    static void run(String kind, List<Hooks.Hook> hooks, State state) {
        for (Hooks.Hook hook : hooks) {
            try {
                run(kind, hook, state);
            } catch (IOException e) {
                throw new Internal(
                        "error running " + kind + " hook " + hook.path() + ": " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Internal("interrupted in " + kind + " hook " + hook.path());
            }
        }
    }

    private static void run(String kind, Hooks.Hook hook, State state)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(hook.path());
        command.addAll(
                hook.args().isEmpty() ? List.of() : hook.args().subList(1, hook.args().size()));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.INHERIT);
        builder.environment().clear();
        for (String variable : hook.env()) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                builder.environment()
                        .put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        java.lang.Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(SpecJson.print(state));
        } catch (IOException e) {
            // it does not read its stdin
            process.onExit();
        }
        if (!process.waitFor(timeout(hook).toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new Internal(tooLong(kind, hook));
        }
        if (process.exitValue() != 0) {
            throw new Internal(failed(kind, hook, process.exitValue()));
        }
    }

    static Duration timeout(Hooks.Hook hook) {
        return Duration.ofSeconds(
                hook.timeout() == null ? DEFAULT_TIMEOUT_SECONDS : hook.timeout());
    }

    static String tooLong(String kind, Hooks.Hook hook) {
        return kind
                + " hook "
                + hook.path()
                + " ran longer than "
                + timeout(hook).toSeconds()
                + " s";
    }

    static String failed(String kind, Hooks.Hook hook, int code) {
        return kind + " hook " + hook.path() + " failed: exit status " + code;
    }
}
