package dev.carafe.cli.session;

import dev.carafe.cli.http.ChannelTransport;
import dev.carafe.cli.http.HttpConnection;
import dev.carafe.cli.http.ProcessTransport;
import dev.carafe.cli.http.Tls;
import dev.carafe.cli.http.TlsOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a daemon listens.
///
/// @param address as the user gives it: `unix:///run/carafe/carafe.sock`, `tcp://host:2376`,
///   `ssh://user@host`
/// @param tls null = none
/// @param isDefault nobody named it: a daemon may be started there
public record Endpoint(String address, @Nullable TlsOptions tls, boolean isDefault) {
    public static final String DEFAULT_ADDRESS = "unix:///run/carafe/carafe.sock";

    /// @throws Failure when the address can't be understood
    /// @throws IOException when nobody answers there
    public HttpConnection connect() throws IOException {
        if (address.startsWith("unix://")) {
            return new HttpConnection(ChannelTransport.unix(socketPath()), "api.carafe.localhost");
        }
        if (address.startsWith("ssh://")) {
            return new HttpConnection(ProcessTransport.start(ssh()), "api.carafe.localhost");
        }
        if (!address.startsWith("tcp://")
                && !address.startsWith("http://")
                && !address.startsWith("https://")) {
            throw new Failure("unable to parse docker host `" + address + "`");
        }
        return tcp();
    }

    /// The path of a unix socket.
    String socketPath() {
        return address.substring("unix://".length());
    }

    private HttpConnection tcp() throws IOException {
        String rest = address.substring(address.indexOf("://") + 3);
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, colon) : authority;
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        bare = bare.isEmpty() ? "localhost" : bare;
        TlsOptions secure =
                tls != null || !address.startsWith("https://")
                        ? tls
                        : new TlsOptions(null, null, null, true);
        int port = hasPort ? port(authority.substring(colon + 1)) : secure == null ? 2375 : 2376;
        return new HttpConnection(
                secure == null ? ChannelTransport.tcp(bare, port) : Tls.connect(bare, port, secure),
                authority);
    }

    private int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Failure("unable to parse docker host `" + address + "`");
        }
    }

    /// The words that reach the daemon of another machine: its docker, which knows its daemon's
    /// address, or where there is none its carafe. A path is a socket there.
    ///
    /// @throws Failure when the path is not a plain one
    List<String> ssh() {
        String rest = address.substring("ssh://".length());
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        int at = authority.indexOf('@');
        int colon = authority.lastIndexOf(':');
        List<String> command = new ArrayList<>(List.of("ssh", "-o", "ConnectTimeout=30", "-T"));
        if (at > 0) {
            command.addAll(List.of("-l", authority.substring(0, at)));
        }
        if (colon > at) {
            command.addAll(List.of("-p", authority.substring(colon + 1)));
        }
        command.add("--");
        command.add(authority.substring(at + 1, colon > at ? colon : authority.length()));
        String socket = slash < 0 || slash == rest.length() - 1 ? "" : rest.substring(slash);
        if (!socket.matches("[\\w./+@-]*")) {
            throw new Failure("unable to parse docker host `" + address + "`");
        }
        String words =
                (socket.isEmpty() ? "" : "--host unix://" + socket + " ") + "system dial-stdio";
        command.add(
                "sh -c 'command -v docker >/dev/null && exec docker "
                        + words
                        + "; exec carafe "
                        + words
                        + "'");
        return command;
    }
}
