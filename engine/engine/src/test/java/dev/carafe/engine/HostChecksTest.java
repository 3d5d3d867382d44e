package dev.carafe.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.InvalidArgument;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.HostNetworkConfig;
import dev.carafe.engine.config.NamespaceModes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostChecksTest {
    private static final ContainerConfig CONFIG = ContainerConfig.of("busybox", List.of("true"));

    private static HostConfig modes(String cgroupns, String pid, String ipc, String uts) {
        return HostConfig.defaults()
                .withNamespaces(new NamespaceModes(cgroupns, pid, ipc, uts, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "private", "shareable", "host", "container:x"})
    void ipcModesAreDockers(String mode) {
        assertThatCode(() -> HostChecks.check(CONFIG, modes("", "", mode, "")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "x, '', '', '', invalid cgroup namespace mode: x",
        "'', private, '', '', invalid PID mode: private",
        "'', container:, '', '', invalid PID mode: container:",
        "'', '', public, '', invalid IPC mode: public",
        "'', '', '', private, invalid UTS mode: private",
    })
    void otherModesAreRefused(String cgroupns, String pid, String ipc, String uts, String says) {
        assertThatThrownBy(() -> HostChecks.check(CONFIG, modes(cgroupns, pid, ipc, uts)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(says);
    }

    @Test
    void whatAnotherContainersNetworkAlreadyHasCannotBeSaid() {
        HostConfig shared =
                HostConfig.defaults().withNetwork(HostNetworkConfig.mode("container:other"));
        assertThatThrownBy(() -> HostChecks.check(CONFIG.withHostname("me"), shared))
                .hasMessage("conflicting options: hostname and the network mode");
        HostConfig ports =
                shared.withNetwork(shared.network().withPortBindings(Map.of("80/tcp", List.of())));
        assertThatThrownBy(() -> HostChecks.check(CONFIG, ports))
                .hasMessage(
                        "conflicting options: port publishing and the container type network mode");
    }
}
