package dev.carafe.build.git;

import dev.carafe.base.Canceled;
import dev.carafe.base.DeadlineExceeded;
import dev.carafe.base.NotImplemented;
import dev.carafe.base.Subject;
import dev.carafe.base.Unavailable;
import dev.carafe.build.steps.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The host's `git`, run in one folder with nothing of the host's configuration: no prompt, no
/// hook, no helper, no local transport.
final class GitProgram {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MAX_OUTPUT = 1 << 20;

    /// For every command; children of git inherit them.
    private static final Map<String, String> CONFIG =
            Map.of(
                    "core.hooksPath", "/dev/null",
                    "core.fsmonitor", "false",
                    "core.attributesFile", "/dev/null",
                    "core.autocrlf", "false",
                    "credential.helper", "",
                    "gc.auto", "0",
                    "advice.detachedHead", "false",
                    "init.defaultBranch", "main");

    private final Path folder;
    private final KnownHosts hosts;
    private final Cancellation cancellation;
    private final Map<String, String> environment = new HashMap<>();

    /// @param secretConfig further configuration, passed where no other user can read it
    /// @param more variables
    /// @param hosts whose keys are known
    /// @param cancellation ends what runs
    GitProgram(
            Path folder,
            Map<String, String> secretConfig,
            Map<String, String> more,
            KnownHosts hosts,
            Cancellation cancellation) {
        this.folder = folder;
        this.hosts = hosts;
        this.cancellation = cancellation;
        Map<String, String> config = new HashMap<>(CONFIG);
        config.putAll(secretConfig);
        environment.put("GIT_CONFIG_COUNT", String.valueOf(config.size()));
        int n = 0;
        for (Map.Entry<String, String> entry : config.entrySet()) {
            environment.put("GIT_CONFIG_KEY_" + n, entry.getKey());
            environment.put("GIT_CONFIG_VALUE_" + n, entry.getValue());
            n++;
        }
        environment.putAll(
                Map.of(
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_TERMINAL_PROMPT", "0",
                        "GIT_ASKPASS", "/bin/false",
                        "SSH_ASKPASS", "/bin/false",
                        "GIT_ALLOW_PROTOCOL", "https:http:ssh:git",
                        "GIT_HTTP_LOW_SPEED_LIMIT", "1000",
                        "GIT_HTTP_LOW_SPEED_TIME", "60",
                        "HOME", "/nonexistent",
                        "LC_ALL", "C"));
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.putAll(more);
    }

    /// Runs it to its end.
    ///
    /// @return its standard output, without the last line's end
    /// @throws NotImplemented where the host has no git
    /// @throws Unavailable when it fails, with what it said
    /// @throws DeadlineExceeded after ten minutes
    /// @throws Canceled when it was ended
    String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        Process process = start(builder);
        try (Cancellation.Running _ = cancellation.begin(() -> end(process))) {
            process.getOutputStream().close();
            Thread watch = Thread.ofVirtual().name("git").start(() -> endLate(process));
            String output;
            try (InputStream out = process.getInputStream()) {
                output = text(out);
            }
            int status = process.waitFor();
            boolean late = watch.getState() == Thread.State.TERMINATED && status == KILLED;
            watch.interrupt();
            cancellation.check();
            if (late) {
                throw new DeadlineExceeded("git " + arguments[0] + " took too long");
            }
            if (status != 0) {
                String why = hosts.explained(output, last(output));
                throw new Unavailable("git " + arguments[0] + " failed: " + why);
            }
            return output.strip();
        } catch (IOException e) {
            cancellation.check();
            throw new Unavailable(Subject.NONE, "git " + arguments[0] + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(Subject.NONE, "git " + arguments[0] + ": interrupted", e);
        } finally {
            end(process);
        }
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new NotImplemented(
                    "git repositories need the program git on the daemon's host: install it, or"
                            + " clone the repository and build the folder");
        }
    }

    private static final int KILLED = 128 + 9;

    private static void endLate(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                end(process);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String text(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 13];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (all.size() < MAX_OUTPUT) {
                all.write(buffer, 0, n);
            }
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /// The line that tells why: git's last `fatal:`, or its last words.
    private static String last(String output) {
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        return lines.stream()
                .filter(line -> line.startsWith("fatal:") || line.startsWith("error:"))
                .findFirst()
                .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
    }
}
