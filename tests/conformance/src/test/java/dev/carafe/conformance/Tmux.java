package dev.carafe.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A real terminal: a tmux server of its own with one window.
final class Tmux implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    /// Its own each time: a server that was told to end may still answer on its socket.
    private final String socket =
            "carafe-test-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();

    Tmux() {
        tmux("new-session", "-d", "-x", "100", "-y", "30", "sh").ok();
        tmux("set-option", "-g", "remain-on-exit", "on");
    }

    void type(String line) {
        tmux("send-keys", "-l", line).ok();
        tmux("send-keys", "Enter").ok();
    }

    void keys(String... keys) {
        List<String> words = new ArrayList<>(List.of("send-keys"));
        words.addAll(List.of(keys));
        tmux(words.toArray(String[]::new)).ok();
    }

    void resize(int columns, int rows) {
        tmux("resize-window", "-x", String.valueOf(columns), "-y", String.valueOf(rows));
    }

    /// Waits until the screen shows the text (on a line of its own where it begins with a line
    /// end).
    String waitFor(String text) {
        String screen = "";
        for (int i = 0; i < 200; i++) {
            screen = tmux("capture-pane", "-p", "-J").out();
            if (screen.contains(text)) {
                return screen;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("never on the screen: " + text + "\n" + screen);
    }

    private Command tmux(String... words) {
        List<String> all = new ArrayList<>(List.of("tmux", "-L", socket, "-f", "/dev/null"));
        all.addAll(List.of(words));
        return Command.run(all);
    }

    @Override
    public void close() {
        tmux("kill-server");
    }
}
