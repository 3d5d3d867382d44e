package dev.carafe.dockerapi.routes;

import dev.carafe.build.BuildImage;
import dev.carafe.dockerapi.config.ApiOptions;
import dev.carafe.dockerapi.config.GrpcDoor;
import dev.carafe.dockerapi.http.Router;
import dev.carafe.dockermodel.DockerJson;
import dev.carafe.engine.Engine;
import dev.carafe.images.ImageStore;

/// All routes of the API.
public final class Routes {
    private Routes() {}

    public static Router all(Engine engine, BuildImage builds, GrpcDoor grpc, ApiOptions options) {
        ImageStore images = engine.images();
        Replies replies = new Replies(new DockerJson());
        Summaries summaries = new Summaries(images);
        Router router = new Router();
        new SystemRoutes(engine, options, replies).addTo(router);
        new DiskRoutes(engine, builds, summaries, replies).addTo(router);
        new ContainerRoutes(engine, summaries, replies).addTo(router);
        new LifeRoutes(engine, replies).addTo(router);
        new StreamRoutes(engine).addTo(router);
        new StatsRoutes(engine.containerStats(), replies).addTo(router);
        new EventRoutes(engine, replies).addTo(router);
        new ExecRoutes(engine, replies).addTo(router);
        new FileRoutes(engine, replies).addTo(router);
        RegistryRoutes registries = new RegistryRoutes(engine, replies);
        registries.addTo(router);
        new ArchiveRoutes(engine, registries::pull, replies).addTo(router);
        new SearchRoutes(engine, replies).addTo(router);
        new ImageRoutes(engine, replies).addTo(router);
        new NetworkRoutes(engine.networks(), engine, replies).addTo(router);
        new VolumeRoutes(engine, replies).addTo(router);
        new BuildRoutes(engine, builds, new PostedBuildRoutes(grpc, replies), grpc::caches, replies)
                .addTo(router);
        new GrpcRoutes(grpc).addTo(router);
        new BuildCacheRoutes(builds.cache(), engine.pruneEvents(), replies).addTo(router);
        Absent.addTo(router, replies);
        return router;
    }

    /// What `--metrics-addr` serves.
    public static Router metrics(Engine engine, ApiOptions options) {
        Router router = new Router();
        router.get("/metrics", new MetricsPage(engine, options)::handle);
        return router;
    }
}
