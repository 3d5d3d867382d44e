package dev.carafe.cli.flags;

import java.util.Locale;

/// Checks of list-valued flags, one value at a time.
final class Checks {
    private Checks() {}

    static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    static void filter(String text) {
        if (!text.isEmpty() && text.indexOf('=') < 0) {
            throw new BadValue("bad format of filter (expected name=value)");
        }
    }

    static void sysctl(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? "" : text.substring(0, equals);
        boolean known =
                switch (name) {
                    case "kernel.msgmax",
                            "kernel.msgmnb",
                            "kernel.msgmni",
                            "kernel.sem",
                            "kernel.shmall",
                            "kernel.shmmax",
                            "kernel.shmmni",
                            "kernel.shm_rmid_forced" ->
                            true;
                    default -> name.startsWith("net.") || name.startsWith("fs.mqueue.");
                };
        if (!known) {
            throw new BadValue("sysctl '" + text + "' is not allowed");
        }
    }

    static void env(String text) {
        if (text.isEmpty() || text.charAt(0) == '=') {
            throw new BadValue("invalid environment variable: " + text);
        }
    }

    static void label(String text) {
        int equals = text.indexOf('=');
        if ((equals < 0 ? text : text.substring(0, equals)).isBlank()) {
            throw new BadValue("invalid label '" + text + "': empty name");
        }
    }

    static void attach(String text) {
        switch (text.toLowerCase(Locale.ROOT)) {
            case "stdin", "stdout", "stderr" -> {}
            default -> throw new BadValue("valid streams are STDIN, STDOUT and STDERR");
        }
    }

    static void extraHost(String text) {
        String[] parts = hostAndAddress(text);
        if (parts.length == 0) {
            throw new BadValue("bad format for add-host: " + quote(text));
        }
        String address = parts[1];
        if (!address.equals("host-gateway") && !Addresses.isIp(unbracket(address))) {
            throw new BadValue("invalid IP address in add-host: " + quote(address));
        }
    }

    /// `host=ip` or `host:ip` as two parts, or none. An address keeps its brackets.
    static String[] hostAndAddress(String text) {
        int at = text.indexOf('=');
        int colon = text.indexOf(':');
        at = at < 0 || (colon >= 0 && colon < at) ? colon : at;
        return at <= 0
                ? new String[0]
                : new String[] {text.substring(0, at), text.substring(at + 1)};
    }

    static String unbracket(String address) {
        return address.startsWith("[") && address.endsWith("]")
                ? address.substring(1, address.length() - 1)
                : address;
    }

    static void ip(String text) {
        if (!Addresses.isIp(text.trim())) {
            throw new BadValue("IP address is not correctly formatted: " + text);
        }
    }

    static void dnsSearch(String text) {
        String domain = text.trim();
        boolean good = domain.equals(".") || !domain.isEmpty() && domain.length() <= 255;
        for (int i = 0; good && i < domain.length(); i++) {
            char c = domain.charAt(i);
            good = c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
        }
        if (!good) {
            throw new BadValue(text + " is not a valid domain");
        }
    }

    /// `c 1:3 mr`
    static void deviceRule(String text) {
        String[] parts = text.split(" ", -1);
        boolean good =
                parts.length == 3
                        && (parts[0].equals("a") || parts[0].equals("b") || parts[0].equals("c"))
                        && isNumbers(parts[1])
                        && !parts[2].isEmpty()
                        && parts[2].length() <= 3;
        for (int i = 0; good && i < parts[2].length(); i++) {
            good = "rwm".indexOf(parts[2].charAt(i)) >= 0;
        }
        if (!good) {
            throw new BadValue("invalid device cgroup format '" + text + "'");
        }
    }

    private static boolean isNumbers(String text) {
        String[] numbers = text.split(":", -1);
        return numbers.length == 2 && isNumberOrStar(numbers[0]) && isNumberOrStar(numbers[1]);
    }

    private static boolean isNumberOrStar(String text) {
        boolean digits = !text.isEmpty();
        for (int i = 0; i < text.length(); i++) {
            digits &= Character.isDigit(text.charAt(i));
        }
        return digits || text.equals("*");
    }

    static void link(String text) {
        if (text.isEmpty()) {
            throw new BadValue("empty string specified for links");
        }
        if (text.split(":", -1).length > 2) {
            throw new BadValue("bad format for links: " + text);
        }
    }
}
