package dev.carafe.cli.session;

/// A daemon's address as a user shortens it, made whole: a path is a socket, a name without a
/// scheme is a host, a host without a port has that of its protocol. As docker's `-H`.
final class HostAddress {
    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;

    private HostAddress() {}

    /// @param text `/run/d.sock`, `unix://`, `host`, `:2375`, `tcp://[::1]`; other schemes stay as
    ///   they are
    /// @param secure the port is that of TLS, where none is named
    static String whole(String text, boolean secure) {
        String address = withScheme(text);
        if (address.equals("unix://")) {
            return Endpoint.DEFAULT_ADDRESS;
        }
        return address.startsWith("tcp://")
                ? "tcp://" + host(address.substring("tcp://".length()), secure)
                : address;
    }

    /// The same without what is left out filled in.
    static String withScheme(String text) {
        String trimmed = text.trim();
        if (trimmed.startsWith("/")) {
            return "unix://" + trimmed;
        }
        return trimmed.contains("://") ? trimmed : "tcp://" + trimmed;
    }

    private static String host(String rest, boolean secure) {
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash);
        boolean hasPort = authority.lastIndexOf(':') > authority.lastIndexOf(']');
        String port = hasPort ? "" : ":" + (secure ? TLS_PORT : PLAIN_PORT);
        boolean nameless = authority.isEmpty() || authority.startsWith(":");
        return (nameless ? "localhost" : "") + authority + port + path;
    }
}
