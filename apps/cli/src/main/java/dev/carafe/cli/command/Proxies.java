package dev.carafe.cli.command;

import dev.carafe.cli.json.JsonObject;
import dev.carafe.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The proxies of the client's configuration, `proxies.default` or those for the daemon's address,
/// as variables of containers and as arguments of builds.
final class Proxies {
    private static final String[][] NAMES = {
        {"httpProxy", "HTTP_PROXY"},
        {"httpsProxy", "HTTPS_PROXY"},
        {"noProxy", "NO_PROXY"},
        {"ftpProxy", "FTP_PROXY"},
        {"allProxy", "ALL_PROXY"}
    };

    private Proxies() {}

    /// `NAME=value` in capitals and in small letters, but for names that were given.
    ///
    /// @param given `NAME=value` or `NAME`
    static List<String> of(Session session, List<String> given) {
        JsonObject all = session.config().content().object("proxies");
        List<String> variables = new ArrayList<>();
        if (all.isEmpty()) {
            return variables;
        }
        String host = session.api().endpoint().address();
        JsonObject proxies = all.containsKey(host) ? all.object(host) : all.object("default");
        for (String[] names : NAMES) {
            String value = proxies.text(names[0]);
            if (!value.isEmpty()) {
                add(variables, given, names[1], value);
                add(variables, given, names[1].toLowerCase(Locale.ROOT), value);
            }
        }
        return variables;
    }

    private static void add(List<String> variables, List<String> given, String name, String value) {
        for (String set : given) {
            if (set.equals(name) || set.startsWith(name + "=")) {
                return;
            }
        }
        variables.add(name + "=" + value);
    }
}
