package dev.carafe.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.ClientTls;
import dev.carafe.testkit.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertsDirectoryTest {
    @TempDir Path dir;
    private TestIdentity identity;

    @BeforeEach
    void makeKey() throws IOException {
        identity = new TestIdentity(dir);
    }

    private void write(String host, String name, String text) throws IOException {
        Path folder = Files.createDirectories(dir.resolve("certs.d").resolve(host));
        Files.write(folder.resolve(name), text.getBytes(StandardCharsets.US_ASCII));
    }

    /// Shakes hands once; answers how often the server saw a certificate of ours.
    private int handshake(boolean checked, boolean clientNeeded, Prepare prepare) throws Exception {
        InetAddress here = InetAddress.ofLiteral("127.0.0.1");
        try (SSLServerSocket server =
                (SSLServerSocket)
                        identity.server().getServerSocketFactory().createServerSocket(0, 1, here)) {
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
            ClientTls ours = new CertsDirectory(List.of(dir.resolve("certs.d"))).tls(host, checked);
            try (SSLSocket socket =
                    (SSLSocket)
                            ours.context()
                                    .getSocketFactory()
                                    .createSocket(here, server.getLocalPort())) {
                socket.setSoTimeout(60_000);
                socket.setSSLParameters(ours.checking(socket.getSSLParameters()));
                socket.startHandshake();
                assertThat(socket.getInputStream().read()).isEqualTo(1);
            }
            return served.get(60, TimeUnit.SECONDS);
        }
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
        assertThat(handshake(true, false, host -> write(host, "ca.crt", identity.certificate())))
                .isZero();
    }

    @Test
    void anotherServersAuthorityIsNot() {
        assertThatThrownBy(() ->
                        handshake(
                                true,
                                false,
                                host -> write("other:1", "ca.crt", identity.certificate())))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void anyCertificateWillDoWhereNothingIsChecked() throws Exception {
        assertThat(handshake(false, false, host -> {})).isZero();
    }

    @Test
    void ourOwnCertificateIsShown() throws Exception {
        int shown =
                handshake(
                        true,
                        true,
                        host -> {
                            write(host, "ca.crt", identity.certificate());
                            write(host, "client.cert", identity.certificate());
                            write(host, "client.key", identity.key());
                        });
        assertThat(shown).isEqualTo(1);
    }

    @Test
    void aCertificateWithoutKeyIsToldByName() {
        assertThatThrownBy(() ->
                        handshake(
                                false,
                                false,
                                host -> write(host, "client.cert", identity.certificate())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing key ")
                .hasMessageContaining("client.key");
    }
}
