package dev.carafe.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The terminal on standard input in raw mode, until closed.
public final class RawMode implements AutoCloseable {
    private static final File TTY = new File("/dev/tty");

    private final String saved;
    private final int rows;
    private final int columns;
    private boolean restored;

    private RawMode(String saved, int rows, int columns) {
        this.saved = saved;
        this.rows = rows;
        this.columns = columns;
    }

    /// One child process saves the state, asks the size and sets raw mode. Null when there is no
    /// terminal to set.
    public static @Nullable RawMode enter() {
        String answer = run("s=$(stty -g) && stty raw -echo && echo \"$s\" && stty size");
        String[] lines = answer.split("\n");
        if (lines.length < 2) {
            return null;
        }
        int[] size = size(lines[1]);
        return new RawMode(lines[0].trim(), size[0], size[1]);
    }

    /// Rows and columns of the terminal now; 0 when unknown.
    public static int[] size() {
        return size(run("stty size"));
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    @Override
    public synchronized void close() {
        if (!restored) {
            restored = true;
            run("stty " + saved);
        }
    }

    private static int[] size(String text) {
        int space = text.indexOf(' ');
        try {
            return space < 0
                    ? new int[] {0, 0}
                    : new int[] {
                        Integer.parseInt(text.substring(0, space).trim()),
                        Integer.parseInt(text.substring(space + 1).trim())
                    };
        } catch (NumberFormatException e) {
            return new int[] {0, 0};
        }
    }

    private static String run(String script) {
        try {
            Process child =
                    new ProcessBuilder("/bin/sh", "-c", script)
                            .redirectInput(TTY)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String answer =
                    new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            child.waitFor(5, TimeUnit.SECONDS);
            return answer;
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
