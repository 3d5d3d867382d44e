package dev.carafe.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Content of a container's `/etc/resolv.conf` (resolv.conf(5)).
public final class ResolvConf {
    private static final List<String> FALLBACK = List.of("8.8.8.8", "8.8.4.4");

    private ResolvConf() {}

    /// The host's file without servers that a container can't reach (loopback, and IPv6 where the
    /// container has none), with each non-empty list in place of the host's lines of its kind.
    /// Without any server left: 8.8.8.8 and 8.8.4.4.
    ///
    /// @param host the host's file, see {@link HostResolver#read}
    /// @param search a single `.` means none at all
    public static String forContainer(
            String host, List<String> servers, List<String> search, List<String> options) {
        List<String> useServers =
                servers.isEmpty()
                        ? servers(host).stream().filter(ResolvConf::isReachable).toList()
                        : servers;
        List<String> useSearch = search.isEmpty() ? last(host, "search", "domain") : search;
        List<String> useOptions = options.isEmpty() ? last(host, "options") : options;
        StringBuilder out = new StringBuilder();
        (useServers.isEmpty() ? FALLBACK : useServers)
                .forEach(s -> out.append("nameserver ").append(s).append('\n'));
        if (!useSearch.isEmpty() && !useSearch.equals(List.of("."))) {
            out.append("search ").append(String.join(" ", useSearch)).append('\n');
        }
        if (!useOptions.isEmpty()) {
            out.append("options ").append(String.join(" ", useOptions)).append('\n');
        }
        return out.toString();
    }

    /// The host's own network: its file, changed only where asked for.
    public static String forHostNetwork(
            String host, List<String> servers, List<String> search, List<String> options) {
        if (servers.isEmpty() && search.isEmpty() && options.isEmpty()) {
            return host;
        }
        return forContainer(host, servers.isEmpty() ? servers(host) : servers, search, options);
    }

    static List<String> servers(String file) {
        return words(file)
                .filter(w -> w.size() > 1 && w.getFirst().equals("nameserver"))
                .map(w -> w.get(1))
                .toList();
    }

    /// By IPv4, from another network namespace.
    static boolean isReachable(String server) {
        return server.matches("\\d+\\.\\d+\\.\\d+\\.\\d+") && !server.startsWith("127.");
    }

    /// The last line of these kinds counts.
    private static List<String> last(String file, String... kinds) {
        List<String> found = new ArrayList<>();
        words(file)
                .filter(w -> List.of(kinds).contains(w.getFirst()))
                .forEach(w -> {
                    found.clear();
                    found.addAll(w.subList(1, w.size()));
                });
        return found;
    }

    private static Stream<List<String>> words(String file) {
        return file.lines()
                .map(line -> line.replaceFirst("[#;].*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> List.of(line.split("\\s+")));
    }
}
