package dev.carafe.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    @TempDir Path dir;
    private KeyStore store;

    @BeforeEach
    void makeKey() throws Exception {
        Path file = dir.resolve("store.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                "me",
                                "-dname",
                                "CN=test",
                                "-ext",
                                "san=ip:127.0.0.1",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                "changeit")
                        .redirectErrorStream(true)
                        .redirectOutput(dir.resolve("keytool.log").toFile())
                        .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN "
                + label
                + "-----\n"
                + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END "
                + label
                + "-----\n";
    }

    private void write(String host, String name, String text) throws IOException {
        Path folder = Files.createDirectories(dir.resolve("certs.d").resolve(host));
        Files.write(folder.resolve(name), text.getBytes(StandardCharsets.US_ASCII));
    }

    private String certificate() throws Exception {
        return pem("CERTIFICATE", store.getCertificate("me").getEncoded());
    }

    /// Shakes hands once; answers how often the server saw a certificate of ours.
    private int handshake(boolean checked, boolean clientNeeded, Prepare prepare) throws Exception {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        InetAddress here = InetAddress.ofLiteral("127.0.0.1");
        try (SSLServerSocket server =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 1, here)) {
            server.setNeedClientAuth(clientNeeded);
            String host = "127.0.0.1:" + server.getLocalPort();
            prepare.run(host);
            Callable<Integer> serving =
                    () -> {
                        try (SSLSocket socket = (SSLSocket) server.accept()) {
                            socket.startHandshake();
                            socket.getOutputStream().write(1);
                            return clientNeeded
                                    ? socket.getSession().getPeerCertificates().length
                                    : 0;
                        }
                    };
            FutureTask<Integer> served = new FutureTask<>(serving);
            Thread.ofVirtual().start(served);
            SSLContext ours = new Tls(List.of(dir.resolve("certs.d"))).context(host, checked);
            try (SSLSocket socket =
                    (SSLSocket) ours.getSocketFactory().createSocket(here, server.getLocalPort())) {
                socket.setSoTimeout(60_000);
                socket.setSSLParameters(merged(socket, checked));
                socket.startHandshake();
                assertThat(socket.getInputStream().read()).isEqualTo(1);
            }
            return served.get(60, TimeUnit.SECONDS);
        }
    }

    private static SSLParameters merged(SSLSocket socket, boolean checked) {
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(
                Tls.parameters(checked).getEndpointIdentificationAlgorithm());
        return parameters;
    }

    private interface Prepare {
        void run(String host) throws Exception;
    }

    @Test
    void anUnknownAuthorityIsRefused() {
        assertThatThrownBy(() -> handshake(true, false, host -> {}))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void anAuthorityOfCertsDIsTrusted() throws Exception {
        assertThat(handshake(true, false, host -> write(host, "ca.crt", certificate()))).isZero();
    }

    @Test
    void anotherServersAuthorityIsNot() {
        assertThatThrownBy(() ->
                        handshake(true, false, host -> write("other:1", "ca.crt", certificate())))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void anyCertificateWillDoWhereNothingIsChecked() throws Exception {
        assertThat(handshake(false, false, host -> {})).isZero();
    }

    @Test
    void ourOwnCertificateIsShown() throws Exception {
        Key key = store.getKey("me", PASSWORD);
        int shown =
                handshake(
                        true,
                        true,
                        host -> {
                            write(host, "ca.crt", certificate());
                            write(host, "client.cert", certificate());
                            write(host, "client.key", pem("PRIVATE KEY", key.getEncoded()));
                        });
        assertThat(shown).isEqualTo(1);
    }

    @Test
    void aCertificateWithoutKeyIsToldByName() {
        assertThatThrownBy(() ->
                        handshake(false, false, host -> write(host, "client.cert", certificate())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing key ")
                .hasMessageContaining("client.key");
    }
}
