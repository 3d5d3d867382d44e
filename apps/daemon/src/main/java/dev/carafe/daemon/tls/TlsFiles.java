package dev.carafe.daemon.tls;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Pem;
import dev.carafe.base.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// The files that make a TLS server.
///
/// @param authority signs the certificates of clients; null: clients need none
public record TlsFiles(Path certificate, Path key, @Nullable Path authority) {

    /// @throws InvalidArgument a file can't be read or holds something else; the message names it
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), authority == null ? null : trust(authority), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new InvalidArgument(Subject.NONE, "can't set up TLS: " + e.getMessage(), e);
        }
    }

    private KeyManager[] keys() throws GeneralSecurityException {
        List<Certificate> chain = certificates(certificate);
        PrivateKey privateKey = parse(key, Pem::privateKey);
        KeyStore store = empty();
        char[] password = new char[0];
        store.setKeyEntry("daemon", privateKey, password, chain.toArray(new Certificate[0]));
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(Path authority) throws GeneralSecurityException {
        KeyStore store = empty();
        int n = 0;
        for (Certificate c : certificates(authority)) {
            store.setCertificateEntry("ca" + n++, c);
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static List<Certificate> certificates(Path file) {
        List<Certificate> found = parse(file, Pem::certificates);
        if (found.isEmpty()) {
            throw new InvalidArgument("there is no certificate in " + file);
        }
        return found;
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /// What a PEM file holds.
    private interface Parser<T> {
        T parse(String text) throws GeneralSecurityException;
    }

    private static <T> T parse(Path file, Parser<T> parser) {
        try {
            return parser.parse(Pem.read(file));
        } catch (IOException e) {
            throw new InvalidArgument(
                    Subject.NONE, "can't read " + file + ": " + e.getMessage(), e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidArgument(Subject.NONE, file + ": " + e.getMessage(), e);
        }
    }
}
