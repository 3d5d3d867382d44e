package dev.carafe.cli.terminal;

import java.io.File;
import java.io.IOException;

/// Whether standard streams are terminals.
public final class Terminals {
    private Terminals() {}

    /// Whether the file descriptor (0 to 2) is a terminal.
    ///
    /// The launcher script tells it in the system property `carafe.tty`, three digits 0 or 1, since
    /// a shell knows for nothing; else the link in /proc does.
    public static boolean isTerminal(int fd) {
        String known = System.getProperty("carafe.tty");
        if (known != null && known.length() == 3) {
            return known.charAt(fd) == '1';
        }
        try {
            String path = new File("/proc/self/fd/" + fd).getCanonicalPath();
            return path.startsWith("/dev/pts/")
                    || path.startsWith("/dev/tty")
                    || path.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
