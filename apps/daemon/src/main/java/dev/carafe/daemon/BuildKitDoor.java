package dev.carafe.daemon;

import dev.carafe.build.BuildImage;
import dev.carafe.buildkit.BuildKit;
import dev.carafe.dockerapi.config.GrpcDoor;
import dev.carafe.engine.Engine;
import java.io.InputStream;
import java.io.OutputStream;
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
    public void control(InputStream in, OutputStream out, Runnable close) {
        services().serve(in, out, close);
    }

    @Override
    public void session(
            String id, String sharedKey, InputStream in, OutputStream out, Runnable close) {
        services().session(id, sharedKey, in, out, close);
    }

    @Override
    public synchronized void close() {
        if (made != null) {
            made.close();
        }
    }
}
