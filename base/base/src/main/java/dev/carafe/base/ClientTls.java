package dev.carafe.base;

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

/// Whom a TLS client trusts and who it is. All files are PEM.
///
/// @param authorities trusted beside those that the JDK knows
/// @param identities our own certificates; none: we stay nameless
/// @param checked false: any certificate of any host will do
public record ClientTls(List<Path> authorities, List<Identity> identities, boolean checked) {
    private static final char[] NO_PASSWORD = {};

    /// A certificate, with its chain, and its private key.
    public record Identity(Path certificate, Path key) {}

    /// Where systems keep the authorities that they trust.
    private static final List<Path> HOST =
            List.of(
                    Path.of("/etc/ssl/certs/ca-certificates.crt"),
                    Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
                    Path.of("/etc/ssl/ca-bundle.pem"),
                    Path.of("/etc/pki/tls/cacert.pem"),
                    Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
                    Path.of("/etc/ssl/cert.pem"));

    public ClientTls {
        authorities = List.copyOf(authorities);
        identities = List.copyOf(identities);
    }

    /// Trusts this host's authorities beside the JDK's: those of `SSL_CERT_FILE`, or of the first
    /// usual file that is there.
    public static ClientTls ofHost() {
        String named = System.getenv("SSL_CERT_FILE");
        List<Path> files = named == null || named.isEmpty() ? HOST : List.of(Path.of(named));
        return new ClientTls(
                files.stream().filter(Files::isReadable).limit(1).toList(), List.of(), true);
    }

    /// Reads the files.
    ///
    /// @throws IOException a file can't be read or holds something else; the message names it
    public SSLContext context() throws IOException {
        try {
            if (checked && authorities.isEmpty() && identities.isEmpty()) {
                return SSLContext.getDefault();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), checked ? trust() : new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS can't be set up: " + e.getMessage(), e);
        }
    }

    /// Whether the certificate must be the host's.
    public SSLParameters parameters() {
        return checking(new SSLParameters());
    }

    /// The same, of a socket's own.
    public SSLParameters checking(SSLParameters parameters) {
        parameters.setEndpointIdentificationAlgorithm(checked ? "HTTPS" : null);
        return parameters;
    }

    private TrustManager[] trust() throws IOException, GeneralSecurityException {
        List<Certificate> trusted = new ArrayList<>();
        for (TrustManager known : managers(null)) {
            if (known instanceof X509TrustManager jdk) {
                trusted.addAll(List.of(jdk.getAcceptedIssuers()));
            }
        }
        for (Path file : authorities) {
            trusted.addAll(certificates(file));
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

    private KeyManager @Nullable [] keys() throws IOException, GeneralSecurityException {
        if (identities.isEmpty()) {
            return null;
        }
        KeyStore store = empty();
        for (Identity identity : identities) {
            store.setKeyEntry(
                    identity.certificate().toString(),
                    Pem.privateKey(Pem.read(identity.key())),
                    NO_PASSWORD,
                    certificates(identity.certificate()).toArray(new Certificate[0]));
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
