package dev.carafe.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.testkit.TestIdentity;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A registry of this machine behind https, which says 400 to http as servers of Go and nginx do.
class EncryptedPortTest {
    private static final int HANDSHAKE = 0x16;

    @TempDir Path dir;
    private ServerSocket port;
    private TestIdentity identity;
    private volatile boolean encrypts = true;

    @BeforeEach
    void listen() throws IOException {
        identity = new TestIdentity(dir);
        port = new ServerSocket(0, 20, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        port.close();
    }

    private void serve() {
        while (!port.isClosed()) {
            try (Socket client = port.accept()) {
                int first = client.getInputStream().read();
                if (first != HANDSHAKE) {
                    answer(client, "400 Bad Request");
                } else if (encrypts) {
                    byte[] read = {HANDSHAKE};
                    answer(
                            identity.server()
                                    .getSocketFactory()
                                    .createSocket(client, new ByteArrayInputStream(read), true),
                            "200 OK");
                }
            } catch (IOException e) {
                // the client left
            }
        }
    }

    private static void answer(Socket client, String status) throws IOException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null && !line.isEmpty(); ) {
            line = lines.readLine();
        }
        String text = "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    private String host() {
        return "127.0.0.1:" + port.getLocalPort();
    }

    @Test
    void isSpokenToByHttps() throws IOException {
        try (Servers servers = new Servers(host(), Credentials.NONE, RegistryOptions.defaults())) {
            assertThat(servers.main().base()).hasToString("https://" + host());
        }
    }

    @Test
    void itsOwnFailureIsTold() {
        encrypts = false;
        try (Servers servers = new Servers(host(), Credentials.NONE, RegistryOptions.defaults())) {
            assertThatThrownBy(servers::main)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Get \"https://" + host() + "/v2/\"");
        }
    }
}
