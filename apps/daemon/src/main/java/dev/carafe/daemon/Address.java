package dev.carafe.daemon;

import dev.carafe.base.InvalidArgument;
import java.nio.file.Path;

/// Where the API is to be listened for.
sealed interface Address {
    record Unix(Path path) implements Address {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /// @param host name or address without brackets; empty: all
    record Tcp(String host, int port) implements Address {
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    int PLAIN_PORT = 2375;
    int TLS_PORT = 2376;

    /// Reads `unix:///path`, `tcp://host:port`, `tcp://:port`, `tcp://[::1]:port`, `/path`.
    ///
    /// @param tls decides the port where none is given
    /// @throws InvalidArgument anything else
    static Address parse(String text, boolean tls) {
        if (text.startsWith("unix://")) {
            String path = text.substring("unix://".length());
            return path.isEmpty()
                    ? parse("unix:///run/carafe/carafe.sock", tls)
                    : new Unix(Path.of(path).toAbsolutePath());
        }
        if (text.startsWith("/")) {
            return new Unix(Path.of(text));
        }
        if (text.startsWith("fd://")) {
            throw new InvalidArgument(
                    "socket activation (" + text + ") is not supported: use unix:// or tcp://");
        }
        if (text.startsWith("tcp://")) {
            return tcp(text, text.substring("tcp://".length()), tls ? TLS_PORT : PLAIN_PORT);
        }
        throw new InvalidArgument(
                "invalid bind address (" + text + "): use unix:///path or tcp://host:port");
    }

    private static Tcp tcp(String text, String rest, int defaultPort) {
        String hostPort = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        int colon = hostPort.lastIndexOf(':');
        boolean port = colon >= 0 && colon > hostPort.lastIndexOf(']');
        String host = port ? hostPort.substring(0, colon) : hostPort;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        String number = port ? hostPort.substring(colon + 1) : Integer.toString(defaultPort);
        if (hostPort.indexOf('/') >= 0
                || !number.matches("[0-9]{1,5}")
                || Integer.parseInt(number) > 65535) {
            throw new InvalidArgument("invalid bind address (" + text + "): use tcp://host:port");
        }
        return new Tcp(
                host.isEmpty() && hostPort.isEmpty() ? "localhost" : host,
                Integer.parseInt(number));
    }
}
