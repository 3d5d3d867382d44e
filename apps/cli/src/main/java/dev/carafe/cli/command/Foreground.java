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
import org.jspecify.annotations.Nullable;

/// The user's streams joined to those of a process in a container: input on its own thread, output
/// on this one, raw mode and size of the terminal, signals.
final class Foreground implements AutoCloseable {
    private static final String[] PROXIED = {
        "HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "ALRM", "CONT", "WINCH", "TSTP", "TTIN",
        "TTOU"
    };

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

    /// Sends the signals that this command gets to the container.
    void proxySignals(String id, boolean wanted) {
        if (!wanted) {
            return;
        }
        Signals.handle(
                name -> {
                    if (!name.equals("WINCH")) {
                        signal(id, name);
                    }
                },
                PROXIED);
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

    /// Whether the stream ended by the detach keys, and not by the process.
    boolean detached(String id) {
        if (!tty || !keys.seen()) {
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
