package dev.carafe.engine.container;

import dev.carafe.base.InvalidArgument;
import java.util.List;
import java.util.Locale;

/// Signal names of signal(7), as numbers of x86_64 and aarch64.
public final class Signals {
    public static final int KILL = 9;
    public static final int TERM = 15;
    private static final List<String> NAMES =
            List.of(
                    "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1",
                    "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP",
                    "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO",
                    "PWR", "SYS");
    private static final int REALTIME_FIRST = 34;
    private static final int REALTIME_LAST = 64;

    private Signals() {}

    /// @param text `KILL`, `SIGKILL`, `9`, `RTMIN+3`
    /// @throws InvalidArgument `invalid signal: x`, `the linux daemon does not support signal 99`
    public static int parse(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        boolean prefixed = upper.startsWith("SIG");
        String name = prefixed ? upper.substring(3) : upper;
        int index = NAMES.indexOf(name);
        if (index >= 0) {
            return index + 1;
        }
        int number =
                switch (name) {
                    case "IOT" -> 6;
                    case "CLD" -> 17;
                    case "POLL" -> 29;
                    case "RTMIN" -> REALTIME_FIRST;
                    case "RTMAX" -> REALTIME_LAST;
                    default -> prefixed && isNumber(name) ? -1 : number(name);
                };
        if (number > REALTIME_LAST) {
            throw new InvalidArgument("the linux daemon does not support signal " + number);
        }
        if (number < 1) {
            throw new InvalidArgument("invalid signal: " + text);
        }
        return number;
    }

    /// `SIG9` is no name of a signal.
    private static boolean isNumber(String name) {
        return !name.isEmpty() && Character.isDigit(name.charAt(0));
    }

    private static int number(String name) {
        try {
            if (name.startsWith("RTMIN+")) {
                return REALTIME_FIRST + Integer.parseInt(name.substring(6));
            }
            return name.startsWith("RTMAX-")
                    ? REALTIME_LAST - Integer.parseInt(name.substring(6))
                    : Integer.parseInt(name);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
