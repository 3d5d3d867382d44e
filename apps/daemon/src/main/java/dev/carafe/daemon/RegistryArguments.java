package dev.carafe.daemon;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import dev.carafe.daemon.tls.TlsFiles;
import dev.carafe.registry.Credentials;
import dev.carafe.registryserver.RegistryServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/// How a registry shall be served: the command line of `carafe registry serve`, or the daemon's
/// options `registry-addr` and `registry-opts`.
final class RegistryArguments {
    static final String HELP =
            """
            Usage:  carafe registry serve [OPTIONS]

            Serve a registry that docker, skopeo and others push to and pull from

            Options:
                  --listen string             Address and port (default "127.0.0.1:5000")
                  --root string               Folder of its data (default "/var/lib/carafe-registry")
                  --read-only                 Refuse pushes and deletions
                  --htpasswd string           File of users, made with 'htpasswd -B'; others are refused
                  --tls-cert string           Certificate in PEM; serves https
                  --tls-key string            Its private key in PEM
                  --mirror-of string          Be a pull-through cache of this registry, such as docker.io
                  --mirror-user string        Name to pull with from there
                  --mirror-password string    File that holds the password for it
                  --plain-http-anywhere       Serve http without TLS on addresses that others reach: dangerous
            """;

    private static final Set<String> SWITCHES = Set.of("read-only", "plain-http-anywhere");
    private static final Set<String> VALUES =
            Set.of(
                    "listen",
                    "root",
                    "htpasswd",
                    "tls-cert",
                    "tls-key",
                    "mirror-of",
                    "mirror-user",
                    "mirror-password");

    private final Map<String, String> given;

    private RegistryArguments(Map<String, String> given) {
        this.given = given;
    }

    /// @throws InvalidArgument for what is no option, in pflag's words
    static RegistryArguments parse(List<String> words) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("--")) {
                throw new InvalidArgument(
                        "\"carafe registry serve\" accepts no arguments: " + word);
            }
            int equals = word.indexOf('=');
            String name = word.substring(2, equals < 0 ? word.length() : equals);
            if (SWITCHES.contains(name)) {
                given.put(name, equals < 0 ? "true" : word.substring(equals + 1));
            } else if (!VALUES.contains(name)) {
                throw new InvalidArgument("unknown flag: --" + name);
            } else if (equals >= 0) {
                given.put(name, word.substring(equals + 1));
            } else if (++i < words.size()) {
                given.put(name, words.get(i));
            } else {
                throw new InvalidArgument("flag needs an argument: --" + name);
            }
        }
        return new RegistryArguments(given);
    }

    /// What the daemon was told; its registry is in its data root unless told otherwise.
    ///
    /// @param address host:port
    /// @param opts by the names of the command line's flags
    /// @throws InvalidArgument for what is no option
    static RegistryArguments ofDaemon(String address, Map<String, String> opts, Path dataRoot) {
        Map<String, String> given = new HashMap<>(opts);
        if (given.put("listen", address) != null) {
            throw new InvalidArgument("unknown registry-opt: listen; registry-addr says it");
        }
        opts.keySet().stream()
                .filter(name -> !SWITCHES.contains(name) && !VALUES.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidArgument("unknown registry-opt: " + name);
                });
        given.putIfAbsent("root", dataRoot.resolve("registry").toString());
        return new RegistryArguments(given);
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(given.get(name)).filter(text -> !text.isEmpty());
    }

    private boolean isOn(String name) {
        String text = given.getOrDefault(name, "false");
        if (!text.equals("true") && !text.equals("false")) {
            throw new InvalidArgument(
                    "invalid argument \"" + text + "\" for \"--" + name + "\" flag");
        }
        return text.equals("true");
    }

    /// @throws InvalidArgument for values that can't be
    RegistryServerOptions options() {
        String listen = value("listen").orElse("127.0.0.1:5000");
        int colon = listen.lastIndexOf(':');
        String host = listen.substring(0, Math.max(0, colon)).replaceAll("^\\[|]$", "");
        return new RegistryServerOptions(
                Path.of(value("root").orElse("/var/lib/carafe-registry")),
                host.isEmpty() ? "0.0.0.0" : host,
                port(listen.substring(colon + 1)),
                isOn("read-only"),
                tls(),
                value("htpasswd").map(Path::of),
                value("mirror-of"),
                credentials(),
                isOn("plain-http-anywhere"));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new InvalidArgument("invalid address of a registry: it must be ADDRESS:PORT");
    }

    private Optional<SSLContext> tls() {
        Optional<String> certificate = value("tls-cert");
        Optional<String> key = value("tls-key");
        if (certificate.isPresent() != key.isPresent()) {
            throw new InvalidArgument("--tls-cert and --tls-key go together");
        }
        return certificate.map(
                file -> new TlsFiles(Path.of(file), Path.of(key.orElseThrow()), null).context());
    }

    private Credentials credentials() {
        Optional<String> user = value("mirror-user");
        Optional<String> file = value("mirror-password");
        if (user.isEmpty() && file.isEmpty()) {
            return Credentials.NONE;
        }
        if (user.isEmpty() || file.isEmpty()) {
            throw new InvalidArgument("--mirror-user and --mirror-password go together");
        }
        try {
            String password = Files.readString(Path.of(file.get())).stripTrailing();
            return new Credentials(user.get(), password, "", "");
        } catch (IOException e) {
            throw new InvalidArgument(
                    Subject.NONE, "can't read --mirror-password " + file.get() + ": " + e, e);
        }
    }
}
