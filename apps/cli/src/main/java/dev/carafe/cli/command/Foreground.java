package dev.carafe.cli.command;

import dev.carafe.cli.http.Demultiplexer;
import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.ApiFailure;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Query;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.session.Stream;
import dev.carafe.cli.terminal.DetachKeys;
import dev.carafe.cli.terminal.RawMode;
import dev.carafe.cli.terminal.Signals;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The user's streams joined to those of a process in a container: input on its own thread, output
/// on this one, raw mode and size of the terminal, signals.
final class Foreground implements AutoCloseable {
    private static final String[] PROXIED = {
        "HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "ALRM", "CONT", "WINCH", "TSTP", "TTIN",
        "TTOU"
    };

    private static final int LAST_END = 3;

    private final Session session;
    private final Stream stream;
    private final boolean tty;
    private final boolean input;
    private @Nullable RawMode raw;
    private final DetachKeys keys;

    /// @param input whether the user's input goes to the process
    /// @param detachKeys null = the default
    Foreground(
            Session session,
            Stream stream,
            boolean tty,
            boolean input,
            @Nullable String detachKeys) {
        this.keys = new DetachKeys(detachKeys);
        this.session = session;
        this.stream = stream;
        this.tty = tty;
        this.input = input;
        if (tty && input && session.inIsTerminal()) {
            session.err().flush();
            session.out().flush();
            raw = RawMode.enter();
        }
    }

    /// Sends the signals that this command gets to the container. Who asks for the end a third time
    /// gets it: a process may heed no signal.
    void proxySignals(String id, boolean wanted) {
        if (!wanted) {
            return;
        }
        AtomicInteger ends = new AtomicInteger();
        Signals.handle(
                name -> {
                    boolean end = name.equals("INT") || name.equals("TERM");
                    if (end && ends.incrementAndGet() >= LAST_END) {
                        session.out().flush();
                        session.err()
                                .print("\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n")
                                .flush();
                        Runtime.getRuntime().halt(1);
                    }
                    if (!name.equals("WINCH")) {
                        signal(id, name);
                    }
                },
                PROXIED);
    }

    /// Rows and columns of the user's terminal as the API takes them, for the terminal that is made
    /// there; empty without one.
    static List<Object> consoleSize(Session session, boolean tty) {
        if (!tty || !session.inIsTerminal()) {
            return List.of();
        }
        int[] size = RawMode.size();
        return size[0] > 0 && size[1] > 0 ? List.of((long) size[0], (long) size[1]) : List.of();
    }

    private void signal(String id, String name) {
        // Own session: the main thread may be amid a request
        try {
            sideSession().api().post("/containers/" + id + "/kill?signal=" + name);
        } catch (Failure e) {
            // The process is gone, or not there yet; docker's command says nothing either
            if (session.globals().bool("debug")) {
                session.err().line("signal " + name + ": " + e.text()).flush();
            }
        }
    }

    private Session sideSession() {
        return new Session(session.globals(), session.in(), false, session.out(), session.err());
    }

    /// Keeps the terminal there as large as the one here.
    void resizeTo(String path) {
        RawMode mode = raw;
        if (!tty || mode == null) {
            return;
        }
        resize(session, path, mode.rows(), mode.columns());
        Signals.handle(
                name -> {
                    int[] size = RawMode.size();
                    resize(sideSession(), path, size[0], size[1]);
                },
                "WINCH");
    }

    private static void resize(Session session, String path, int rows, int columns) {
        if (rows <= 0 || columns <= 0) {
            return;
        }
        try {
            session.api()
                    .post(
                            Query.of(path)
                                    .with("h", Integer.toString(rows))
                                    .with("w", Integer.toString(columns))
                                    .toString());
        } catch (ApiFailure e) {
            // the process has ended already
        }
    }

    /// Rows and columns of the terminal, for requests that take them; null without a terminal.
    int @Nullable [] size() {
        RawMode mode = raw;
        return mode == null ? null : new int[] {mode.rows(), mode.columns()};
    }

    /// Copies until the process's output ends.
    void copy() throws IOException {
        if (input) {
            Thread thread = new Thread(this::sendInput, "stdin");
            thread.setDaemon(true);
            thread.start();
        }
        if (tty || !stream.multiplexed()) {
            copyRaw(stream.in());
        } else {
            Demultiplexer.copy(stream.in(), session.out(), session.err());
        }
    }

    private void copyRaw(InputStream in) throws IOException {
        byte[] buffer = new byte[32 * 1024];
        for (int n = in.read(buffer, 0, buffer.length);
                n >= 0;
                n = in.read(buffer, 0, buffer.length)) {
            session.out().write(buffer, 0, n);
        }
    }

    private void sendInput() {
        byte[] buffer = new byte[32 * 1024];
        try {
            InputStream in = session.in();
            for (int n = in.read(buffer, 0, buffer.length);
                    n >= 0;
                    n = in.read(buffer, 0, buffer.length)) {
                keys.watch(buffer, n);
                stream.write(buffer, 0, n);
            }
            if (!tty || raw == null) {
                stream.closeWrite();
            }
        } catch (IOException e) {
            // The process does not read any more: its end will be told
        }
    }

    /// Whether the keys that detach were typed.
    boolean askedToDetach() {
        return tty && keys.seen();
    }

    /// How `attach` and `exec` end that were left by the keys.
    static Failure left() {
        return new Failure(1, "read escape sequence");
    }

    /// Whether the stream ended by the detach keys, and not by the process.
    boolean detached(String id) {
        if (!askedToDetach()) {
            return false;
        }
        try {
            JsonObject state =
                    session.api().getObject("/containers/" + id + "/json").object("State");
            return state.bool("Running");
        } catch (ApiFailure gone) {
            return false;
        }
    }

    @Override
    public void close() {
        RawMode mode = raw;
        if (mode != null) {
            mode.close();
        }
    }
}
