package dev.carafe.engine.logs.ship;

import dev.carafe.base.ClientTls;
import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How a syslog service at `tcp+tls://` is known, by the driver's options.
///
/// @param files whom we trust, and who we are
record SyslogTls(ClientTls files) {
    static final Set<String> OPTIONS =
            Set.of(
                    "syslog-tls-ca-cert",
                    "syslog-tls-cert",
                    "syslog-tls-key",
                    "syslog-tls-skip-verify");

    /// @throws InvalidArgument a certificate without its key, or the other way about
    static SyslogTls of(Map<String, String> options) {
        String authority = options.getOrDefault("syslog-tls-ca-cert", "");
        String certificate = options.getOrDefault("syslog-tls-cert", "");
        String key = options.getOrDefault("syslog-tls-key", "");
        if (certificate.isEmpty() != key.isEmpty()) {
            throw new InvalidArgument("syslog-tls-cert and syslog-tls-key go together");
        }
        String unchecked = options.getOrDefault("syslog-tls-skip-verify", "false");
        return new SyslogTls(
                new ClientTls(
                        authority.isEmpty() ? List.of() : List.of(Path.of(authority)),
                        certificate.isEmpty()
                                ? List.of()
                                : List.of(
                                        new ClientTls.Identity(Path.of(certificate), Path.of(key))),
                        unchecked.equals("false")));
    }

    /// @throws InvalidArgument a file can't be read or holds something else
    void check() {
        try {
            files.context();
        } catch (IOException e) {
            throw new InvalidArgument(
                    Subject.NONE, "invalid options of syslog over TLS: " + e.getMessage(), e);
        }
    }
}
