package dev.carafe.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A program run to its end: exit code and both outputs, bytes kept as they are.
record Command(int exit, byte[] stdout, byte[] stderr) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    static Command run(List<String> words) {
        return run(words, new byte[0], Map.of());
    }

    static Command run(List<String> words, byte[] stdin, Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(words);
            builder.environment().putAll(new HashMap<>(environment));
            Process process = builder.start();
            CompletableFuture<byte[]> out =
                    CompletableFuture.supplyAsync(() -> drain(process.getInputStream()));
            CompletableFuture<byte[]> err =
                    CompletableFuture.supplyAsync(() -> drain(process.getErrorStream()));
            try (OutputStream in = process.getOutputStream()) {
                in.write(stdin);
            } catch (IOException e) {
                // The program may end without reading its input.
            }
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "no end after "
                                + LIMIT
                                + ": "
                                + words
                                + "\n"
                                + text(out.join())
                                + text(err.join()));
            }
            return new Command(process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static Command shell(String script) {
        return run(List.of("sh", "-c", script));
    }

    String out() {
        return text(stdout);
    }

    String err() {
        return text(stderr);
    }

    /// Standard output without its last line end, after checking that the program succeeded.
    String ok() {
        if (exit != 0) {
            throw new AssertionError("exit " + exit + "\n" + out() + "\n" + err());
        }
        return out().stripTrailing();
    }

    /// What the program said on standard error, after checking that it succeeded.
    String said() {
        ok();
        return err();
    }

    /// What steps of a build said, of `--progress=plain`: a line end, and their lines.
    String logged() {
        StringBuilder lines = new StringBuilder("\n");
        said().lines()
                .filter(line -> line.matches("#\\d+ \\d+\\.\\d{3} .*"))
                .forEach(line -> lines.append(line.split(" ", 3)[2]).append('\n'));
        return lines.toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] drain(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Command c
                && exit == c.exit
                && Arrays.equals(stdout, c.stdout)
                && Arrays.equals(stderr, c.stderr);
    }

    @Override
    public int hashCode() {
        return exit * 31 + Arrays.hashCode(stdout);
    }

    @Override
    public String toString() {
        return "exit " + exit + "\n--- stdout\n" + out() + "\n--- stderr\n" + err();
    }
}
