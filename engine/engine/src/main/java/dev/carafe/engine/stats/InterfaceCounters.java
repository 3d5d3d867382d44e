package dev.carafe.engine.stats;

import java.util.Map;
import java.util.TreeMap;

/// What went through a network interface since it was made.
public record InterfaceCounters(
        long receivedBytes,
        long receivedPackets,
        long receiveErrors,
        long receiveDropped,
        long sentBytes,
        long sentPackets,
        long sendErrors,
        long sendDropped) {
    private static final int COLUMNS = 16;

    /// By interface name.
    ///
    /// @param text of /proc/PID/net/dev, proc_pid_net(5)
    static Map<String, InterfaceCounters> parse(String text) {
        Map<String, InterfaceCounters> all = new TreeMap<>();
        for (String line : text.split("\n")) {
            int colon = line.indexOf(':');
            String[] n =
                    colon < 0 ? new String[0] : line.substring(colon + 1).strip().split("\\s+");
            if (n.length >= COLUMNS) {
                all.put(
                        line.substring(0, colon).strip(),
                        new InterfaceCounters(
                                number(n[0]),
                                number(n[1]),
                                number(n[2]),
                                number(n[3]),
                                number(n[8]),
                                number(n[9]),
                                number(n[10]),
                                number(n[11])));
            }
        }
        return all;
    }

    private static long number(String word) {
        return Long.parseUnsignedLong(word);
    }
}
