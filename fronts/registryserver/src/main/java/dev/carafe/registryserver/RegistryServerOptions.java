package dev.carafe.registryserver;

import dev.carafe.base.InvalidArgument;
import dev.carafe.registry.Credentials;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// How a registry is served.
///
/// @param root folder of all its data, made when missing; one server at a time uses it
/// @param host address to listen on
/// @param port 0 for any free one
/// @param tls empty: plain http
/// @param htpasswd users with bcrypt hashes; empty: everybody may do everything
/// @param upstream host of the registry that this one is a pull-through cache of
/// @param plainHttpAnywhere serve plain http on addresses that others reach
public record RegistryServerOptions(
        Path root,
        String host,
        int port,
        boolean readOnly,
        Optional<SSLContext> tls,
        Optional<Path> htpasswd,
        Optional<String> upstream,
        Credentials upstreamCredentials,
        boolean plainHttpAnywhere) {
    /// @throws InvalidArgument for plain http on an address that others reach
    public RegistryServerOptions {
        if (tls.isEmpty() && !plainHttpAnywhere && !isLoopback(host)) {
            throw new InvalidArgument(
                    "refusing to serve plain http on "
                            + host
                            + ": whoever listens on the way reads passwords and images, and can change them. Give --tls-cert and --tls-key, or --plain-http-anywhere if you know what you do");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
