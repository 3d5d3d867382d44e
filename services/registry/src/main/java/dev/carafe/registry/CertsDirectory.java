package dev.carafe.registry;

import dev.carafe.base.ClientTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Whom we trust and who we are at one server, by docker's certs.d: in the folder named after the
/// server's `host:port`, each `*.crt` holds authorities that are trusted too, each `*.cert` our own
/// certificate, with its key in the `*.key` of the same name.
final class CertsDirectory {
    private final List<Path> folders;

    CertsDirectory(List<Path> folders) {
        this.folders = folders;
    }

    /// @param authority `host:port` of the server; the port may be missing
    /// @param checked false: any certificate will do
    /// @throws IOException a key is missing, or a folder can't be read; the message names it
    ClientTls tls(String authority, boolean checked) throws IOException {
        List<Path> authorities = new ArrayList<>();
        List<ClientTls.Identity> identities = new ArrayList<>();
        for (Path file : files(authority)) {
            String name = file.getFileName().toString();
            if (name.endsWith(".crt")) {
                authorities.add(file);
            } else if (name.endsWith(".cert")) {
                Path key = file.resolveSibling(name.substring(0, name.length() - 5) + ".key");
                if (!Files.exists(key)) {
                    throw new IOException("missing key " + key + " for client certificate " + file);
                }
                identities.add(new ClientTls.Identity(file, key));
            }
        }
        return new ClientTls(authorities, identities, checked);
    }

    /// The files of the first folder that has any for the server.
    private List<Path> files(String authority) throws IOException {
        for (Path folder : folders) {
            Path own = folder.resolve(authority);
            if (own.normalize().startsWith(folder) && Files.isDirectory(own)) {
                try (Stream<Path> all = Files.list(own)) {
                    return all.sorted().toList();
                }
            }
        }
        return List.of();
    }
}
