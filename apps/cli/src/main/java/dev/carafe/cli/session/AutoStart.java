package dev.carafe.cli.session;

import dev.carafe.cli.http.HttpConnection;
import dev.carafe.cli.terminal.Output;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Starts the daemon in the background when nobody answers at the default socket.
///
/// The system property `carafe.daemon.command` is the shell command that runs a daemon; the
/// launcher script sets it.
final class AutoStart {
    private static final long DEADLINE_SECONDS = 30;

    /// After our daemon gave up, another one may be on its way to the same socket.
    private static final long GRACE_MILLIS = 500;

    /// A daemon that puts itself into the background ends its first process at once.
    private static final long BACKGROUND_MILLIS = 10_000;

    private static final int TAIL_BYTES = 2048;

    private final Endpoint endpoint;
    private final Output err;
    private final String command;
    private final File directory;

    /// @param command a shell command that runs the daemon until it is ended
    AutoStart(Endpoint endpoint, Output err, String command) {
        this.command = command;
        this.endpoint = endpoint;
        this.err = err;
        File parent = new File(endpoint.socketPath()).getParentFile();
        this.directory = parent == null ? new File("/run/carafe") : parent;
    }

    static boolean allowed(Endpoint endpoint, Globals globals) {
        String off = System.getenv("CARAFE_NO_AUTOSTART");
        return endpoint.isDefault()
                && globals.mayStart()
                && (off == null || off.isEmpty() || off.equals("0"))
                && System.getProperty("carafe.daemon.command") != null;
    }

    /// Returns a connection to the new daemon, or to the one that another command started
    /// meanwhile.
    ///
    /// @throws Failure with the end of the daemon's log when it does not come up
    HttpConnection start() {
        if (!directory.isDirectory() && !directory.mkdirs()) {
            throw new Failure(
                    "Cannot start the Carafe daemon: cannot create "
                            + directory
                            + " (are you root?)");
        }
        File lockFile = new File(directory, "autostart.lock");
        try (RandomAccessFile file = new RandomAccessFile(lockFile, "rw");
                FileLock lock = file.getChannel().lock()) {
            HttpConnection running = tryConnect();
            return running != null && lock.isValid() ? running : spawn();
        } catch (IOException e) {
            throw new Failure("Cannot start the Carafe daemon: " + e.getMessage());
        }
    }

    private HttpConnection spawn() throws IOException {
        if (err.isTerminal()) {
            err.line("Starting the Carafe daemon ...").flush();
        }
        File log = new File(directory, "daemon.log");
        String script =
                "if command -v setsid >/dev/null 2>&1; then exec setsid "
                        + command
                        + "; else trap '' HUP INT; exec "
                        + command
                        + "; fi";
        Process daemon =
                new ProcessBuilder("/bin/sh", "-c", script)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                        .redirectErrorStream(true)
                        .start();
        return await(daemon, log);
    }

    private HttpConnection await(Process daemon, File log) throws IOException {
        long start = System.nanoTime();
        long deadline = start + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        boolean gaveUp = false;
        while (System.nanoTime() < deadline) {
            HttpConnection connection = tryConnect();
            if (connection != null) {
                return connection;
            }
            if (!gaveUp && !daemon.isAlive()) {
                gaveUp = true;
                deadline =
                        System.nanoTime()
                                + TimeUnit.MILLISECONDS.toNanos(
                                        daemon.exitValue() == 0 ? BACKGROUND_MILLIS : GRACE_MILLIS);
            }
            sleep();
        }
        String why =
                gaveUp
                        ? "it ended with status " + daemon.exitValue()
                        : "it does not answer at " + endpoint.address();
        throw new Failure(
                "Cannot start the Carafe daemon: "
                        + why
                        + ". The end of "
                        + log
                        + ":\n"
                        + tail(log));
    }

    private @Nullable HttpConnection tryConnect() {
        try {
            return endpoint.connect();
        } catch (IOException nobody) {
            return null;
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(130, "");
        }
    }

    private static String tail(File log) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log, "r")) {
            file.seek(Math.max(0, file.length() - TAIL_BYTES));
            byte[] end = new byte[TAIL_BYTES];
            int n = Math.max(0, file.read(end));
            return new String(end, 0, n, StandardCharsets.UTF_8).strip();
        }
    }
}
