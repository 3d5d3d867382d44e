package dev.carafe.daemon;

import dev.carafe.base.InvalidArgument;
import dev.carafe.daemon.options.Settings;
import dev.carafe.daemon.tls.TlsFiles;
import dev.carafe.dockerapi.DockerApi;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The sockets that the settings ask for.
final class Listeners {
    private static final Logger LOG = System.getLogger(Listeners.class.getName());

    private final List<Address> addresses;
    private final @Nullable SSLContext tls;
    private final boolean clientCertificates;
    private final @Nullable String group;

    private Listeners(
            List<Address> addresses,
            @Nullable SSLContext tls,
            boolean clientCertificates,
            @Nullable String group) {
        this.addresses = addresses;
        this.tls = tls;
        this.clientCertificates = clientCertificates;
        this.group = group;
    }

    /// Reads addresses and TLS files, and opens nothing.
    ///
    /// @throws InvalidArgument for what can't be
    static Listeners of(Settings settings) {
        boolean verify = settings.flag("tlsverify", false);
        boolean tls = verify || settings.flag("tls", false);
        List<Address> addresses = new ArrayList<>();
        settings.hosts().forEach(host -> addresses.add(Address.parse(host, tls)));
        return new Listeners(
                addresses,
                tls ? context(settings, verify) : null,
                verify,
                settings.text("group").orElse(null));
    }

    private static SSLContext context(Settings settings, boolean verify) {
        Path certificate = file(settings, "tlscert");
        Path key = file(settings, "tlskey");
        return new TlsFiles(certificate, key, verify ? file(settings, "tlscacert") : null)
                .context();
    }

    private static Path file(Settings settings, String option) {
        return settings.text(option)
                .map(Path::of)
                .orElseThrow(
                        () -> new InvalidArgument("TLS is on: --" + option + " must name a file"));
    }

    /// Adds them to the API, before it starts.
    void addTo(DockerApi api) {
        for (Address address : addresses) {
            switch (address) {
                case Address.Unix u -> {
                    new UnixSocketFile(u.path()).prepare();
                    api.listenUnix(u.path());
                }
                case Address.Tcp t -> {
                    warn(t);
                    api.listenTcp(t.host(), t.port(), tls, clientCertificates);
                }
            }
        }
    }

    private void warn(Address.Tcp address) {
        if (tls == null) {
            LOG.log(
                    Level.WARNING,
                    "DANGER: the API is served on tcp://"
                            + address
                            + " without TLS. Whoever reaches this port is root on this machine. Use --tlsverify, or a unix socket.");
        } else if (!clientCertificates) {
            LOG.log(
                    Level.WARNING,
                    "the API is served on tcp://"
                            + address
                            + " to clients without certificates. Whoever reaches this port is root on this machine. Use --tlsverify.");
        }
    }

    /// After the start: the socket files get their owners, and the log says that the API can be
    /// used.
    void ready() {
        for (Address address : addresses) {
            if (address instanceof Address.Unix u) {
                new UnixSocketFile(u.path()).hand(group);
            }
            LOG.log(Level.INFO, "API listen on " + address);
        }
    }
}
