package dev.carafe.cli.flags;

/// `nofile=1024:2048`, `core=0`; -1 is unlimited.
public record UlimitValue(String name, long soft, long hard) {
    private static final String NAMES =
            " core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack ";

    public static UlimitValue parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new BadValue("invalid ulimit argument: " + text);
        }
        String name = text.substring(0, equals);
        if (name.isEmpty() || name.indexOf(' ') >= 0 || !NAMES.contains(" " + name + " ")) {
            throw new BadValue("invalid ulimit type: " + name);
        }
        String limits = text.substring(equals + 1);
        int colon = limits.indexOf(':');
        long soft = Values.int64(colon < 0 ? limits : limits.substring(0, colon));
        long hard = colon < 0 ? soft : Values.int64(limits.substring(colon + 1));
        if (hard != -1 && (soft == -1 || soft > hard)) {
            throw new BadValue(
                    "ulimit soft limit must be less than or equal to hard limit: "
                            + soft
                            + " > "
                            + hard);
        }
        return new UlimitValue(name, soft, hard);
    }
}
