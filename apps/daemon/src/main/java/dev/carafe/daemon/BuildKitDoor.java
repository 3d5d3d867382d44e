package dev.carafe.daemon;

import dev.carafe.build.BuildImage;
import dev.carafe.build.client.RemoteCaches;
import dev.carafe.buildkit.BuildKit;
import dev.carafe.buildkit.cache.SharedCaches;
import dev.carafe.buildkit.order.BuildOrder;
import dev.carafe.dockerapi.config.GrpcDoor;
import dev.carafe.dockerapi.config.PostedBuild;
import dev.carafe.engine.Engine;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// BuildKit's services, made when the first client wants them: most daemons' lives have no build.
final class BuildKitDoor implements GrpcDoor, AutoCloseable {
    private final Engine engine;
    private final BuildImage builds;
    private @Nullable BuildKit made;

    BuildKitDoor(Engine engine, BuildImage builds) {
        this.engine = engine;
        this.builds = builds;
    }

    private synchronized BuildKit services() {
        BuildKit services = made;
        if (services == null) {
            services =
                    new BuildKit(
                            builds,
                            engine.images(),
                            engine.snapshots(),
                            engine.pushImage(),
                            engine.imageEvents()::built);
            made = services;
        }
        return services;
    }

    @Override
    public RemoteCaches caches() {
        return new SharedCaches(engine.images(), engine.snapshots(), engine.pushImage());
    }

    @Override
    public void control(InputStream in, OutputStream out, Runnable close) {
        services().serve(in, out, close);
    }

    @Override
    public void session(
            String id, String sharedKey, InputStream in, OutputStream out, Runnable close) {
        services().session(id, sharedKey, in, out, close);
    }

    @Override
    public String build(PostedBuild build, Consumer<byte[]> trace) {
        Map<String, String> told =
                services()
                        .build(
                                new BuildOrder(
                                        build.id(),
                                        build.session(),
                                        build.attrs(),
                                        build.outputs().stream().map(BuildKitDoor::output).toList(),
                                        build.body()),
                                trace);
        return told.getOrDefault("containerimage.config.digest", "");
    }

    private static BuildOrder.Output output(PostedBuild.Output output) {
        return new BuildOrder.Output(output.type(), output.attrs());
    }

    @Override
    public synchronized void cancelBuild(String id) {
        if (made != null) {
            made.cancel(id);
        }
    }

    @Override
    public synchronized void close() {
        if (made != null) {
            made.close();
        }
    }
}
