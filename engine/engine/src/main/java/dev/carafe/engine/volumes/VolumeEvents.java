package dev.carafe.engine.volumes;

import dev.carafe.engine.events.Event;
import dev.carafe.engine.events.EventBus;
import java.time.Instant;
import java.util.Map;

/// Tells what happened to volumes themselves; that they are mounted is told with the container.
public final class VolumeEvents {
    private final EventBus bus;

    public VolumeEvents(EventBus bus) {
        this.bus = bus;
    }

    void created(Volume volume) {
        publish("create", volume);
    }

    void destroyed(Volume volume) {
        publish("destroy", volume);
    }

    private void publish(String action, Volume volume) {
        bus.publish(
                new Event(
                        "volume",
                        action,
                        volume.name(),
                        Map.of("driver", volume.driver()),
                        Instant.now()));
    }
}
