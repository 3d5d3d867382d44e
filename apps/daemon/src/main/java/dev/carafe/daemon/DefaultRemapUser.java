package dev.carafe.daemon;

import dev.carafe.base.InvalidArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The user that `userns-remap=default` stands for: made on first use, as Docker does, with 65536
/// ids that nobody else has.
final class DefaultRemapUser {
    private static final long COUNT = 65_536;
    private static final long FIRST = 100_000;
    private static final int DEADLINE_SECONDS = 30;

    private DefaultRemapUser() {}

    /// @throws InvalidArgument when it can't be made; the message says what to do instead
    static void ensure(Path etc) {
        String name = RemapSettings.DEFAULT_USER;
        if (!has(etc.resolve("passwd"), name)) {
            run("useradd", "--system", "--user-group", "--shell", "/bin/false", name);
        }
        ensureRange(etc.resolve("subuid"), name, "--add-subuids");
        ensureRange(etc.resolve("subgid"), name, "--add-subgids");
    }

    private static void ensureRange(Path file, String name, String option) {
        if (!has(file, name)) {
            long first = free(lines(file));
            run("usermod", option, first + "-" + (first + COUNT - 1), name);
        }
    }

    /// The first id from 100000 on above all that is taken.
    static long free(List<String> lines) {
        long free = FIRST;
        for (String line : lines) {
            String[] fields = line.strip().split(":", -1);
            if (fields.length == 3) {
                try {
                    free = Math.max(free, Long.parseLong(fields[1]) + Long.parseLong(fields[2]));
                } catch (NumberFormatException e) {
                    continue; // no line of ranges: nothing is taken by it
                }
            }
        }
        return free;
    }

    private static boolean has(Path file, String name) {
        return lines(file).stream().anyMatch(line -> line.startsWith(name + ":"));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void run(String... command) {
        String line = String.join(" ", command);
        String why;
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                if (process.exitValue() == 0) {
                    return;
                }
                why = "it ended with " + process.exitValue();
            } else {
                process.destroyForcibly();
                why = "it did not end within " + DEADLINE_SECONDS + " s";
            }
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "interrupted";
        }
        throw new InvalidArgument(
                "userns-remap=default: could not run \"%s\": %s; make the user %s with ids in /etc/subuid and /etc/subgid yourself, or name another user"
                        .formatted(line, why, RemapSettings.DEFAULT_USER));
    }
}
