package dev.carafe.daemon;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import dev.carafe.daemon.options.Settings;
import dev.carafe.engine.Engine;
import dev.carafe.engine.EngineOptions;
import dev.carafe.images.HelloImage;
import dev.carafe.images.ImageStore;
import dev.carafe.network.Networks;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;

/// The engine as the settings want it, with the image that the distribution carries.
record Wiring(Engine engine, ImageStore images, Networks networks) implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Wiring.class.getName());

    static Wiring open(Settings settings) {
        EngineOptions options = EngineOptions.at(settings.dataRoot(), settings.execRoot())
                .withNetwork(NetworkSettings.of(settings))
                .withCgroupParent(settings.text("cgroup-parent").orElse("/docker"));
        Engine engine = Engine.open(options);
        try {
            addHello(engine.images());
            return new Wiring(engine, engine.images(), engine.networks());
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private static void addHello(ImageStore images) {
        try (InputStream program = Wiring.class.getResourceAsStream("/dev/carafe/daemon/hello")) {
            if (program == null) {
                LOG.log(Level.WARNING, "this build has no " + HelloImage.NAME);
                return;
            }
            new HelloImage(images).ensure(program.readAllBytes());
        } catch (IOException e) {
            throw new Internal(Subject.NONE, "read the built-in image: " + e.getMessage(), e);
        }
    }

    /// Lets go; containers live on.
    @Override
    public void close() {
        engine.close();
    }
}
