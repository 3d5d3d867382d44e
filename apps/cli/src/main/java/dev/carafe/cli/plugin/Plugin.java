package dev.carafe.cli.plugin;

import dev.carafe.cli.json.Json;
import dev.carafe.cli.json.JsonFailure;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.terminal.Signals;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A program that adds a command.
///
/// @param name of its command, `compose`
public record Plugin(String name, File file) {
    private static final int ANSWER_SECONDS = 5;
    private static final int INTERRUPTED = 130;

    /// The plugin's own words; empty when it tells none, and so is no plugin.
    Optional<Description> description() {
        try {
            JsonObject content =
                    Json.readObject(answer(List.of("docker-cli-plugin-metadata"), Map.of()));
            boolean valid =
                    content.text("SchemaVersion").startsWith("0.1.")
                            && !content.text("Vendor").isEmpty();
            return valid ? Optional.of(new Description(this, content)) : Optional.empty();
        } catch (IOException | JsonFailure e) {
            return Optional.empty();
        }
    }

    /// What the program prints for these words.
    ///
    /// @param environment to add; a null takes a variable away
    /// @throws IOException when it can't be started or does not end
    public String answer(List<String> words, Map<String, @Nullable String> environment)
            throws IOException {
        Process process =
                process(words, environment)
                        .redirectInput(new File("/dev/null"))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Thread.ofVirtual().start(() -> endLate(process));
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void endLate(Process process) {
        try {
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    /// Runs the program with this process's own streams until it ends. What is typed at a terminal
    /// reaches it there; other signals are passed on.
    ///
    /// @param words the options before the command, the command, its arguments
    /// @param environment to add; a null takes a variable away
    /// @param atTerminal whether standard input is one, whose keys reach the program anyway
    /// @return its exit code
    /// @throws IOException when it can't be started
    public int run(
            List<String> words, Map<String, @Nullable String> environment, boolean atTerminal)
            throws IOException {
        Process process = process(words, environment).inheritIO().start();
        Signals.handle(
                signal -> {
                    if (!atTerminal || signal.equals("TERM")) {
                        pass(signal, process);
                    }
                },
                "INT",
                "TERM",
                "HUP");
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw new Failure(INTERRUPTED, "");
        }
    }

    private static void pass(String signal, Process process) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        } catch (IOException e) {
            process.destroy();
        }
    }

    private ProcessBuilder process(List<String> words, Map<String, @Nullable String> environment) {
        List<String> command = new ArrayList<>(List.of(file.getPath()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command);
        environment.forEach((key, value) -> {
            if (value == null) {
                builder.environment().remove(key);
            } else {
                builder.environment().put(key, value);
            }
        });
        return builder;
    }
}
