package dev.carafe.registry;

import dev.carafe.base.Pem;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whom we trust and who we are at one server, by docker's certs.d: in the folder named after the
/// server's `host:port`, each `*.crt` holds authorities that are trusted too, each `*.cert` our own
/// certificate, with its key in the `*.key` of the same name.
final class Tls {
    private static final char[] NO_PASSWORD = {};

    private final List<Path> folders;

    Tls(List<Path> folders) {
        this.folders = folders;
    }

    /// @param authority `host:port` of the server; the port may be missing
    /// @param checked false: any certificate will do
    /// @throws IOException a file can't be read or holds something else; the message names it
    SSLContext context(String authority, boolean checked) throws IOException {
        List<Path> files = files(authority);
        try {
            if (checked && files.isEmpty()) {
                return SSLContext.getDefault();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] trust = checked ? trust(files) : new TrustManager[] {new Anybody()};
            context.init(keys(files), trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS can't be set up: " + e.getMessage(), e);
        }
    }

    static SSLParameters parameters(boolean checked) {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm(checked ? "HTTPS" : null);
        return parameters;
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

    private static boolean ends(Path file, String ending) {
        return file.getFileName().toString().endsWith(ending);
    }

    private static TrustManager[] trust(List<Path> files)
            throws IOException, GeneralSecurityException {
        List<Certificate> trusted = new ArrayList<>();
        for (TrustManager known : managers(null)) {
            if (known instanceof X509TrustManager jdk) {
                trusted.addAll(List.of(jdk.getAcceptedIssuers()));
            }
        }
        for (Path file : files) {
            if (ends(file, ".crt")) {
                trusted.addAll(certificates(file));
            }
        }
        KeyStore store = empty();
        int n = 0;
        for (Certificate certificate : trusted) {
            store.setCertificateEntry("ca" + n++, certificate);
        }
        return managers(store);
    }

    /// @param store null for the JDK's own authorities
    private static TrustManager[] managers(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(List<Path> files)
            throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        for (Path file : files) {
            if (ends(file, ".cert")) {
                String name = file.getFileName().toString();
                Path key = file.resolveSibling(name.substring(0, name.length() - 5) + ".key");
                if (!Files.exists(key)) {
                    throw new IOException("missing key " + key + " for client certificate " + file);
                }
                store.setKeyEntry(
                        name,
                        Pem.privateKey(Pem.read(key)),
                        NO_PASSWORD,
                        certificates(file).toArray(new Certificate[0]));
            }
        }
        if (store.size() == 0) {
            return null;
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static List<Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        List<Certificate> found = Pem.certificates(Pem.read(file));
        if (found.isEmpty()) {
            throw new IOException("there is no certificate in " + file);
        }
        return found;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /// Extended, so that the JDK adds no checks of its own.
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
