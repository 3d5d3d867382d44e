package dev.carafe.cli.session;

import dev.carafe.cli.http.TlsOptions;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds the daemon: `-H`, then `--context`, CARAFE_HOST, DOCKER_HOST, CARAFE_CONTEXT,
/// DOCKER_CONTEXT, the configuration's current context, the default socket.
final class Endpoints {
    private static final String UNRESOLVED =
            "Failed to initialize: unable to resolve docker endpoint: ";
    private static final List<String> SCHEMES =
            List.of("unix://", "tcp://", "ssh://", "http://", "https://");

    private final Globals globals;
    private final ConfigFile config;
    private final ContextStore contexts;

    Endpoints(Globals globals, ConfigFile config) {
        this.globals = globals;
        this.config = config;
        this.contexts = new ContextStore(config);
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
            TlsOptions tls = tls();
            String address = HostAddress.whole(host, tls != null);
            if (SCHEMES.stream().noneMatch(address::startsWith)) {
                throw new Failure(UNRESOLVED + "invalid bind address format: " + address);
            }
            return new Endpoint(address, tls, false);
        }
        if (context == null) {
            context = currentContext();
        }
        return context.isEmpty() || context.equals(Context.DEFAULT)
                ? new Endpoint(Endpoint.DEFAULT_ADDRESS, null, true)
                : context(context);
    }

    /// The context that is used when neither flags nor a host in the environment say anything.
    private String currentContext() {
        String named = Globals.environment("CONTEXT");
        String name = named == null ? contexts.chosen() : named;
        return name == null ? Context.DEFAULT : name;
    }

    /// The name of the context in use; the default one where a host was given.
    String contextName() {
        String flag = globals.text("context");
        if (flag != null) {
            return flag;
        }
        return globals.text("host") != null || Globals.environment("HOST") != null
                ? Context.DEFAULT
                : currentContext();
    }

    /// The variables that lead a program which knows docker's only to the same daemon; null takes
    /// one away. Options before the command come on top.
    Map<String, @Nullable String> asDockers() {
        Map<String, @Nullable String> all = new TreeMap<>();
        if (System.getenv("CARAFE_CONFIG") != null) {
            all.put("DOCKER_CONFIG", config.directory().getPath());
        }
        String host = Globals.environment("HOST");
        if (host != null) {
            all.put("DOCKER_HOST", HostAddress.withScheme(host));
            return all;
        }
        String context = currentContext();
        boolean standard = context.equals(Context.DEFAULT);
        all.put("DOCKER_HOST", standard ? Endpoint.DEFAULT_ADDRESS : null);
        all.put("DOCKER_CONTEXT", standard ? null : context);
        return all;
    }

    private @Nullable TlsOptions tls() {
        boolean verify =
                globals.bool("tlsverify")
                        || (!globals.has("tlsverify") && Globals.environment("TLS_VERIFY") != null);
        boolean unverified =
                globals.has("tls")
                        ? globals.bool("tls")
                        : !globals.has("tlsverify") && Globals.environment("TLS") != null;
        if (!verify && !unverified) {
            return null;
        }
        String fromEnvironment = Globals.environment("CERT_PATH");
        String directory = fromEnvironment == null ? config.directory().getPath() : fromEnvironment;
        String given = globals.text("tlscacert");
        File authority = new File(given == null ? directory + "/ca.pem" : given);
        if (verify && !authority.isFile()) {
            throw new Failure(UNRESOLVED + "open " + authority + ": no such file or directory");
        }
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
        Context context;
        try {
            context = contexts.get(name);
        } catch (Failure e) {
            throw new Failure(UNRESOLVED + e.text());
        }
        if (context.host().isEmpty()) {
            return new Endpoint(Endpoint.DEFAULT_ADDRESS, null, true);
        }
        File folder = contexts.tlsFolder(name).resolve("docker").toFile();
        boolean encrypted =
                !context.tls().isEmpty()
                        || (context.skipTlsVerify() && context.host().startsWith("tcp://"));
        TlsOptions options =
                encrypted
                        ? new TlsOptions(
                                existing(new File(folder, Context.CA)),
                                existing(new File(folder, Context.CERTIFICATE)),
                                existing(new File(folder, Context.KEY)),
                                !context.skipTlsVerify())
                        : null;
        return new Endpoint(HostAddress.whole(context.host(), options != null), options, false);
    }
}
