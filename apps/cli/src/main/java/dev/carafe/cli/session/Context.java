package dev.carafe.cli.session;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A named daemon, as `docker context` keeps it.
///
/// @param host address of the daemon; empty = the default socket
/// @param skipTlsVerify whether the daemon's certificate goes unchecked
/// @param tls PEM files by name: `ca.pem`, `cert.pem`, `key.pem`
public record Context(
        String name,
        String description,
        String host,
        boolean skipTlsVerify,
        Map<String, byte[]> tls) {
    public static final String DEFAULT = "default";
    public static final String CA = "ca.pem";
    public static final String CERTIFICATE = "cert.pem";
    public static final String KEY = "key.pem";

    public Context {
        tls = Map.copyOf(new TreeMap<>(tls));
    }

    /// What is used without a context.
    public static Context standard(String description) {
        String host = Globals.environment("HOST");
        return new Context(
                DEFAULT,
                description,
                host == null ? Endpoint.DEFAULT_ADDRESS : host,
                false,
                Map.of());
    }

    public Context named(String other) {
        return new Context(other, description, host, skipTlsVerify, tls);
    }

    public Context described(@Nullable String other) {
        return other == null ? this : new Context(name, other, host, skipTlsVerify, tls);
    }

    /// @throws Failure when no context may be called so
    public static String checked(String name) {
        if (name.equals(DEFAULT)) {
            throw new Failure("\"default\" is a reserved context name");
        }
        if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.+-]+")) {
            throw new Failure(
                    "context name \""
                            + name
                            + "\" is invalid, names are validated against regexp"
                            + " \"^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$\"");
        }
        return name;
    }
}
