package dev.carafe.daemon.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.Front;
import dev.carafe.dockerapi.http.RawStream;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockerapi.jetty.JettyServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// TLS end to end: certificates made by keytool, PEM files, the real server.
@Timeout(60)
class TlsIT {
    private static final String PASSWORD = "changeit";

    @TempDir static Path dir;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificate("server");
        certificate("client");
        certificate("stranger");
    }

    private static void certificate(String name) throws Exception {
        Path store = dir.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                System.getProperty("java.home") + "/bin/keytool",
                                "-genkeypair",
                                "-alias",
                                name,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "san=dns:localhost,ip:127.0.0.1",
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD)
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        pem(name + "-cert.pem", "CERTIFICATE", keys.getCertificate(name).getEncoded());
        pem(
                name + "-key.pem",
                "PRIVATE KEY",
                keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
    }

    private static void pem(String file, String label, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                dir.resolve(file),
                "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label));
    }

    private static Path file(String name) {
        return dir.resolve(name);
    }

    private static SSLContext client(String name) {
        return new TlsFiles(
                        file(name + "-cert.pem"), file(name + "-key.pem"), file("server-cert.pem"))
                .context();
    }

    private interface Use {
        void with(int port) throws Exception;
    }

    private static void serving(boolean clientCertificates, Use use) throws Exception {
        Router router = new Router();
        router.get("/_ping", x -> x.send(200, "text/plain", "OK".getBytes(StandardCharsets.UTF_8)));
        router.post(
                "/echo",
                x -> {
                    try (RawStream raw = x.hijack("application/vnd.docker.raw-stream")) {
                        raw.out().write(raw.in().readAllBytes());
                        raw.out().write("end".getBytes(StandardCharsets.UTF_8));
                    }
                });
        try (JettyServer server = new JettyServer(new Front(router, Map.of()))) {
            SSLContext context =
                    new TlsFiles(
                                    file("server-cert.pem"),
                                    file("server-key.pem"),
                                    file("client-cert.pem"))
                            .context();
            IntSupplier port = server.listenTcp("127.0.0.1", 0, context, clientCertificates);
            server.start();
            use.with(port.getAsInt());
        }
    }

    private static byte[] exchange(SSLContext context, int port, byte[] request)
            throws IOException {
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(request);
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return in.readAllBytes();
        }
    }

    private static byte[] ping() {
        return "GET /_ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aClientWithItsCertificateIsServedAndAStrangerIsNot() throws Exception {
        serving(
                true,
                port -> {
                    assertThat(
                                    new String(
                                            exchange(client("client"), port, ping()),
                                            StandardCharsets.UTF_8))
                            .startsWith("HTTP/1.1 200")
                            .endsWith("OK");
                    assertThatThrownBy(() -> exchange(client("stranger"), port, ping()))
                            .isInstanceOf(IOException.class);
                });
    }

    @Test
    void halfCloseWorksUnderTls() throws Exception {
        byte[] bytes = new byte[300_000];
        new Random(3).nextBytes(bytes);
        byte[] head =
                "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"
                        .getBytes(StandardCharsets.UTF_8);
        byte[] request = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, request, head.length, bytes.length);
        serving(
                true,
                port -> {
                    byte[] answer = exchange(client("client"), port, request);
                    String text = new String(answer, StandardCharsets.ISO_8859_1);
                    assertThat(text).startsWith("HTTP/1.1 101 UPGRADED\r\n").endsWith("end");
                    int body = text.indexOf("\r\n\r\n") + 4;
                    assertThat(Arrays.copyOfRange(answer, body, answer.length - 3))
                            .isEqualTo(bytes);
                });
    }

    @Test
    void filesThatAreNotWhatTheyShouldBeAreNamed() {
        for (List<String> files :
                List.of(
                        List.of("none.pem", "server-key.pem"),
                        List.of("server-cert.pem", "none.pem"),
                        List.of("server-key.pem", "server-key.pem"),
                        List.of("server-cert.pem", "server-cert.pem"))) {
            assertThatThrownBy(() ->
                            new TlsFiles(file(files.get(0)), file(files.get(1)), null).context())
                    .isInstanceOf(InvalidArgument.class)
                    .hasMessageContaining(".pem");
        }
    }
}
