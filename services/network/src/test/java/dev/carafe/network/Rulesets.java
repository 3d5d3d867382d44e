package dev.carafe.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The host's rules and devices as the tools nft(8) and ip(8) see them, in the calling thread's
/// network namespace.
final class Rulesets {
    private Rulesets() {}

    static String list() {
        return run(List.of("nft", "list", "ruleset"));
    }

    static List<String> tables() {
        return run(List.of("nft", "list", "tables")).lines().toList();
    }

    static void flush() {
        run(List.of("nft", "flush", "ruleset"));
    }

    static String ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
