package dev.carafe.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What Prometheus is told.
class MetricsIT {
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Command get(int port, String path) {
        return Command.run(
                List.of(
                        "curl",
                        "-sS",
                        "--max-time",
                        "30",
                        "-w",
                        "%{http_code}",
                        "http://127.0.0.1:" + port + path));
    }

    @Test
    void figuresAreServedAndNothingElse() throws IOException {
        int port = freePort();
        try (Carafe carafe = Carafe.startWith("metric", "--metrics-addr", "127.0.0.1:" + port)) {
            carafe.docker("run", "-d", "--init", "busybox", "sleep", "1000").ok();
            carafe.docker("create", "busybox").ok();
            assertThat(get(port, "/metrics").ok())
                    .contains(
                            "# TYPE engine_daemon_container_states_containers gauge\n",
                            "\nengine_daemon_container_states_containers{state=\"running\"} 1\n",
                            "\nengine_daemon_container_states_containers{state=\"stopped\"} 1\n",
                            "\nengine_daemon_engine_info{architecture=\"")
                    .endsWith("200");
            assertThat(get(port, "/containers/json").ok()).endsWith("404");
        }
    }
}
