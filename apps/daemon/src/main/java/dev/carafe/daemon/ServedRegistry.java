package dev.carafe.daemon;

import dev.carafe.base.Undo;
import dev.carafe.registry.Registries;
import dev.carafe.registryserver.RegistryServer;
import dev.carafe.registryserver.RegistryServerOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// A registry that this process serves, with the lock on its folder.
final class ServedRegistry implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ServedRegistry.class.getName());

    private final Undo undo;

    private ServedRegistry(Undo undo) {
        this.undo = undo;
    }

    /// Returns when it listens; what it serves, and what is dangerous in it, is in the log.
    ///
    /// @throws dev.carafe.base.CarafeException the folder is another's, or the address can't be had
    static ServedRegistry start(RegistryServerOptions options, Registries registries) {
        Undo undo = new Undo();
        try {
            RootLock lock = RootLock.take(options.root(), "root");
            undo.push(lock::close);
            RegistryServer server = RegistryServer.start(options, registries);
            undo.push(server::close);
            tell(options, server.port());
            return new ServedRegistry(undo);
        } catch (RuntimeException | Error e) {
            undo.close();
            throw e;
        }
    }

    private static void tell(RegistryServerOptions options, int port) {
        String scheme = options.tls().isPresent() ? "https://" : "http://";
        String address = scheme + options.host() + ":" + port;
        LOG.log(Level.INFO, "registry of " + options.root() + " listens on " + address);
        if (options.tls().isEmpty() && options.plainHttpAnywhere()) {
            LOG.log(
                    Level.WARNING,
                    "DANGER: passwords and images go over the network without encryption. Give --tls-cert and --tls-key.");
        }
    }

    @Override
    public void close() {
        undo.close();
    }
}
