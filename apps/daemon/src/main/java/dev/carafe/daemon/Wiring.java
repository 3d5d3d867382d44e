package dev.carafe.daemon;

import dev.carafe.daemon.options.Settings;
import dev.carafe.engine.Engine;
import dev.carafe.engine.EngineOptions;
import dev.carafe.images.ImageStore;
import dev.carafe.network.Networks;

/// The engine as the settings want it.
record Wiring(Engine engine, ImageStore images, Networks networks) implements AutoCloseable {

    static Wiring open(Settings settings) {
        Engine engine = Engine.open(EngineOptions.at(settings.dataRoot(), settings.execRoot()));
        throw new UnsupportedOperationException(engine.toString());
    }

    /// Lets go; containers live on.
    @Override
    public void close() {
        engine.close();
    }
}
