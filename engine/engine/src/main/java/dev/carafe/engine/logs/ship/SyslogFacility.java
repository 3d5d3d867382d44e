package dev.carafe.engine.logs.ship;

import dev.carafe.base.InvalidArgument;
import java.util.List;

/// The facilities of syslog (RFC 3164, 4.1.1) by name or number.
final class SyslogFacility {
    private static final int DAEMON = 3;
    private static final int LOCAL_0 = 16;
    private static final int LAST = 23;
    private static final List<String> NAMES =
            List.of(
                    "kern",
                    "user",
                    "mail",
                    "daemon",
                    "auth",
                    "syslog",
                    "lpr",
                    "news",
                    "uucp",
                    "cron",
                    "authpriv",
                    "ftp");

    private SyslogFacility() {}

    /// @throws InvalidArgument with Docker's words
    static int parse(String text) {
        if (text.isEmpty()) {
            return DAEMON;
        }
        int named = NAMES.indexOf(text);
        if (named >= 0) {
            return named;
        }
        if (text.matches("local[0-7]")) {
            return LOCAL_0 + text.charAt(5) - '0';
        }
        if (text.matches("[0-9]{1,2}") && Integer.parseInt(text) <= LAST) {
            return Integer.parseInt(text);
        }
        throw new InvalidArgument("invalid syslog facility");
    }
}
