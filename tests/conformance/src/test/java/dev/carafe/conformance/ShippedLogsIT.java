package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Logs that go to a service outside.
class ShippedLogsIT {
    private static final int SECONDS = 20;

    @Test
    void syslogGetsEveryLineAlsoOfAContainerThatIsGone() throws IOException {
        try (DatagramSocket service = service();
                Carafe carafe = Carafe.startWith("syslog")) {
            String address = "syslog-address=udp://127.0.0.1:" + service.getLocalPort();
            carafe.docker(
                            "run",
                            "--rm",
                            "--log-driver",
                            "syslog",
                            "--log-opt",
                            address,
                            "--log-opt",
                            "tag={{.Name}}",
                            "--log-opt",
                            "syslog-facility=local0",
                            "--name",
                            "web",
                            "busybox",
                            "sh",
                            "-c",
                            "echo fine; echo bad >&2")
                    .ok();
            assertThat(receive(service) + receive(service))
                    .containsPattern("<134>[^>\n]* web\\[[0-9]+\\]: fine\n")
                    .containsPattern("<131>[^>\n]* web\\[[0-9]+\\]: bad\n");
        }
    }

    @Test
    void itsLogIsReadAndGoesOnWithTheNextDaemon() throws IOException {
        try (DatagramSocket service = service();
                Carafe carafe = Carafe.startWith("syslog")) {
            String address = "syslog-address=udp://127.0.0.1:" + service.getLocalPort();
            String[] run = {
                "run",
                "-d",
                "-i",
                "--log-driver",
                "syslog",
                "--log-opt",
                address,
                "--name",
                "on",
                "--init",
                "busybox",
                "sh",
                "-c",
                "echo before; while [ ! -e /go ]; do sleep 0.1; done; echo after; sleep 1000"
            };
            carafe.docker(run).ok();
            assertThat(receive(service)).endsWith(": before\n");
            carafe.killDaemon();
            carafe.boot();
            carafe.docker("exec", "on", "touch", "/go").ok();
            // after a kill the last line may come once more
            String next = receive(service);
            if (next.endsWith(": before\n")) {
                next = receive(service);
            }
            assertThat(next).endsWith(": after\n");
            assertThat(carafe.docker("logs", "on").ok()).isEqualTo("before\nafter");
            assertThat(carafe.docker("inspect", "-f", "{{.HostConfig.LogConfig.Type}}", "on").ok())
                    .isEqualTo("syslog");
        }
    }

    @Test
    void aServiceThatIsAwayKeepsNoContainerFromStarting() {
        try (Carafe carafe = Carafe.startWith("syslog")) {
            assertThat(
                            carafe.docker(
                                            "run",
                                            "--rm",
                                            "--log-driver",
                                            "journald",
                                            "busybox",
                                            "echo",
                                            "fine")
                                    .ok())
                    .isEqualTo("fine");
            Command refused =
                    carafe.docker(
                            "run",
                            "--log-driver",
                            "syslog",
                            "--log-opt",
                            "syslog-format=x",
                            "busybox");
            assertThat(refused.exit()).isEqualTo(125);
            assertThat(refused.err()).contains("Invalid syslog format");
        }
    }

    private static DatagramSocket service() throws IOException {
        DatagramSocket service = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        service.setSoTimeout(SECONDS * 1000);
        return service;
    }

    private static String receive(DatagramSocket service) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        service.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }
}
