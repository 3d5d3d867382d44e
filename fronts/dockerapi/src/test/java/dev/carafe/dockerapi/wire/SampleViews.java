package dev.carafe.dockerapi.wire;

import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.EndpointSettings;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.HostNetworkConfig;
import dev.carafe.engine.config.LogConfig;
import dev.carafe.engine.config.NetworkingConfig;
import dev.carafe.engine.config.PortRequest;
import dev.carafe.engine.state.ContainerState;
import dev.carafe.engine.view.ContainerView;
import dev.carafe.engine.view.MountPoint;
import dev.carafe.engine.view.NetworkAttachment;
import dev.carafe.engine.view.PublishedPort;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Containers to be shown.
final class SampleViews {
    static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678900000Z");
    static final Instant STARTED = Instant.parse("2026-01-02T03:04:06Z");
    static final String ID = "c0ffee" + "0".repeat(58);
    static final String IMAGE = "sha256:" + "1".repeat(64);

    private SampleViews() {}

    static ContainerView running() {
        return view(
                new ContainerState.Running(4711, 99, STARTED),
                new ContainerConfig(
                        "busybox",
                        List.of("sh", "-c", "echo hi"),
                        null,
                        List.of("PATH=/bin"),
                        "/work",
                        "nobody",
                        "c0ffee000000",
                        "",
                        false,
                        true,
                        true,
                        true,
                        true,
                        true,
                        Map.of("a", "b"),
                        Set.of("80/tcp", "81/udp"),
                        Set.of(),
                        null,
                        "SIGINT",
                        3,
                        false,
                        List.of(),
                        null,
                        null,
                        false),
                host().withNetwork(
                                HostNetworkConfig.mode("default")
                                        .withPortBindings(
                                                Map.of(
                                                        "80/tcp",
                                                        List.of(new PortRequest("", "8080")))))
                        .withAutoRemove(true),
                List.of(
                        new PublishedPort(80, "tcp", "0.0.0.0", 8080),
                        new PublishedPort(80, "tcp", "::", 8080)));
    }

    private static HostConfig host() {
        return HostConfig.defaults().withLog(new LogConfig("json-file", Map.of()));
    }

    static ContainerView created() {
        return view(
                new ContainerState.Created(),
                ContainerConfig.of("busybox", List.of("true")),
                host(),
                List.of());
    }

    private static ContainerView view(
            ContainerState state,
            ContainerConfig config,
            HostConfig host,
            List<PublishedPort> ports) {
        boolean up = state.isRunning();
        NetworkAttachment bridge =
                new NetworkAttachment(
                        "b".repeat(64),
                        up ? "e".repeat(64) : "",
                        up ? "172.17.0.2" : "",
                        up ? 16 : 0,
                        up ? "172.17.0.1" : "",
                        "",
                        0,
                        "",
                        up ? "02:42:ac:11:00:02" : "",
                        EndpointSettings.none());
        return new ContainerView(
                ID,
                "brave_hopper",
                CREATED,
                config.command().getFirst(),
                config.command().subList(1, config.command().size()),
                state,
                null,
                false,
                IMAGE,
                config,
                host,
                NetworkingConfig.none(),
                Map.of("bridge", bridge),
                ports,
                up ? "5".repeat(64) : "",
                List.of(new MountPoint("bind", "", "/srv", "/data", "", "ro", false, "rprivate")),
                new ContainerView.Files(
                        Path.of("/r/containers/x/hostname"), Path.of("/r/containers/x/hosts"),
                        Path.of("/r/containers/x/resolv.conf"),
                                Path.of("/r/containers/x/x-json.log")),
                0,
                "overlay2",
                Map.of("UpperDir", "/u"),
                List.of(),
                "linux/amd64");
    }
}
