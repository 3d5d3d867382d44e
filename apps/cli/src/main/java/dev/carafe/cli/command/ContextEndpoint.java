package dev.carafe.cli.command;

import dev.carafe.cli.flags.BadValue;
import dev.carafe.cli.flags.Csv;
import dev.carafe.cli.session.Context;
import dev.carafe.cli.session.ContextStore;
import dev.carafe.cli.session.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The daemon of `--docker host=tcp://h:2376,ca=ca.pem,cert=cert.pem,key=key.pem`.
final class ContextEndpoint {
    static final String HELP =
            "The daemon, as pairs:\n"
                    + "from=CONTEXT            as another context has it\n"
                    + "host=ADDRESS            unix://, tcp:// or ssh://\n"
                    + "ca=FILE                 trust only certificates of this authority\n"
                    + "cert=FILE, key=FILE     the client's certificate and its key\n"
                    + "skip-tls-verify=true    do not check the daemon's certificate";

    private static final String REFUSED = "unable to create docker endpoint config: ";

    private ContextEndpoint() {}

    /// @param flags values of `--docker`
    /// @param name of the context that gets this daemon
    /// @throws Failure for an unknown or contradictory setting, or a file that can't be read
    static Context read(List<String> flags, String name, String description, ContextStore store) {
        Map<String, String> pairs = pairs(flags);
        String from = pairs.remove("from");
        if (from != null) {
            if (!pairs.isEmpty()) {
                throw new Failure("cannot set \"from\" together with other settings of --docker");
            }
            return of(from, store).named(name).described(description);
        }
        String host = pairs.getOrDefault("host", "");
        if (!host.isEmpty() && !host.matches("(unix|tcp|ssh|http|https)://.*")) {
            throw new Failure(
                    REFUSED
                            + "unable to apply docker endpoint options: unable to parse docker host `"
                            + host
                            + "`");
        }
        Map<String, byte[]> tls = new TreeMap<>();
        put(tls, Context.CA, pairs.get("ca"));
        put(tls, Context.CERTIFICATE, pairs.get("cert"));
        put(tls, Context.KEY, pairs.get("key"));
        return new Context(
                name, description, host, bool(pairs.getOrDefault("skip-tls-verify", "")), tls);
    }

    /// A context by its name; `default` is the daemon that is used without one.
    static Context of(String name, ContextStore store) {
        return name.equals(Context.DEFAULT)
                ? new Context(name, "", "", false, Map.of())
                : store.get(name);
    }

    private static Map<String, String> pairs(List<String> flags) {
        Map<String, String> pairs = new TreeMap<>();
        for (String flag : flags) {
            try {
                for (String field : Csv.fields(flag)) {
                    int equals = field.indexOf('=');
                    String key = equals < 0 ? field : field.substring(0, equals);
                    if (equals < 0) {
                        throw new Failure(field + " must be formatted as key=value");
                    }
                    if (!List.of("from", "host", "ca", "cert", "key", "skip-tls-verify")
                            .contains(key)) {
                        throw new Failure(REFUSED + "unrecognized config key: " + key);
                    }
                    pairs.put(key, field.substring(equals + 1));
                }
            } catch (BadValue e) {
                throw new Failure("--docker " + flag + ": " + e.getMessage());
            }
        }
        return pairs;
    }

    private static void put(Map<String, byte[]> tls, String name, @Nullable String file) {
        if (file == null || file.isEmpty()) {
            return;
        }
        try {
            tls.put(name, Files.readAllBytes(Path.of(file)));
        } catch (IOException e) {
            throw new Failure("unable to read " + file + ": no such file, or not readable");
        }
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "", "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                    throw new Failure(
                            "skip-tls-verify: parsing \""
                                    + text
                                    + "\": invalid syntax, use true or false");
        };
    }
}
