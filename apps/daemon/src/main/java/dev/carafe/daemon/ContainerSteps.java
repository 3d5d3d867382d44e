package dev.carafe.daemon;

import dev.carafe.base.CarafeException;
import dev.carafe.base.Ids;
import dev.carafe.base.NotFound;
import dev.carafe.base.NotModified;
import dev.carafe.build.steps.StepContainer;
import dev.carafe.build.steps.StepOutput;
import dev.carafe.build.steps.StepRunner;
import dev.carafe.build.steps.StepSpec;
import dev.carafe.build.steps.StepSpec.StepLimits;
import dev.carafe.build.steps.StepSpec.StepMount;
import dev.carafe.engine.AttachContainer;
import dev.carafe.engine.Engine;
import dev.carafe.engine.WaitContainer;
import dev.carafe.engine.config.ContainerConfig;
import dev.carafe.engine.config.Healthcheck;
import dev.carafe.engine.config.HostConfig;
import dev.carafe.engine.config.HostNetworkConfig;
import dev.carafe.engine.config.LogConfig;
import dev.carafe.engine.config.MountRequest;
import dev.carafe.engine.config.ResourceConfig;
import dev.carafe.engine.config.ResourceConfig.Ulimit;
import dev.carafe.engine.config.SecurityConfig;
import dev.carafe.engine.config.StorageConfig;
import dev.carafe.engine.logs.StreamKind;
import dev.carafe.engine.streams.AttachSession;
import dev.carafe.images.Image;
import dev.carafe.oci.Descriptor;
import dev.carafe.oci.MediaTypes;
import dev.carafe.oci.RunConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The steps of builds as containers of the engine.
final class ContainerSteps implements StepRunner {
    private static final Healthcheck NO_HEALTHCHECK =
            new Healthcheck(List.of("NONE"), null, null, null, null, null);

    private final Engine engine;
    private final OpenSteps open;

    /// @param open the steps under way; what an earlier daemon has left is removed beside
    ContainerSteps(Engine engine, OpenSteps open) {
        this.engine = engine;
        this.open = open;
        Thread.ofVirtual().name("left steps").start(() -> open.sweep(this::remove));
    }

    @Override
    public StepContainer create(StepSpec spec) {
        String id = Ids.random();
        // before it is there: a kill in between leaves a note of nothing
        open.begin(id);
        try {
            engine.createContainer().createOver(id, image(spec), config(spec), host(spec));
        } catch (RuntimeException e) {
            open.end(id);
            throw e;
        }
        return new Step(id, spec.secretEnv());
    }

    private void remove(String id) {
        try {
            engine.removeContainer().remove(id, true, true);
        } catch (NotFound | NotModified e) {
            // somebody else has removed it
            System.getLogger(ContainerSteps.class.getName())
                    .log(System.Logger.Level.DEBUG, "remove " + id + ": " + e.getMessage());
        }
    }

    private static Image image(StepSpec spec) {
        return new Image(
                spec.image(),
                spec.config(),
                List.of(),
                List.of(),
                0,
                Instant.EPOCH,
                Descriptor.of(MediaTypes.OCI_CONFIG, spec.image(), 0),
                spec.layers(),
                Instant.EPOCH,
                null);
    }

    private static ContainerConfig config(StepSpec spec) {
        RunConfig run = spec.config().config();
        return new ContainerConfig(
                spec.image().toString(),
                spec.command(),
                List.of(),
                spec.env(),
                run.workingDir(),
                orEmpty(run.user()),
                spec.hostname(),
                "",
                false,
                false,
                false,
                false,
                true,
                true,
                run.labelsOrEmpty(),
                run.exposedPortsOrEmpty().names(),
                Set.of(),
                NO_HEALTHCHECK,
                run.stopSignal(),
                null,
                false,
                List.of(),
                run.shell(),
                null,
                false);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static HostConfig host(StepSpec spec) {
        StepLimits limits = spec.limits();
        String network = spec.network().equals("default") ? "" : spec.network();
        return HostConfig.defaults()
                .withStorage(
                        StorageConfig.none()
                                .withMounts(mounts(spec.mounts()))
                                .withTmpfs(tmpfs(spec.mounts()))
                                .withShmSizeBytes(limits.shmSizeBytes()))
                .withNetwork(HostNetworkConfig.mode(network).withExtraHosts(limits.extraHosts()))
                .withResources(resources(limits))
                .withSecurity(
                        new SecurityConfig(
                                false,
                                List.of(),
                                List.of(),
                                limits.securityOptions(),
                                List.of(),
                                false,
                                null,
                                null))
                .withLog(new LogConfig("none", Map.of()));
    }

    private static List<MountRequest> mounts(List<StepMount> mounts) {
        List<MountRequest> requests = new ArrayList<>();
        for (StepMount mount : mounts) {
            String source = mount.source();
            if (source != null) {
                requests.add(
                        new MountRequest(
                                "bind",
                                source,
                                mount.target(),
                                mount.readOnly(),
                                "",
                                null,
                                null,
                                null,
                                null));
            }
        }
        return requests;
    }

    private static Map<String, String> tmpfs(List<StepMount> mounts) {
        Map<String, String> tmpfs = new LinkedHashMap<>();
        for (StepMount mount : mounts) {
            if (mount.source() == null) {
                tmpfs.put(
                        mount.target(), mount.sizeBytes() == 0 ? "" : "size=" + mount.sizeBytes());
            }
        }
        return tmpfs;
    }

    private static ResourceConfig resources(StepLimits limits) {
        return new ResourceConfig(
                limits.memoryBytes(),
                limits.memorySwapBytes(),
                0,
                0,
                null,
                null,
                0,
                0,
                limits.cpuShares(),
                limits.cpuPeriodMicros(),
                limits.cpuQuotaMicros(),
                0,
                0,
                limits.cpusetCpus(),
                limits.cpusetMems(),
                null,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                limits.ulimits().stream()
                        .map(u -> new Ulimit(u.name(), u.soft(), u.hard()))
                        .toList(),
                Map.of(),
                limits.cgroupParent());
    }

    private final class Step implements StepContainer {
        private final String id;
        private final List<String> secretEnv;

        Step(String id, List<String> secretEnv) {
            this.id = id;
            this.secretEnv = secretEnv;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public int run(StepOutput output) {
            CompletableFuture<WaitContainer.Result> exit =
                    engine.waitContainer().await(id, WaitContainer.Condition.NEXT_EXIT);
            try (AttachSession session =
                    engine.attachContainer()
                            .attach(
                                    id,
                                    new AttachContainer.Options(
                                            false, true, true, false, true, null),
                                    (kind, bytes, offset, length) ->
                                            output.write(
                                                    kind == StreamKind.STDERR,
                                                    bytes,
                                                    offset,
                                                    length))) {
                engine.startContainer().start(id, secretEnv);
                int code = exit.join().statusCode();
                session.ended().join();
                return code;
            } finally {
                exit.cancel(false);
            }
        }

        @Override
        public void kill() {
            try {
                engine.killContainer().kill(id, "KILL");
            } catch (CarafeException e) {
                // it has ended by itself, or not begun yet
                System.getLogger(ContainerSteps.class.getName())
                        .log(System.Logger.Level.DEBUG, "kill " + id + ": " + e.getMessage());
            }
        }

        @Override
        public void keep() {
            open.end(id);
        }

        @Override
        public void close() {
            remove(id);
            open.end(id);
        }
    }
}
