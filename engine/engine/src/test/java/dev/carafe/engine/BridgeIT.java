package dev.carafe.engine;

import static dev.carafe.engine.EngineFixture.sh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carafe.base.NotModified;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.HostNetworkConfig;
import dev.carafe.engine.config.PortRequest;
import dev.carafe.engine.config.RestartPolicy;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.view.ContainerView;
import dev.carafe.engine.view.NetworkAttachment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Containers on a bridge of the test's own, and restart policies.
class BridgeIT {
    private static EngineFixture box;

    @BeforeAll
    static void open() {
        box = EngineFixture.withBridge("cv-engine-it", "10.213.77.1/24");
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static HostConfig bridge() {
        return HostConfig.defaults().withNetwork(HostNetworkConfig.mode("bridge"));
    }

    @Test
    void addressesAndPortsShowRightAfterTheStart() throws Exception {
        HostConfig host =
                HostConfig.defaults()
                        .withNetwork(
                                HostNetworkConfig.mode("bridge")
                                        .withPortBindings(
                                                Map.of(
                                                        "80/tcp",
                                                        List.of(
                                                                new PortRequest(
                                                                        "127.0.0.1", "")))));
        String id = box.start(sh("while :; do echo served | nc -l -p 80; done"), host);
        ContainerView view = box.engine().inspectContainer().inspect(id);
        NetworkAttachment attachment = view.networks().get("bridge");
        assertThat(attachment.ipAddress()).startsWith("10.213.77.");
        assertThat(attachment.gateway()).isEqualTo("10.213.77.1");
        assertThat(view.ports()).hasSize(1);
        int port = view.ports().getFirst().hostPort();
        assertThat(port).isPositive();
        EngineFixture.until("the port answers", () -> served("127.0.0.1", port));
        box.reopen();
        ContainerView after = box.engine().inspectContainer().inspect(id);
        assertThat(after.networks().get("bridge")).isEqualTo(attachment);
        assertThat(after.ports()).isEqualTo(view.ports());
        EngineFixture.until(
                "it answers after a restart of the engine", () -> served("127.0.0.1", port));
        box.engine().stopContainer().stop(id, 0, null);
        ContainerView stopped = box.engine().inspectContainer().inspect(id);
        assertThat(stopped.ports()).isEmpty();
        assertThat(stopped.networks().get("bridge").ipAddress()).isEmpty();
    }

    private static boolean served(String host, int port) {
        try (Socket socket = new Socket(InetAddress.getByName(host), port)) {
            socket.setSoTimeout(2000);
            return new String(socket.getInputStream().readNBytes(6)).equals("served");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void containersReachEachOtherAndTheHostsFileNamesThem() {
        String first = box.start(sh("while :; do echo served | nc -l -p 81; done"), bridge());
        String address =
                box.engine().inspectContainer().inspect(first).networks().get("bridge").ipAddress();
        String out =
                box.run(
                                sh(
                                        "i=0; until nc "
                                                + address
                                                + " 81 || [ $i = 50 ]; do i=$((i+1)); usleep 50000; done;"
                                                + " ip route | head -1; cat /etc/hosts"),
                                bridge())
                        .stdout();
        assertThat(out)
                .startsWith("served\ndefault via 10.213.77.1")
                .contains("10.213.77.", "host.docker.internal");
        box.engine().removeContainer().remove(first, true, false);
    }

    @Test
    void aPolicyStartsItAgainUntilItsCountIsReached() {
        String id =
                box.create(
                        sh("echo run; exit 3"),
                        EngineFixture.noNetwork()
                                .withRestartPolicy(new RestartPolicy("on-failure", 2)));
        box.engine().startContainer().start(id);
        EngineFixture.until("three runs", () -> box.logs(id).size() == 3);
        EngineFixture.until(
                "it stays ended",
                () ->
                        box.engine().inspectContainer().inspect(id).state()
                                instanceof ContainerState.Exited);
        ContainerView view = box.engine().inspectContainer().inspect(id);
        assertThat(view.restartCount()).isEqualTo(2);
        assertThat(view.state().lastExit().status().shellCode()).isEqualTo(3);
    }

    @Test
    void aStopEndsTheRestarting() {
        String id =
                box.create(
                        sh("exit 1"),
                        EngineFixture.noNetwork()
                                .withRestartPolicy(new RestartPolicy("unless-stopped", 0)));
        box.engine().startContainer().start(id);
        EngineFixture.until(
                "it was restarted",
                () -> box.engine().inspectContainer().inspect(id).restartCount() > 1);
        while (true) {
            try {
                box.engine().stopContainer().stop(id, 0, null);
                break;
            } catch (NotModified e) {
                // Between its end and its next start: once more.
                Thread.onSpinWait();
            }
        }
        assertThat(box.engine().inspectContainer().inspect(id).state().word()).isEqualTo("exited");
        box.reopen();
        assertThat(box.engine().inspectContainer().inspect(id).state().word()).isEqualTo("exited");
    }

    @Test
    void aPolicyHoldsOverARestartOfTheEngine() {
        String id =
                box.create(
                        sh("echo run; sleep 0.3; exit 1"),
                        EngineFixture.noNetwork()
                                .withRestartPolicy(new RestartPolicy("always", 0)));
        box.engine().startContainer().start(id);
        EngineFixture.until("it ran", () -> !box.logs(id).isEmpty());
        box.reopen();
        int before = box.logs(id).size();
        EngineFixture.until("it runs again", () -> box.logs(id).size() > before + 1);
        box.engine().removeContainer().remove(id, true, false);
    }
}
