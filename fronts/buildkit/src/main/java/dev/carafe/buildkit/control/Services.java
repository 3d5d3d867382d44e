package dev.carafe.buildkit.control;

import dev.carafe.build.BuildImage;
import dev.carafe.buildkit.cache.CacheExports;
import dev.carafe.buildkit.export.Exports;
import dev.carafe.buildkit.export.ResultFiles;
import dev.carafe.buildkit.session.Sessions;
import dev.carafe.images.PushImage;
import dev.carafe.snapshots.Snapshotter;
import io.grpc.BindableService;
import java.util.List;

/// Makes the services, which share the builds under way.
public final class Services {
    private Services() {}

    /// @param id of this daemon
    public static List<BindableService> of(
            String id,
            BuildImage images,
            Sessions sessions,
            Exports exports,
            ResultFiles files,
            PushImage registries,
            Snapshotter snapshots,
            CacheExports caches) {
        Jobs jobs = new Jobs();
        Builds builds = new Builds(images, sessions, exports, registries, snapshots, caches);
        Worker worker = new Worker(id);
        return List.of(
                new ControlService(jobs, builds, worker, images, sessions),
                new BridgeService(jobs, builds, worker, files),
                new HistoryContent(jobs));
    }
}
