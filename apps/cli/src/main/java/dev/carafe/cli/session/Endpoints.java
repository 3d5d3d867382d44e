package dev.carafe.cli.session;

import dev.carafe.cli.http.TlsOptions;
import dev.carafe.cli.json.JsonObject;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Finds the daemon: `-H`, then `--context`, CARAFE_HOST, DOCKER_HOST, CARAFE_CONTEXT,
/// DOCKER_CONTEXT, the configuration's current context, the default socket.
final class Endpoints {
    private final Globals globals;
    private final ConfigFile config;

    Endpoints(Globals globals, ConfigFile config) {
        this.globals = globals;
        this.config = config;
    }

    /// @throws Failure when flags conflict or a context does not exist
    Endpoint choose() {
        String host = globals.text("host");
        String context = globals.text("context");
        if (host != null && context != null) {
            throw new Failure("conflicting options: cannot specify both --host and --context");
        }
        if (host == null && context == null) {
            host = Globals.environment("HOST");
        }
        if (host != null) {
            return new Endpoint(normal(host), tls(), false);
        }
        if (context == null) {
            context = Globals.environment("CONTEXT");
        }
        if (context == null && config.chosen()) {
            // Only of a directory that the user named: the current context in ~/.docker was chosen
            // for docker's command
            context = config.content().text("currentContext");
        }
        return context == null || context.isEmpty() || context.equals("default")
                ? new Endpoint(Endpoint.DEFAULT_ADDRESS, null, true)
                : context(context);
    }

    private static String normal(String host) {
        String trimmed = host.trim();
        return trimmed.startsWith("/")
                ? "unix://" + trimmed
                : trimmed.indexOf("://") < 0 ? "tcp://" + trimmed : trimmed;
    }

    private @Nullable TlsOptions tls() {
        boolean verify =
                globals.bool("tlsverify")
                        || (!globals.has("tlsverify") && Globals.environment("TLS_VERIFY") != null);
        if (!verify && !globals.bool("tls")) {
            return null;
        }
        String fromEnvironment = Globals.environment("CERT_PATH");
        String directory = fromEnvironment == null ? config.directory().getPath() : fromEnvironment;
        return new TlsOptions(
                pem("tlscacert", directory + "/ca.pem"),
                pem("tlscert", directory + "/cert.pem"),
                pem("tlskey", directory + "/key.pem"),
                verify);
    }

    private @Nullable String pem(String flag, String fallback) {
        String given = globals.text(flag);
        return given != null ? given : existing(new File(fallback));
    }

    private static @Nullable String existing(File file) {
        return file.isFile() ? file.getPath() : null;
    }

    private Endpoint context(String name) {
        String id = sha256(name);
        File meta = new File(config.directory(), "contexts/meta/" + id + "/meta.json");
        if (!meta.isFile()) {
            throw new Failure(
                    "Current context \""
                            + name
                            + "\" is not found on the file system, please check your config file at "
                            + new File(config.directory(), "config.json"));
        }
        JsonObject docker = ConfigFile.read(meta).object("Endpoints").object("docker");
        String host = docker.text("Host");
        File tls = new File(config.directory(), "contexts/tls/" + id + "/docker");
        String authority = existing(new File(tls, "ca.pem"));
        String certificate = existing(new File(tls, "cert.pem"));
        boolean skip = docker.bool("SkipTLSVerify");
        boolean encrypted =
                authority != null || certificate != null || (skip && host.startsWith("tcp://"));
        TlsOptions options =
                encrypted
                        ? new TlsOptions(
                                authority, certificate, existing(new File(tls, "key.pem")), !skip)
                        : null;
        return host.isEmpty()
                ? new Endpoint(Endpoint.DEFAULT_ADDRESS, null, true)
                : new Endpoint(normal(host), options, false);
    }

    private static String sha256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
