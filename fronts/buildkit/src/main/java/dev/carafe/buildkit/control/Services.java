package dev.carafe.buildkit.control;

import dev.carafe.build.BuildImage;
import dev.carafe.buildkit.export.Exports;
import dev.carafe.buildkit.export.ResultFiles;
import dev.carafe.buildkit.session.Sessions;
import dev.carafe.images.Image;
import dev.carafe.oci.ImageReference;
import io.grpc.BindableService;
import java.util.List;
import java.util.function.BiConsumer;

/// The services, which share the builds under way.
///
/// @param grpc those that clients call by gRPC
/// @param posted the builds of Docker's API
public record Services(List<BindableService> grpc, PostedBuilds posted) {
    /// @param id of this daemon
    /// @param naming hears of each image that a build leaves in the store
    public static Services of(
            String id,
            BuildImage images,
            Sessions sessions,
            Stores stores,
            BiConsumer<Image, List<ImageReference>> naming) {
        Jobs jobs = new Jobs();
        Exports exports =
                new Exports(stores.images(), stores.snapshots(), stores.registries(), naming);
        Builds builds = new Builds(images, sessions, exports, stores);
        Worker worker = new Worker(id);
        List<BindableService> grpc =
                List.of(
                        new ControlService(jobs, builds, worker, images, sessions),
                        new BridgeService(
                                jobs,
                                builds,
                                worker,
                                new ResultFiles(stores.images(), stores.snapshots())),
                        new HistoryContent(jobs));
        return new Services(grpc, new PostedBuilds(jobs, builds, images.contexts()));
    }
}
