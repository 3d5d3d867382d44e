package dev.carafe.runtime;

import dev.carafe.base.DataLoss;
import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Another runtime as one container knows it: which one, and what is asked of it after the
/// container was made. Noted in the run directory, so that a later process finds it.
final class ExternalCommands {
    private static final System.Logger LOG = System.getLogger(ExternalCommands.class.getName());
    private static final String NOTE = "runtime";
    private static final String LOG_FILE = "log.json";
    private static final int SECONDS = 30;
    private static final int MOST_SAID = 8192;

    private final ExternalRuntime runtime;
    private final String id;
    private final Path runDir;

    ExternalCommands(ExternalRuntime runtime, String id, Path runDir) {
        this.runtime = runtime;
        this.id = id;
        this.runDir = runDir;
    }

    ExternalRuntime runtime() {
        return runtime;
    }

    /// The command line of a verb for the plan, see {@link ExternalRuntime#command}.
    List<String> line(List<String> verb) {
        return runtime.command(runDir.resolve(LOG_FILE), verb);
    }

    void write() {
        List<String> lines = new ArrayList<>();
        lines.add(runtime.name());
        lines.add(runtime.path());
        lines.add(runtime.root().toString());
        lines.addAll(runtime.arguments());
        lines.add("end");
        try {
            Files.write(runDir.resolve(NOTE), lines);
            Files.createDirectories(runtime.root());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Empty for a container of the runtime of our own.
    ///
    /// @throws DataLoss when the note is damaged
    static Optional<ExternalCommands> read(String id, Path runDir) {
        List<String> lines;
        try {
            lines = Files.readAllLines(runDir.resolve(NOTE));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (lines.size() < 4 || !lines.getLast().equals("end")) {
            throw new DataLoss("the note of the runtime in " + runDir + " is damaged");
        }
        ExternalRuntime runtime =
                new ExternalRuntime(
                        lines.get(0),
                        lines.get(1),
                        lines.subList(3, lines.size() - 1),
                        Path.of(lines.get(2)));
        return Optional.of(new ExternalCommands(runtime, id, runDir));
    }

    /// @throws Internal with the runtime's words
    void kill(int signal) {
        run(List.of("kill", id, Integer.toString(signal)));
    }

    /// Removes what the runtime knows of the container, and kills it before.
    ///
    /// @throws Internal with the runtime's words
    void delete() {
        run(List.of("delete", "--force", id));
    }

    /// Deletes what may be there after a creation that failed.
    void forget() {
        try {
            delete();
        } catch (Internal e) {
            LOG.log(Level.DEBUG, "{0}", e.getMessage());
        }
    }

    private void run(List<String> verb) {
        Path log = runDir.resolve(verb.getFirst() + "-" + LOG_FILE);
        // a file takes whatever it says, read or not
        Path output = runDir.resolve(verb.getFirst() + "-output");
        try {
            Files.deleteIfExists(log);
            ProcessBuilder builder =
                    new ProcessBuilder(runtime.command(log, verb))
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().keySet().retainAll(List.of("PATH"));
            java.lang.Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw failed(verb, "it took longer than " + SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw failed(verb, lastError(log).orElse(said(output)));
            }
        } catch (IOException e) {
            throw failed(verb, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(verb, "interrupted");
        }
    }

    private static String said(Path output) throws IOException {
        try (InputStream in = Files.newInputStream(output)) {
            return new String(in.readNBytes(MOST_SAID), StandardCharsets.UTF_8).strip();
        }
    }

    private Internal failed(List<String> verb, String why) {
        return new Internal(
                new Subject("container", id),
                "OCI runtime " + verb.getFirst() + " failed: " + why,
                null);
    }

    /// What the runtime said last about an error, or how it ended.
    StartFailed failure(String verb, Refused refused) {
        String why = lastError(runDir.resolve(LOG_FILE)).orElse(refused.getMessage());
        return StartFailed.external(
                "have " + runtime.name() + " " + verb + " a process",
                "OCI runtime " + verb + " failed: " + why + ": unknown");
    }

    private static Optional<String> lastError(Path log) {
        try {
            String last = null;
            for (String line : Files.readAllLines(log)) {
                if (JsonLine.parse(line).get("level") instanceof String level
                        && (level.equals("error") || level.equals("fatal"))
                        && JsonLine.parse(line).get("msg") instanceof String message) {
                    last = message.strip();
                }
            }
            return Optional.ofNullable(last);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// A line of a log; without fields when it is no JSON.
    private static final class JsonLine {
        private static final Jsonb JSONB = Jsonb.builder().build();

        static Map<?, ?> parse(String line) {
            try {
                return JSONB.type(Object.class).fromJson(line) instanceof Map<?, ?> map
                        ? map
                        : Map.of();
            } catch (RuntimeException e) {
                return Map.of();
            }
        }
    }
}
