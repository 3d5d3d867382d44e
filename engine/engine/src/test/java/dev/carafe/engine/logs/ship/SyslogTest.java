package dev.carafe.engine.logs.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.testkit.TestIdentity;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyslogTest {
    private static final Message MESSAGE =
            new Message(
                    true,
                    "disk full".getBytes(StandardCharsets.UTF_8),
                    Instant.parse("2026-03-04T05:06:07.123456789Z"),
                    true,
                    1);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''           | <27>Mar  4 05:06:07 web[42]: disk full",
                "rfc3164      | <27>Mar  4 05:06:07 box web[42]: disk full",
                "rfc5424      | <27>1 2026-03-04T05:06:07Z box web 42 web - disk full",
                "rfc5424micro | <27>1 2026-03-04T05:06:07.123456Z box web 42 web - disk full",
            })
    void messagesAreWrittenAsDockerWritesThem(String format, String written) {
        SyslogFormat.Sender sender = new SyslogFormat.Sender(3, "box", "web", 42);
        assertThat(SyslogFormat.parse(format).write(sender, MESSAGE, ZoneOffset.UTC))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(written + "\n");
    }

    @Test
    void addressesAreRead() {
        assertThat(SyslogAddress.parse("")).isEqualTo(SyslogAddress.HOST);
        assertThat(SyslogAddress.parse("udp://box:1514"))
                .isEqualTo(new SyslogAddress.Udp("box", 1514));
        assertThat(SyslogAddress.parse("tcp://[::1]")).isEqualTo(new SyslogAddress.Tcp("::1", 514));
        assertThat(SyslogAddress.parse("unix:///run/log"))
                .isEqualTo(new SyslogAddress.Stream(Path.of("/run/log")));
        assertThat(SyslogAddress.parse("unixgram:///dev/log"))
                .isEqualTo(new SyslogAddress.Local(List.of(Path.of("/dev/log"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "syslog-address  | ftp://x        | unsupported scheme: 'ftp'",
                "syslog-address  | udp://         | invalid syslog-address 'udp://': ",
                "syslog-tls-cert | /some.pem      | syslog-tls-cert and syslog-tls-key go together",
                "syslog-format   | json           | Invalid syslog format",
                "syslog-facility | local9         | invalid syslog facility",
            })
    void whatCanNotBeIsRefused(String option, String value, String words) {
        assertThatThrownBy(() -> Syslog.check(Map.of(option, value)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining(words);
    }

    @Test
    void filesOfTlsAreReadBeforeTheyAreNeeded(@TempDir Path folder) {
        Map<String, String> options =
                Map.of(
                        "syslog-address",
                        "tcp+tls://box:6514",
                        "syslog-tls-ca-cert",
                        folder.resolve("none.pem").toString());
        assertThatThrownBy(() -> Syslog.check(options))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("none.pem");
    }

    @Test
    void facilitiesAreNamesOrNumbers() {
        assertThat(SyslogFacility.parse("")).isEqualTo(3);
        assertThat(SyslogFacility.parse("mail")).isEqualTo(2);
        assertThat(SyslogFacility.parse("local7")).isEqualTo(23);
        assertThat(SyslogFacility.parse("17")).isEqualTo(17);
    }

    @Test
    void aServiceIsReachedByUdp() throws Exception {
        try (DatagramSocket service = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Syslog syslog = syslog("udp", service.getLocalPort())) {
            syslog.send(MESSAGE);
            service.setSoTimeout(20_000);
            DatagramPacket packet = new DatagramPacket(new byte[500], 500);
            service.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                    .startsWith("<27>1 2026-03-04T")
                    .endsWith(" web - disk full\n");
        }
    }

    @Test
    void aServiceIsReachedByTcp() throws Exception {
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Syslog syslog = syslog("tcp", service.getLocalPort())) {
            syslog.send(MESSAGE);
            try (Socket socket = service.accept()) {
                syslog.close();
                assertThat(socket.getInputStream().readAllBytes())
                        .asString(StandardCharsets.UTF_8)
                        .endsWith(" web - disk full\n");
            }
        }
    }

    /// Behind its length, as RFC 5425 has it.
    @Test
    void aServiceIsReachedByTlsOnceItIsTrusted(@TempDir Path folder) throws Exception {
        TestIdentity identity = new TestIdentity(folder);
        Path trusted = Files.writeString(folder.resolve("ca.pem"), identity.certificate());
        Path key = Files.writeString(folder.resolve("key.pem"), identity.key());
        try (SSLServerSocket service =
                (SSLServerSocket)
                        identity.server()
                                .getServerSocketFactory()
                                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            service.setNeedClientAuth(true);
            FutureTask<byte[]> read =
                    new FutureTask<>(() -> {
                        try (Socket stranger = service.accept()) {
                            assertThatThrownBy(() -> stranger.getInputStream().read())
                                    .isInstanceOf(IOException.class);
                        }
                        try (Socket socket = service.accept()) {
                            return socket.getInputStream().readAllBytes();
                        }
                    });
            Thread.ofVirtual().start(read);
            String address = "tcp+tls://127.0.0.1:" + service.getLocalPort();
            try (Syslog doubting = new Syslog(Map.of("syslog-address", address), "web", "box")) {
                assertThatThrownBy(() -> doubting.send(MESSAGE)).isInstanceOf(IOException.class);
            }
            Map<String, String> options =
                    Map.of(
                            "syslog-address",
                            address,
                            "syslog-format",
                            "rfc5424",
                            "syslog-tls-ca-cert",
                            trusted.toString(),
                            "syslog-tls-cert",
                            trusted.toString(),
                            "syslog-tls-key",
                            key.toString());
            Syslog.check(options);
            try (Syslog syslog = new Syslog(options, "web", "box")) {
                syslog.send(MESSAGE);
            }
            String text = new String(read.get(60, TimeUnit.SECONDS), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            assertThat(text.substring(space + 1))
                    .startsWith("<27>1 2026-03-04T")
                    .endsWith(" web - disk full\n")
                    .hasSize(Integer.parseInt(text.substring(0, space)));
        }
    }

    private static Syslog syslog(String scheme, int port) {
        return new Syslog(
                Map.of(
                        "syslog-address",
                        scheme + "://127.0.0.1:" + port,
                        "syslog-format",
                        "rfc5424"),
                "web",
                "box");
    }
}
